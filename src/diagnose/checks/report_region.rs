//! Whether the regId has one of OPPO's forms and belongs to the profile's region: China and overseas know nothing of each other.
//! Whether OPPO still knows the regId belongs to `reg_id_invalid` and `on_invalid_list`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::oppo::{Home, RegId};

pub(super) const TITLE: &str = "the regId is of the profile's region";
pub(super) const REMEDY: Remedy = Remedy::run("use a profile of the phone's region", "profile list");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let reg_id = evidence.reg_id()?;
    let profile = &evidence.subject()?.profile;
    let region = profile.region.value;
    let parsed = match RegId::parse(reg_id) {
        Ok(parsed) => parsed,
        Err(error) => {
            return Ok(Finding::fail(
                error.to_string(),
                "it was cut or changed on the way, or is another vendor's token",
            )
            .remedy(
                Remedy::run(
                    "report the regId that OPPO's onRegister gave, and nothing around it",
                    "token check <REGID>",
                )
                .with("REGID", reg_id),
            ));
        }
    };
    let (home, wanted) = (parsed.home(), Home::of(region));
    if home == wanted {
        return Ok(Finding::pass(format!("regId {reg_id} belongs to {home}, as region {region} does")));
    }
    Ok(Finding::fail(
        format!(
            "regId {reg_id} belongs to {home}, and profile {}'s region {region} to {wanted}",
            profile.name
        ),
        "the phone is of the other region, or the profile's region is not the app's",
    ))
}
