//! The snippets in Java and Kotlin: which template, and what is put into it.

use super::fill::fill;
use super::literal::{kotlin_name, string};
use super::{Language, Sdk, Snippet, Values};
use crate::click::Target;

/// The class that a snippet declares; its file has the same name.
pub(super) fn class(snippet: Snippet, values: &Values) -> &str {
    match snippet {
        Snippet::Channel => "PushChannels",
        Snippet::Constants => "PushConstants",
        Snippet::Token => "PushRegistration",
        Snippet::Sender => "PushSender",
        Snippet::Receiver | Snippet::Manifest => values.receiver().1,
    }
}

/// None for the channel of a certificate that has none.
pub(super) fn text(snippet: Snippet, language: Language, sdk: Sdk, values: &Values) -> Option<String> {
    let channel_id = values.channel_id.as_ref().map(|id| string(id, language));
    if snippet == Snippet::Channel && channel_id.is_none() {
        return None;
    }
    let (receiver_package, receiver) = values.receiver();
    let package = match snippet {
        Snippet::Receiver => receiver_package,
        _ => values.package.as_deref(),
    };
    let class = if language == Language::Kotlin { kotlin_name(receiver) } else { receiver.to_owned() };
    let filled = fill(
        template(snippet, language, sdk),
        &[
            ("head", &values.head(snippet.as_str())),
            ("package", &package_line(package, language)),
            ("imports", fragment("imports", language, sdk)),
            ("report", fragment("report", language, sdk).trim_end()),
            ("channel_id", channel_id.as_deref().unwrap_or_default()),
            ("channel_constant", &channel_constant(channel_id.as_deref(), language)),
            ("set_channel", &set_channel(channel_id.is_some(), language, sdk)),
            ("certificate_id", &values.certificate_id.to_string()),
            ("local", if values.certificate_is_local { LOCAL } else { "" }),
            ("app_key", &string(&values.app_key, language)),
            ("class", &class),
            ("opened_by", opened_by(&values.click)),
        ],
    );
    Some(filled)
}

const LOCAL: &str = ". This one is opush's own: put the IM console's here";

fn template(snippet: Snippet, language: Language, sdk: Sdk) -> &'static str {
    macro_rules! both {
        ($name:literal) => {
            match language {
                Language::Kotlin => include_str!(concat!("templates/kotlin/", $name, ".kt")),
                _ => include_str!(concat!("templates/java/", $name, ".java")),
            }
        };
    }
    match (snippet, sdk) {
        (Snippet::Channel, _) => both!("PushChannels"),
        (Snippet::Constants, _) => both!("PushConstants"),
        (Snippet::Token, _) => both!("PushRegistration"),
        (Snippet::Receiver | Snippet::Manifest, _) => both!("PushReceiver"),
        (Snippet::Sender, Sdk::V2tim) => both!("PushSender.v2tim"),
        (Snippet::Sender, Sdk::Legacy) => both!("PushSender.legacy"),
    }
}

/// The lines of the registration that differ between the generations of the IM SDK.
fn fragment(name: &str, language: Language, sdk: Sdk) -> &'static str {
    match (name, language, sdk) {
        ("imports", Language::Kotlin, Sdk::V2tim) => include_str!("templates/kotlin/imports.v2tim"),
        ("imports", Language::Kotlin, Sdk::Legacy) => include_str!("templates/kotlin/imports.legacy"),
        ("imports", _, Sdk::V2tim) => include_str!("templates/java/imports.v2tim"),
        ("imports", _, Sdk::Legacy) => include_str!("templates/java/imports.legacy"),
        (_, Language::Kotlin, Sdk::V2tim) => include_str!("templates/kotlin/report.v2tim"),
        (_, Language::Kotlin, Sdk::Legacy) => include_str!("templates/kotlin/report.legacy"),
        (_, _, Sdk::V2tim) => include_str!("templates/java/report.v2tim"),
        (_, _, Sdk::Legacy) => include_str!("templates/java/report.legacy"),
    }
}

/// The line that puts the class into the app's package, where there is one that the language can say.
fn package_line(package: Option<&str>, language: Language) -> String {
    match (package, language) {
        (Some(package), Language::Kotlin) => {
            format!("package {}\n", package.split('.').map(kotlin_name).collect::<Vec<_>>().join("."))
        }
        // An applicationId may have a part that Java reserves; then the code's package is another one.
        (Some(package), _) if Target::parse(&format!("activity:{package}.C"), None).is_ok() => {
            format!("package {package};\n")
        }
        _ => "// Put it into a package of your app, beside the other snippets.\n".to_owned(),
    }
}

fn channel_constant(channel_id: Option<&str>, language: Language) -> String {
    let Some(id) = channel_id else { return String::new() };
    let constant = match language {
        Language::Kotlin => format!("private const val CHANNEL_ID = {id}"),
        _ => format!("private static final String CHANNEL_ID = {id};"),
    };
    format!(
        "\n    /** The channel of the receiver's app: the ChannelID of the certificate. */\n    {constant}\n"
    )
}

fn set_channel(known: bool, language: Language, sdk: Sdk) -> String {
    let lines: &[&str] = match (known, language, sdk) {
        (false, ..) => &["// The certificate has no ChannelID here: the IM console's is taken."],
        (true, Language::Kotlin, Sdk::V2tim) => &["info.setAndroidOPPOChannelID(CHANNEL_ID)"],
        (true, Language::Kotlin, Sdk::Legacy) => &[
            "val android = TIMMessageOfflinePushSettings.AndroidSettings()",
            "android.setOPPOChannelID(CHANNEL_ID)",
            "settings.setAndroidSettings(android)",
        ],
        (true, _, Sdk::V2tim) => &["info.setAndroidOPPOChannelID(CHANNEL_ID);"],
        (true, _, Sdk::Legacy) => &[
            "TIMMessageOfflinePushSettings.AndroidSettings android =",
            "        new TIMMessageOfflinePushSettings.AndroidSettings();",
            "android.setOPPOChannelID(CHANNEL_ID);",
            "settings.setAndroidSettings(android);",
        ],
    };
    lines.iter().map(|line| format!("        {line}")).collect::<Vec<_>>().join("\n")
}

/// When a tap opens the receiver (tencent-im-push reference, section 3).
fn opened_by(click: &Target) -> &'static str {
    match click {
        Target::Activity(_) => {
            "A tap on a notification opens this Activity: the certificate's click event names it."
        }
        Target::Intent(_) => {
            "A tap on a notification opens this Activity: its filter has the action of the click event."
        }
        Target::Scheme(_) => {
            "A tap on a notification opens this Activity: its filter has the scheme of the certificate's click target."
        }
        Target::OpenApp => {
            "A tap opens the launcher Activity, for the certificate's click event is to open the app: do there what\n \
             * is done here."
        }
        Target::Url(_) => {
            "The certificate's click event is a URL: a tap opens the browser, and no extras reach the app. This\n \
             * Activity is for a certificate with a click event that opens the app, an Activity or an intent action."
        }
    }
}
