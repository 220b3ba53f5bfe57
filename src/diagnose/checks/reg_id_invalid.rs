//! Whether OPPO takes the regId, or the alias, of the newest delivery.
//! That the app was uninstalled since shows in the receipts, and belongs to `reg_id_gone`.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};

/// OPPO reference, section 8.
const CODES: [i64; 4] = [10000, 10002, 10004, 10005];

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "reg-id-invalid",
    link: "deliveries",
    title: "OPPO takes the regId",
    remedy: "let the app register again and report the regId it gets: opush token report --user USER --reg-id REGID",
    page: include_str!("../../../docs/checks/reg-id-invalid.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.refused_with(
        &CODES,
        "the regId is of another app, or no longer valid: the app was uninstalled, or its data was cleared",
    )
}
