//! The rules about a click target in an app, as data.

use super::super::rules::rule_table;

rule_table! {
    APP_OTHER_PACKAGE "app-other-package" Warning BadName
        "the profile's package and the app's differ; check whether this is the app that is pushed to"
    ACTIVITY_MISSING "activity-missing" Error NotInApp
        "declare the Activity, or name one that the app declares"
    ACTIVITY_OF_LIBRARY "activity-not-in-source" Warning NotInApp
        "a library may declare it; check the merged manifest, the APK or the AAB"
    ALIAS_TARGET_MISSING "alias-target-missing" Error NotInApp
        "name an Activity that the app declares in android:targetActivity"
    ACTIVITY_NOT_ENABLED "activity-not-enabled" Error NotInApp
        "Android starts no Activity with enabled=false; take the attribute away, or name another Activity"
    ACTIVITY_NOT_EXPORTED "activity-not-exported" Error NotInApp
        "OPPO's service is another app and can't start it; declare it with exported=true"
    EXPORTED_NOT_GIVEN "exported-not-given" Error NotInApp
        "from target 31 an Activity with a filter must have android:exported; without it Android 12 does not install the app"
    EXPORTED_BY_DEFAULT "exported-by-default" Warning NotInApp
        "it is exported because it has a filter; say so with android:exported, which target 31 and later demand"
    ACTIVITY_NEEDS_PERMISSION "activity-needs-permission" Error NotInApp
        "OPPO's service does not hold this permission; take it away from this Activity, or name another Activity"
    EXTRAS_IN_NEW_INTENT "extras-in-new-intent" Note NotInApp
        "where it runs already, the extras come to onNewIntent and not to onCreate; read them in both"
    NO_LAUNCHER_ACTIVITY "no-launcher-activity" Error NotInApp
        "give the Activity that the icon opens a filter with MAIN and LAUNCHER"
    NO_ACTIVITY_FOR_ACTION "no-activity-for-action" Error NotInApp
        "give the Activity that shall open this filter"
    FILTER_LACKS_DEFAULT "filter-lacks-default-category" Error NotInApp
        "an intent that names no Activity needs the category DEFAULT in the filter"
    FILTER_LACKS_BROWSABLE "filter-lacks-browsable-category" Error NotInApp
        "a URL that comes from outside of the app needs the category BROWSABLE in the filter"
    FILTER_LACKS_CATEGORY "filter-lacks-category" Error NotInApp
        "each category that the intent URL names must be in the filter"
    FILTER_HAS_DATA "filter-has-data" Error NotInApp
        "OPPO starts the action without data, which a filter with <data> refuses; put the action into a filter of its own"
    FILTER_LACKS_SCHEME "filter-lacks-data-scheme" Error NotInApp
        "schemes are compared letter by letter; give the filter a <data> element with this one"
    FILTER_LACKS_HOST "filter-lacks-data-host" Error NotInApp
        "give the filter a <data> element with this host, or take android:host away"
    FILTER_LACKS_PORT "filter-lacks-data-port" Error NotInApp
        "a filter with android:port takes that port alone"
    FILTER_LACKS_PATH "filter-lacks-data-path" Error NotInApp
        "give the filter a <data> element that takes this path; paths are compared letter by letter"
    FILTER_OTHER_TYPE "filter-other-data-type" Error NotInApp
        "a tap carries no MIME type, which a filter with android:mimeType asks for; use a filter without it"
    FILTER_OF_LAUNCHER "filter-of-launcher" Warning NotInApp
        "put the action into a filter of its own; in the launcher's filter, other launchers of the same action are mixed with it"
    SEVERAL_ACTIVITIES "several-activities" Warning NotInApp
        "Android asks the person which to open; give the action or the URL to one Activity alone"
    VALUE_NOT_RESOLVED "value-not-resolved" Warning NotInApp
        "the file does not hold this value; check the merged manifest, the APK or the AAB"
    INTENT_OTHER_PACKAGE "intent-other-package" Error NotInApp
        "the URL names another app; take package= or component= away, or name this app in it"
    LINK_OPENS_APP "link-opens-app" Note NotInApp
        "once Android has verified the host, the link opens this Activity and no browser"
    LINK_NOT_VERIFIED "link-not-verified" Note NotInApp
        "the filter lacks android:autoVerify, so that from Android 12 the link opens in the browser"
}
