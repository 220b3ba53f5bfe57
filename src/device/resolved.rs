//! `cmd package resolve-activity`: what the phone itself would open for an intent.

use super::dump::{flag, value};

/// The activity that the phone finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) package: String,
    /// The full class name.
    pub(crate) class: String,
    pub(crate) exported: Option<bool>,
    pub(crate) enabled: Option<bool>,
    /// What a caller must hold.
    pub(crate) permission: Option<String>,
}

impl Resolved {
    /// The list from which a person chooses where several activities fit.
    pub(crate) fn is_chooser(&self) -> bool {
        is_chooser(&self.class)
    }
}

pub(super) fn is_chooser(class: &str) -> bool {
    class.ends_with("ResolverActivity") || class.ends_with("ChooserActivity")
}

/// `None` where nothing fits.
pub(super) fn read(text: &str) -> Option<Resolved> {
    let info = text.split_once("ActivityInfo:")?.1;
    // What is behind it speaks of the application, with the same names.
    let info = info.split("ApplicationInfo:").next().unwrap_or_default();
    let first = |name: &str| info.lines().find_map(|line| value(line, name));
    Some(Resolved {
        package: first("packageName")?.to_owned(),
        class: first("name")?.to_owned(),
        exported: info.lines().find_map(|line| flag(line, "exported")),
        enabled: info.lines().find_map(|line| flag(line, "enabled")),
        permission: first("permission").filter(|permission| *permission != "null").map(str::to_owned),
    })
}
