// {{head}}
{{package}}
import android.util.Log
import com.tencent.imsdk.TIMConversationType
import com.tencent.imsdk.TIMManager
import com.tencent.imsdk.TIMMessage
import com.tencent.imsdk.TIMMessageOfflinePushSettings
import com.tencent.imsdk.TIMTextElem
import com.tencent.imsdk.TIMValueCallBack
import org.json.JSONObject

/** Sends a message that is shown as a notification where the receiver's app is closed. */
object PushSender {
    private const val TAG = "PushSender"
{{channel_constant}}
    /** ext: what a tap hands to the receiver's app; the values are text, a nested object as its JSON text. */
    fun sendText(receiver: String, senderName: String, text: String, ext: Map<String, String>) {
        val element = TIMTextElem()
        element.setText(text)
        val message = TIMMessage()
        if (message.addElement(element) != 0) {
            Log.e(TAG, "not sent: the text could not be added to the message")
            return
        }
        message.setOfflinePushSettings(pushSettings(senderName, text, ext))
        val conversation = TIMManager.getInstance().getConversation(TIMConversationType.C2C, receiver)
        conversation.sendMessage(message, object : TIMValueCallBack<TIMMessage> {
            override fun onSuccess(sent: TIMMessage?) {
                Log.i(TAG, "accepted by the IM server; whether it was pushed is not known here")
            }

            override fun onError(code: Int, desc: String?) {
                Log.e(TAG, "not sent: $code $desc")
            }
        })
    }

    /** For messages of every kind. A custom message without a description is not pushed. */
    fun pushSettings(title: String, description: String, ext: Map<String, String>): TIMMessageOfflinePushSettings {
        val settings = TIMMessageOfflinePushSettings()
        settings.setEnabled(true)
        settings.setTitle(title)
        settings.setDescr(description)
        // A JSON object, else OPPO phones get no push at all.
        val extContent = JSONObject(ext).toString()
        settings.setExt(extContent.toByteArray(Charsets.UTF_8))
{{set_channel}}
        return settings
    }
}
