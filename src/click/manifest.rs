//! What the app's manifest must hold for a target, as XML to paste.

use super::{Link, Target};

/// The filter of the Activity that the icon opens.
pub(super) const LAUNCHER_FILTER: &str = "<intent-filter>
    <action android:name=\"android.intent.action.MAIN\" />
    <category android:name=\"android.intent.category.LAUNCHER\" />
</intent-filter>";

/// The element a target needs, if it needs one. Rules for OPPO: tencent-im-push reference, section 3 (a filter with
/// the category DEFAULT and without data); an Activity started from outside must be exported.
pub(super) fn needed(target: &Target) -> Option<String> {
    match target {
        Target::Intent(action) => Some(format!(
            "<intent-filter>\n    <action android:name=\"{action}\" />\n    \
             <category android:name=\"android.intent.category.DEFAULT\" />\n</intent-filter>"
        )),
        Target::Activity(class) => Some(of_class(class)),
        Target::Scheme(url) => of_link(&Link::of(url)),
        Target::OpenApp | Target::Url(_) => None,
    }
}

fn of_class(class: &str) -> String {
    format!("<activity\n    android:name=\"{class}\"\n    android:exported=\"true\" />")
}

/// The filter of an exported Activity (OPPO reference, section 5). Without a scheme there is nothing to declare.
fn of_link(link: &Link<'_>) -> Option<String> {
    let plain =
        |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '$'));
    if let Some(class) = link.class.as_deref().filter(|class| plain(class)) {
        return Some(of_class(class));
    }
    let category = |name| format!("    <category android:name=\"android.intent.category.{name}\" />\n");
    let browsable = if link.action == super::scheme::VIEW { category("BROWSABLE") } else { String::new() };
    let host = link.host.filter(|host| plain(host)).map(|host| format!(" android:host=\"{host}\""));
    let data = format!("    <data android:scheme=\"{}\"{} />\n", link.scheme?, host.unwrap_or_default());
    Some(format!(
        "<intent-filter>\n    <action android:name=\"{}\" />\n{}{browsable}{data}</intent-filter>",
        Some(link.action).filter(|action| plain(action))?,
        category("DEFAULT"),
    ))
}
