//! Whether the brand that came with the report is one with phones that an OPPO certificate reaches: OPPO, realme or OnePlus.
//! A report without a brand says nothing; the regId itself is looked at by `report_region`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::push::{OPPO_BRANDS, platform_for};

pub(super) const TITLE: &str = "the phone is one that OPPO's certificate reaches";
pub(super) const REMEDY: Remedy = Remedy::say("report with the certificate of the phone's own vendor");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.before_the_push()?;
    let report = evidence.report()?;
    let brand = report.brand.as_deref().ok_or_else(|| Skipped::because("no brand came with the report"))?;
    let user = &report.user;
    if OPPO_BRANDS.iter().any(|known| known.eq_ignore_ascii_case(brand.trim())) {
        return Ok(Finding::pass(format!("{user} reported from a phone of brand {brand}")));
    }
    let platform = platform_for(brand);
    Ok(Finding::fail(
        format!(
            "{user} reported certificate {} from a phone of brand {brand}, which OPPO does not reach",
            report.certificate_id
        ),
        "the app chose the certificate without looking at the phone's brand and manufacturer",
    )
    .remedy(
        Remedy::from(format!("let the app report a {platform} certificate on that phone"))
            .command("snippet token"),
    ))
}
