// {{head}}
{{package}}
/**
 * What the app needs to know of its OPPO certificate. MasterSecret is not among it: that stays on servers.
 *
 * AppSecret (the second value of OPPO's console) is not written here. Keep it out of the repository, for example in
 * ~/.gradle/gradle.properties as oppoPushAppSecret=..., and hand it on in the module's build.gradle.kts:
 *
 *   android {
 *       buildFeatures { buildConfig = true }
 *       defaultConfig {
 *           buildConfigField("String", "OPPO_PUSH_APPSECRET", "\"${property("oppoPushAppSecret")}\"")
 *       }
 *   }
 */
object PushConstants {
    /** The certificate ID that is reported with the regId{{local}}. */
    const val OPPO_PUSH_BUZID = {{certificate_id}}L

    /** AppKey of OPPO's console. */
    const val OPPO_PUSH_APPKEY = {{app_key}}

    /** AppSecret of OPPO's console, out of the build. BuildConfig is in the module's namespace. */
    val OPPO_PUSH_APPSECRET: String = BuildConfig.OPPO_PUSH_APPSECRET
}
