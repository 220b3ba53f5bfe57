// {{head}}
{{package}}
import android.util.Log
import com.tencent.imsdk.v2.V2TIMManager
import com.tencent.imsdk.v2.V2TIMMessage
import com.tencent.imsdk.v2.V2TIMOfflinePushInfo
import com.tencent.imsdk.v2.V2TIMSendCallback
import org.json.JSONObject

/** Sends a message that is shown as a notification where the receiver's app is closed. */
object PushSender {
    private const val TAG = "PushSender"
{{channel_constant}}
    /** ext: what a tap hands to the receiver's app; the values are text, a nested object as its JSON text. */
    fun sendText(receiver: String, senderName: String, text: String, ext: Map<String, String>) {
        val message = V2TIMManager.getMessageManager().createTextMessage(text)
        V2TIMManager.getMessageManager().sendMessage(
            message,
            receiver,
            null,
            V2TIMMessage.V2TIM_PRIORITY_DEFAULT,
            false, // true would send to users who are online, and push nothing
            pushInfo(senderName, text, ext),
            object : V2TIMSendCallback<V2TIMMessage> {
                override fun onProgress(progress: Int) = Unit

                override fun onSuccess(sent: V2TIMMessage?) {
                    Log.i(TAG, "accepted by the IM server; whether it was pushed is not known here")
                }

                override fun onError(code: Int, desc: String?) {
                    Log.e(TAG, "not sent: $code $desc")
                }
            }
        )
    }

    /** For messages of every kind. A custom message without a description is not pushed. */
    fun pushInfo(title: String, description: String, ext: Map<String, String>): V2TIMOfflinePushInfo {
        val info = V2TIMOfflinePushInfo()
        info.setTitle(title)
        info.setDesc(description)
        // A JSON object, else OPPO phones get no push at all.
        val extContent = JSONObject(ext).toString()
        info.setExt(extContent.toByteArray(Charsets.UTF_8))
{{set_channel}}
        return info
    }
}
