//! What the app's manifest must hold for a target, as XML to paste.

use super::Target;

/// The element a target needs, if it needs one. Rules for OPPO: tencent-im-push reference, section 3 (a filter with
/// the category DEFAULT and without data); an Activity started from outside must be exported.
pub(super) fn needed(target: &Target) -> Option<String> {
    match target {
        Target::Intent(action) => Some(format!(
            "<intent-filter>\n    <action android:name=\"{action}\" />\n    \
             <category android:name=\"android.intent.category.DEFAULT\" />\n</intent-filter>"
        )),
        Target::Activity(class) => {
            Some(format!("<activity\n    android:name=\"{class}\"\n    android:exported=\"true\" />"))
        }
        Target::OpenApp | Target::Url(_) => None,
    }
}
