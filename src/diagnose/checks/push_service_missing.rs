//! Whether OPPO's own push service is on the phone: it holds the connection, and shows what comes.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::push::OPPO_BRANDS;

pub(super) const TITLE: &str = "OPPO's push service is on the phone and enabled";
pub(super) const REMEDY: Remedy = Remedy::say(
    "on the phone: enable the system app (pm enable com.heytap.mcs by adb), or put the maker's own system back on it",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let phone = &evidence.on_phone()?.phone;
    let is_other = |brand: &String| !OPPO_BRANDS.contains(&brand.to_lowercase().as_str());
    if phone.brand.as_ref().is_some_and(is_other) {
        return Err(Skipped::because("the phone is not of a brand that OPPO serves"));
    }
    let cause =
        "the phone's system push service receives and shows every push; without it the SDK gives no regId";
    match (phone.push_services.iter().find(|one| one.enabled), phone.push_services.first()) {
        (Some(found), _) => {
            let version = found.version.as_ref().map_or(String::new(), |version| format!(" {version}"));
            Ok(Finding::pass(format!("{}{version} is there and enabled", found.name)))
        }
        (None, Some(disabled)) => {
            let seen = format!("{} is on the phone, and disabled", disabled.name);
            Ok(Finding::fail(seen, cause).plainly("the phone's push service is switched off"))
        }
        (None, None) => {
            let seen = "neither com.heytap.mcs nor com.coloros.mcs is on the phone";
            Ok(Finding::fail(seen, cause).plainly("the phone lacks OPPO's push service"))
        }
    }
}
