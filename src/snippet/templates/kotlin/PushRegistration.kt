// {{head}}
// Uses PushConstants: opush snippet constants
{{package}}
import android.content.Context
import android.os.Build
import android.util.Log
import com.heytap.msp.push.HeytapPushManager
import com.heytap.msp.push.callback.ICallBackResultService
{{imports}}
/**
 * Gets a regId from OPPO and reports it, with the certificate ID, after each login. The two come in either order: the
 * report is made as soon as both are there.
 */
object PushRegistration {
    private const val TAG = "PushRegistration"

    private var started = false
    private var loggedIn = false
    private var regId = ""

    /** Call it in Application.onCreate, in the app's main process only. */
    @Synchronized
    fun start(context: Context) {
        if (!isOppo()) {
            Log.i(TAG, "${Build.BRAND} by ${Build.MANUFACTURER} is not reached through OPPO")
            return
        }
        val app = context.applicationContext
        // init has to come before isSupportPush. Its second value: whether the SDK writes to the log.
        HeytapPushManager.init(app, false)
        if (!HeytapPushManager.isSupportPush(app)) {
            Log.w(TAG, "this phone's system does not support OPPO PUSH")
            return
        }
        started = true
        HeytapPushManager.register(
            app, PushConstants.OPPO_PUSH_APPKEY, PushConstants.OPPO_PUSH_APPSECRET, callback
        )
    }

    /** Call it when a login has succeeded, each time. A report before the login is refused with 21005. */
    @Synchronized
    fun onLoggedIn() {
        loggedIn = true
        report()
    }

    /** Call it on logout and when the user was kicked: both end the pushes until the next login. */
    @Synchronized
    fun onLoggedOut() {
        loggedIn = false
    }

    /** OPPO's certificate is for phones of these brands or makers; the letters' case differs from phone to phone. */
    private fun isOppo(): Boolean = listOf("oppo", "realme", "oneplus").any {
        it.equals(Build.BRAND, ignoreCase = true) || it.equals(Build.MANUFACTURER, ignoreCase = true)
    }

    @Synchronized
    private fun onRegId(code: Int, given: String?) {
        if (code != 0) {
            Log.e(TAG, "OPPO gave no regId: onRegister $code (14 and 16: wrong AppKey or AppSecret)")
            return
        }
        regId = given.orEmpty()
        report()
    }

    private fun report() {
        if (!loggedIn) {
            Log.i(TAG, "the regId is reported after the login")
            return
        }
        if (!isOppo()) {
            Log.i(TAG, "not an OPPO phone: report its own vendor's token with that vendor's certificate ID")
            return
        }
        if (regId.isEmpty() && started) {
            // Some phones never call back although they have a regId.
            val known: String? = HeytapPushManager.getRegisterID()
            regId = known.orEmpty()
        }
        if (regId.isEmpty()) {
            Log.w(TAG, "logged in, but there is no regId yet; it is reported when OPPO gives one")
            return
        }
{{report}}
    }

    /**
     * Newer generations of OPPO's SDK add packageName: String?, miniPackageName: String? to onRegister, onUnRegister
     * and onError; add them here if yours does.
     */
    private val callback = object : ICallBackResultService {
        override fun onRegister(code: Int, regId: String?) = onRegId(code, regId)

        override fun onUnRegister(code: Int) {
            Log.i(TAG, "onUnRegister: $code")
        }

        override fun onSetPushTime(code: Int, pushTime: String?) = Unit

        override fun onGetPushStatus(code: Int, status: Int) = Unit

        override fun onGetNotificationStatus(code: Int, status: Int) = Unit

        override fun onError(code: Int, message: String?) {
            Log.e(TAG, "OPPO PUSH: $code $message")
        }
    }
}
