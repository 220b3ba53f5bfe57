// {{head}}
{{package}}
import android.util.Log;
import com.tencent.imsdk.v2.V2TIMManager;
import com.tencent.imsdk.v2.V2TIMMessage;
import com.tencent.imsdk.v2.V2TIMOfflinePushInfo;
import com.tencent.imsdk.v2.V2TIMSendCallback;
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
        V2TIMMessage message = V2TIMManager.getMessageManager().createTextMessage(text);
        V2TIMManager.getMessageManager().sendMessage(
                message,
                receiver,
                null,
                V2TIMMessage.V2TIM_PRIORITY_DEFAULT,
                false, // true would send to users who are online, and push nothing
                pushInfo(senderName, text, ext),
                new V2TIMSendCallback<V2TIMMessage>() {
                    @Override
                    public void onProgress(int progress) {
                    }

                    @Override
                    public void onSuccess(V2TIMMessage sent) {
                        Log.i(TAG, "accepted by the IM server; whether it was pushed is not known here");
                    }

                    @Override
                    public void onError(int code, String desc) {
                        Log.e(TAG, "not sent: " + code + " " + desc);
                    }
                });
    }

    /** For messages of every kind. A custom message without a description is not pushed. */
    public static V2TIMOfflinePushInfo pushInfo(String title, String description, Map<String, String> ext) {
        V2TIMOfflinePushInfo info = new V2TIMOfflinePushInfo();
        info.setTitle(title);
        info.setDesc(description);
        // A JSON object, else OPPO phones get no push at all.
        String extContent = new JSONObject(ext).toString();
        info.setExt(extContent.getBytes(StandardCharsets.UTF_8));
{{set_channel}}
        return info;
    }
}
