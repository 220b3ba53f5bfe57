//! The rules about click targets as data: limits, id, severity, kind of failure, and the remedy in words for people.

use crate::failure::Kind;
use schemars::JsonSchema;
use serde::Serialize;
use strum::IntoStaticStr;

/// How severe a finding is. Only an error makes a target unusable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Severity {
    /// The target can't be used.
    Error,
    /// The target works, and probably not as meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// One rule about click targets.
#[derive(Debug)]
pub(crate) struct Rule {
    /// kebab-case, unique, stable: results carry it.
    pub id: &'static str,
    pub(crate) severity: Severity,
    /// The kind of failure, where the rule is an error.
    pub(crate) kind: Kind,
    /// What to do next.
    pub(crate) remedy: &'static str,
}

/// Characters an Activity or intent action may have (OPPO reference, section 5).
pub(crate) const NAME_LIMIT: usize = 500;
/// Characters a URL may have in its ASCII form (OPPO reference, section 5).
pub(crate) const URL_LIMIT: usize = 2000;
/// The older limit of a URL: beyond it the client warns.
pub(crate) const URL_WARN: usize = 500;

/// A table of rules: its constants, and `RULES` with all of them.
macro_rules! rule_table {
    ($($name:ident $id:literal $severity:ident $kind:ident $remedy:literal)*) => {
        $(pub(crate) const $name: $crate::click::Rule = $crate::click::Rule {
            id: $id,
            severity: $crate::click::Severity::$severity,
            kind: $crate::failure::Kind::$kind,
            remedy: $remedy,
        };)*
        /// Every rule of this table.
        pub(crate) const RULES: &[$crate::click::Rule] = &[$($name,)*];
    };
}
pub(crate) use rule_table;

