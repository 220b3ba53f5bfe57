// {{head}}
// Uses PushConstants: opush snippet constants
{{package}}
import android.content.Context;
import android.os.Build;
import android.util.Log;
import com.heytap.msp.push.HeytapPushManager;
import com.heytap.msp.push.callback.ICallBackResultService;
{{imports}}
/**
 * Gets a regId from OPPO and reports it, with the certificate ID, after each login. The two come in either order: the
 * report is made as soon as both are there.
 */
public final class PushRegistration {
    private static final String TAG = "PushRegistration";

    private static boolean started;
    private static boolean loggedIn;
    private static String regId = "";

    private PushRegistration() {
    }

    /** Call it in Application.onCreate, in the app's main process only. */
    public static synchronized void start(Context context) {
        if (!isOppo()) {
            Log.i(TAG, Build.BRAND + " by " + Build.MANUFACTURER + " is not reached through OPPO");
            return;
        }
        Context app = context.getApplicationContext();
        // init has to come before isSupportPush. Its second value: whether the SDK writes to the log.
        HeytapPushManager.init(app, false);
        if (!HeytapPushManager.isSupportPush(app)) {
            Log.w(TAG, "this phone's system does not support OPPO PUSH");
            return;
        }
        started = true;
        HeytapPushManager.register(
                app, PushConstants.OPPO_PUSH_APPKEY, PushConstants.OPPO_PUSH_APPSECRET, new Callback());
    }

    /** Call it when a login has succeeded, each time. A report before the login is refused with 21005. */
    public static synchronized void onLoggedIn() {
        loggedIn = true;
        report();
    }

    /** Call it on logout and when the user was kicked: both end the pushes until the next login. */
    public static synchronized void onLoggedOut() {
        loggedIn = false;
    }

    /** OPPO's certificate is for phones of these brands or makers; the letters' case differs from phone to phone. */
    private static boolean isOppo() {
        for (String name : new String[] {"oppo", "realme", "oneplus"}) {
            if (name.equalsIgnoreCase(Build.BRAND) || name.equalsIgnoreCase(Build.MANUFACTURER)) {
                return true;
            }
        }
        return false;
    }

    private static synchronized void onRegId(int code, String given) {
        if (code != 0) {
            Log.e(TAG, "OPPO gave no regId: onRegister " + code + " (14 and 16: wrong AppKey or AppSecret)");
            return;
        }
        regId = given == null ? "" : given;
        report();
    }

    private static void report() {
        if (!loggedIn) {
            Log.i(TAG, "the regId is reported after the login");
            return;
        }
        if (!isOppo()) {
            Log.i(TAG, "not an OPPO phone: report its own vendor's token with that vendor's certificate ID");
            return;
        }
        if (regId.isEmpty() && started) {
            // Some phones never call back although they have a regId.
            String known = HeytapPushManager.getRegisterID();
            regId = known == null ? "" : known;
        }
        if (regId.isEmpty()) {
            Log.w(TAG, "logged in, but there is no regId yet; it is reported when OPPO gives one");
            return;
        }
{{report}}
    }

    /**
     * The two generations of OPPO's SDK hand over different values, so each method is here in both forms, and none is
     * marked as overriding.
     */
    private static final class Callback implements ICallBackResultService {
        public void onRegister(int code, String regId) {
            onRegId(code, regId);
        }

        public void onRegister(int code, String regId, String packageName, String miniPackageName) {
            onRegId(code, regId);
        }

        public void onUnRegister(int code) {
            Log.i(TAG, "onUnRegister: " + code);
        }

        public void onUnRegister(int code, String packageName, String miniPackageName) {
            Log.i(TAG, "onUnRegister: " + code);
        }

        public void onSetPushTime(int code, String pushTime) {
        }

        public void onGetPushStatus(int code, int status) {
        }

        public void onGetNotificationStatus(int code, int status) {
        }

        public void onError(int code, String message) {
            Log.e(TAG, "OPPO PUSH: " + code + " " + message);
        }

        public void onError(int code, String message, String packageName, String miniPackageName) {
            Log.e(TAG, "OPPO PUSH: " + code + " " + message);
        }
    }
}
