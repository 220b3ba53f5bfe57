//! `dumpsys package NAME`: whether the package is installed and enabled, its version and signer, and the filters of its services.

use super::dump::{below, flag, indent, value};

/// A package of the phone, for its first user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Installed {
    pub(crate) version_name: Option<String>,
    pub(crate) version_code: Option<String>,
    pub(crate) enabled: bool,
    /// Ended by force, or never opened: Android hands it nothing until somebody opens it.
    pub(crate) stopped: bool,
    /// For each certificate that signed it the hash that Android prints. Android 8 prints nothing that can be compared.
    pub(crate) signers: Vec<String>,
    /// Whether it holds POST_NOTIFICATIONS; `None` where the dump does not say so.
    pub(crate) may_post: Option<bool>,
    /// The actions of its services' filters.
    pub(crate) service_actions: Vec<String>,
}

/// The package; `None` where it is not installed for the first user.
pub(super) fn read(text: &str, name: &str) -> Option<Installed> {
    let packages = text.lines().position(|line| line == "Packages:")?;
    let listed: String = text.lines().skip(packages + 1).fold(String::new(), |all, line| all + line + "\n");
    let heading = format!("Package [{name}]");
    let lines = below(&listed, |line| line.trim_start().starts_with(&heading));
    let user = lines.iter().position(|line| line.trim_start().starts_with("User 0:"))?;
    let state = lines.get(user)?;
    if flag(state, "installed") == Some(false) {
        return None;
    }
    let of_package = |name: &str| lines.iter().take(user).find_map(|line| value(line, name));
    let depth = indent(state);
    let of_user = lines.iter().skip(user + 1).take_while(|line| indent(line) > depth);
    let granted =
        of_user.filter(|line| line.trim_start().starts_with("android.permission.POST_NOTIFICATIONS:"));
    Some(Installed {
        version_name: of_package("versionName").map(str::to_owned),
        version_code: of_package("versionCode").map(str::to_owned),
        // 0 is as the manifest says, 1 enabled by hand; all others are ways to be disabled.
        enabled: matches!(value(state, "enabled"), None | Some("0" | "1")),
        stopped: flag(state, "stopped").unwrap_or(false),
        signers: signers(&lines),
        may_post: granted.filter_map(|line| flag(line, "granted")).last(),
        service_actions: service_actions(text),
    })
}

/// From Android 9 on: `signatures=PackageSignatures{5e6f version:2, signatures:[9c8d9e0f], past signatures:[]}`. Before,
/// the number in the brackets is an address in memory.
fn signers(lines: &[&str]) -> Vec<String> {
    let listed = lines.iter().find_map(|line| line.split_once(", signatures:[")?.1.split(']').next());
    let listed = listed.unwrap_or_default().split(',').map(str::trim);
    listed.filter(|hash| !hash.is_empty()).map(str::to_owned).collect()
}

/// The headings below which the table of services lists who takes an action.
fn service_actions(text: &str) -> Vec<String> {
    let table = below(text, |line| line.starts_with("Service Resolver Table:"));
    let headings = table.iter().filter(|line| indent(line) == 6 && line.ends_with(':'));
    headings.map(|line| line.trim().trim_end_matches(':').to_owned()).collect()
}
