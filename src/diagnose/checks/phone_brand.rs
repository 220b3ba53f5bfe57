//! Whether the phone on the cable is one that OPPO's pushes reach at all.
//! The brand that the app reported belongs to `report_brand`.

use crate::diagnose::evidence::LiveAnswer;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::push::{OPPO_BRANDS, platform_for};

pub(super) const TITLE: &str = "the phone on the cable is of a brand that OPPO serves";
pub(super) const REMEDY: Remedy = Remedy::say(
    "test with a phone of OPPO, realme or OnePlus; for this one the app needs a certificate of its own platform",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    if let LiveAnswer::Failed(problem) = &evidence.device {
        return Ok(Finding::unknown(problem.message.clone(), &problem.hint));
    }
    let phone = &evidence.on_phone()?.phone;
    let name = phone.name();
    match phone.brand.as_deref().map(str::to_lowercase) {
        None => Err(Skipped(format!("the phone {name} does not say of which brand it is"))),
        Some(brand) if OPPO_BRANDS.contains(&brand.as_str()) => Ok(Finding::pass(name)),
        Some(brand) => {
            let platform = platform_for(&brand);
            let cause = format!(
                "OPPO's push service is on phones of oppo, realme and oneplus; {brand} needs a certificate of platform {platform}"
            );
            Ok(Finding::fail(format!("the phone on the cable is {name}"), cause))
        }
    }
}
