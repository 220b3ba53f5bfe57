// {{head}}
{{package}}
import android.util.Log;
import com.tencent.imsdk.TIMConversation;
import com.tencent.imsdk.TIMConversationType;
import com.tencent.imsdk.TIMManager;
import com.tencent.imsdk.TIMMessage;
import com.tencent.imsdk.TIMMessageOfflinePushSettings;
import com.tencent.imsdk.TIMTextElem;
import com.tencent.imsdk.TIMValueCallBack;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.json.JSONObject;

/** Sends a message that is shown as a notification where the receiver's app is closed. */
public final class PushSender {
    private static final String TAG = "PushSender";
{{channel_constant}}
    private PushSender() {
    }

    /** ext: what a tap hands to the receiver's app; the values are text, a nested object as its JSON text. */
    public static void sendText(String receiver, String senderName, String text, Map<String, String> ext) {
        TIMTextElem element = new TIMTextElem();
        element.setText(text);
        TIMMessage message = new TIMMessage();
        if (message.addElement(element) != 0) {
            Log.e(TAG, "not sent: the text could not be added to the message");
            return;
        }
        message.setOfflinePushSettings(pushSettings(senderName, text, ext));
        TIMConversation conversation = TIMManager.getInstance().getConversation(TIMConversationType.C2C, receiver);
        conversation.sendMessage(message, new TIMValueCallBack<TIMMessage>() {
            @Override
            public void onSuccess(TIMMessage sent) {
                Log.i(TAG, "accepted by the IM server; whether it was pushed is not known here");
            }

            @Override
            public void onError(int code, String desc) {
                Log.e(TAG, "not sent: " + code + " " + desc);
            }
        });
    }

    /** For messages of every kind. A custom message without a description is not pushed. */
    public static TIMMessageOfflinePushSettings pushSettings(
            String title, String description, Map<String, String> ext) {
        TIMMessageOfflinePushSettings settings = new TIMMessageOfflinePushSettings();
        settings.setEnabled(true);
        settings.setTitle(title);
        settings.setDescr(description);
        // A JSON object, else OPPO phones get no push at all.
        String extContent = new JSONObject(ext).toString();
        settings.setExt(extContent.getBytes(StandardCharsets.UTF_8));
{{set_channel}}
        return settings;
    }
}
