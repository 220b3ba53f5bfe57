//! The rules about an app's part in OPPO push, as data.

use crate::click::rule_table;

rule_table! {
    PUSH_PERMISSION_MISSING "push-permission-missing" Error NotInApp
        "without OPPO's two permissions register is never answered, and the app gets no regId"
    POST_NOTIFICATIONS_MISSING "post-notifications-missing" Error NotInApp
        "from target 33 nothing is shown until the app asks for this permission and the user allows it"
    PUSH_SERVICE_MISSING "push-service-missing" Error NotInApp
        "without OPPO's two services register is never answered, and the app gets no regId"
    PUSH_SERVICE_PERMISSION "push-service-permission" Error NotInApp
        "give the service the permission that OPPO's service holds"
    PUSH_SERVICE_ACTION "push-service-action" Error NotInApp
        "OPPO's service looks the app's service up by this action"
    PUSH_SERVICE_NOT_ENABLED "push-service-not-enabled" Error NotInApp
        "Android starts no service with enabled=false; take the attribute away"
    PUSH_SERVICE_NOT_EXPORTED "push-service-not-exported" Note NotInApp
        "apps in the field have either; where no regId comes, try exported=true, which the permission keeps safe"
    PUSH_SDK_MISSING "push-sdk-missing" Error NotInApp
        "add OPPO's push SDK, or the adapter for OPPO of the platform that the app uses"
    PUSH_SDK_OLD "push-sdk-old" Warning NotInApp
        "use com.heytap.msp.push, version 3 of OPPO's SDK; older ones know neither today's services nor the hosts outside of China"
    PUSH_SDK_TWICE "push-sdk-twice" Warning NotInApp
        "keep one: two generations register one after the other, and the first regId is lost"
    CHANNEL_NOT_IN_CODE "channel-not-in-code" Note NotInApp
        "the app may get the id elsewhere; see that it makes a NotificationChannel with exactly this id"
    PUSH_ADAPTER_DOES_NOT_FIT "push-adapter-does-not-fit" Error NotInApp
        "update OPPO's SDK to the version that the adapter's documentation names"
}