rule_table! {
    TARGET_EMPTY "target-empty" Error Empty
        "give one of open-app, url:U, activity:C, intent:A, scheme:U"
    TARGET_SPACE "target-surrounding-space" Error SurroundingSpace
        "take away the white space around it"
    TARGET_PREFIX_UNKNOWN "target-prefix-unknown" Error BadClick
        "a click target is one of: open-app, url:https://…, activity:FULL.CLASS.NAME, intent:ACTION.NAME, scheme:URL"
    TARGET_PREFIX_MISSING "target-prefix-missing" Error BadClick
        "a click target says what it is: open-app, url:U, activity:C, intent:A, scheme:U"
    TARGET_VALUE_MISSING "target-value-missing" Error Empty
        "say which: url:https://…, activity:FULL.CLASS.NAME, intent:ACTION.NAME, scheme:URL"
    TARGET_VALUE_EXTRA "target-value-extra" Error BadClick
        "open-app takes no value; to open a certain page use activity:C or intent:A"
    FOREIGN_INTENT_URL "foreign-intent-url" Error BadIntent
        "an intent URL is a scheme URL: give it after scheme:, in a message as click_action_url of click_action_type 5"

    URL_EMPTY "url-empty" Error Empty
        "give a whole URL, such as https://example.com/page"
    URL_SPACE_AROUND "url-surrounding-space" Error SurroundingSpace
        "take away the white space around it"
    URL_CONTROL "url-control-character" Error ControlCharacter
        "take the character out; it was probably pasted along"
    URL_SCHEME_MISSING "url-scheme-missing" Error BadUrl
        "write the URL with its scheme"
    URL_SCHEME_TYPO "url-scheme-typo" Error BadUrl
        "OPPO opens only URLs that begin with http:// or https://"
    URL_SCHEME_OTHER "url-scheme-other" Error BadUrl
        "url: is for http and https; a URL of another scheme is scheme:U, a page of the app also activity:C or intent:A"
    URL_ESCAPE "url-broken-escape" Error BadUrl
        "after % come two hex digits; the percent sign itself is %25"
    URL_EMPTY_LABEL "url-empty-label" Error BadUrl
        "write one dot between the parts of the host"
    URL_HOST_MISSING "url-host-missing" Error BadUrl
        "put the host after the two slashes, such as https://example.com/page"
    URL_UNREADABLE "url-unreadable" Error BadUrl
        "correct the host or the port, such as https://example.com:8443/page"
    URL_CREDENTIALS "url-credentials" Error BadUrl
        "take user name and password out of the URL: everybody who gets the notification could read them"
    URL_BACKSLASH "url-backslash" Error BadUrl
        "URLs are written with forward slashes"
    URL_TOO_LONG "url-too-long" Error TooLong
        "shorten it, for example by a redirect on your own server; every non-ASCII character counts as several"
    URL_LONG "url-long" Warning TooLong
        "an older limit of OPPO is 500 characters; shorten it if OPPO refuses it with code 41"
    URL_SPACE "url-space" Warning BadUrl
        "write %20 where a space is meant, so that what is sent is what you wrote"
    URL_LOCAL "url-local-host" Warning BadUrl
        "on a phone this host means the phone itself; give a host that phones can reach"
    URL_PLAIN_HTTP "url-plain-http" Note BadUrl
        "prefer https if the server offers it"
    URL_NON_ASCII "url-non-ascii" Note BadUrl
        "compare both forms; the ASCII form is sent"

    ACTIVITY_EMPTY "activity-empty" Error Empty
        "give the Activity's full class name, such as com.example.chat.SplashActivity"
    ACTIVITY_SPACE "activity-surrounding-space" Error SurroundingSpace
        "take away the white space around it"
    ACTIVITY_IDENTIFIER "activity-bad-identifier" Error BadActivity
        "each part of a class name is a Java identifier: letters, digits, _ and $, not beginning with a digit"
    ACTIVITY_EMPTY_PART "activity-empty-part" Error BadActivity
        "write the full class name with one dot between its parts, such as com.example.chat.SplashActivity"
    ACTIVITY_RESERVED "activity-reserved-word" Error BadActivity
        "Java has no class or package of that name; take the name from the manifest's android:name"
    ACTIVITY_NO_PACKAGE "activity-no-package" Error BadActivity
        "give the full class name with its package, such as com.example.chat.SplashActivity"
    ACTIVITY_RELATIVE "activity-relative" Error BadActivity
        "a name that begins with a dot is the manifest's short form, and no app package is known here. Write the full name, or set package in the profile"
    ACTIVITY_COMPONENT "activity-component" Error BadActivity
        "PACKAGE/CLASS is adb's form; OPPO wants the full class name alone, such as com.example.chat.SplashActivity"
    ACTIVITY_SLASHES "activity-slashes" Error BadActivity
        "a class name is written with dots"
    ACTIVITY_TOO_LONG "activity-too-long" Error TooLong
        "OPPO takes at most 500 characters; use the class name alone"
    ACTIVITY_EXPANDED "activity-expanded" Note BadActivity
        "the full class name is what is sent; write it so in certificates and consoles"
    ACTIVITY_OTHER_PACKAGE "activity-other-package" Warning BadActivity
        "OPPO opens pages of the app that is pushed to; check which of the two packages is meant"
    ACTIVITY_LOWER_CASE "activity-lower-case" Warning BadActivity
        "class names begin with a capital letter by custom; is this a package without its class?"
    ACTIVITY_NON_ASCII "activity-non-ascii" Warning BadActivity
        "Java allows it, whether OPPO does is not known; compare it with the manifest letter by letter"

    INTENT_EMPTY "intent-empty" Error Empty
        "give an intent action's name, such as com.example.chat.OPEN"
    INTENT_SPACE "intent-surrounding-space" Error SurroundingSpace
        "take away the white space around it"
    INTENT_CHARACTER "intent-bad-character" Error BadIntent
        "an action name has letters, digits, _ and dots, such as android.intent.action.VIEW; no spaces"
    INTENT_EMPTY_PART "intent-empty-part" Error BadIntent
        "write one dot between the parts, none at either end, such as android.intent.action.VIEW"
    INTENT_TOO_LONG "intent-too-long" Error TooLong
        "OPPO takes at most 500 characters; use a shorter action name"
    INTENT_SINGLE_WORD "intent-single-word" Warning BadIntent
        "Android takes it, but another app may use the same word; prefix it with your package, such as com.example.chat.OPEN"
    INTENT_CONSTANT "intent-constant-name" Warning BadIntent
        "that looks like the constant's name in the code; the manifest and OPPO want its value"
    INTENT_CASE "intent-letter-case" Warning BadIntent
        "action names are compared letter by letter"
    INTENT_UNUSUAL "intent-unusual-character" Warning BadIntent
        "Android takes it, whether OPPO does is not known; letters, digits, _ and dots are sure"

    SCHEME_EMPTY "scheme-empty" Error Empty
        "give a URL of the app's scheme, such as demo://page?id=1"
    SCHEME_SPACE_AROUND "scheme-surrounding-space" Error SurroundingSpace
        "take away the white space around it"
    SCHEME_CONTROL "scheme-control-character" Error ControlCharacter
        "take it out, or write %20 for a space"
    SCHEME_MISSING "scheme-missing" Error BadUrl
        "write SCHEME:REST, such as demo://page?id=1; a scheme has letters, digits, +, -, . and _"
    SCHEME_ALONE "scheme-without-colon" Warning BadUrl
        "Android finds no scheme in it, so that no filter with a scheme takes it; write SCHEME://HOST?QUERY"
    SCHEME_WEB "scheme-web-page" Warning BadUrl
        "a web page is url:U; as a scheme URL it opens an Activity of the app only where one declares this host"
    SCHEME_UNUSUAL "scheme-unusual" Warning BadUrl
        "Android compares it letter by letter with android:scheme, and browsers know small letters only"
    SCHEME_ESCAPE "scheme-broken-escape" Error BadUrl
        "after % come two hex digits; the percent sign itself is %25"
    SCHEME_INTENT "scheme-intent-parts" Error BadIntent
        "an intent URL is intent://HOST/PATH#Intent;scheme=SCHEME;end: after #Intent; come KEY=VALUE; and at last end"

    CUSTOM_CONTENT_WITH_URL "custom-content-with-url" Warning ContradictoryFields
        "no Activity receives it: OPPO appends the pairs to the URL as query parameters. Read them on the page, or use activity:C, intent:A or open-app"
}
