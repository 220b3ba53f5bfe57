//! Android's names: actions, categories, full class names, and the channels that ColorOS makes.

pub(super) const MAIN: &str = "android.intent.action.MAIN";
pub(super) const VIEW: &str = "android.intent.action.VIEW";
pub(super) const LAUNCHER: &str = "android.intent.category.LAUNCHER";
pub(super) const DEFAULT: &str = "android.intent.category.DEFAULT";
pub(super) const BROWSABLE: &str = "android.intent.category.BROWSABLE";

/// The channel for classified messages about content; the one for services goes before it (OPPO reference, section 5).
pub(crate) const CONTENT_CHANNEL: &str = "push_oplus_category_content";
pub(super) const SYSTEM_CHANNELS: [&str; 2] = ["push_oplus_category_service", CONTENT_CHANNEL];

/// `.Name` belongs to the package, as in a manifest.
pub(super) fn full_name(package: &str, class: &str) -> String {
    if class.starts_with('.') { format!("{package}{class}") } else { class.to_owned() }
}
