//! Whether OPPO's daily quota of the app was used up at the newest delivery.
//! A limit of one phone's shows in the receipts, and belongs to `daily_limit`.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};

/// OPPO reference, section 8.
const CODES: [i64; 1] = [33];

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "quota-used-up",
    link: "deliveries",
    title: "OPPO's daily quota is not used up",
    remedy: "wait until tomorrow, or send personal messages with a category of the service kind, which has no daily limit",
    page: include_str!("../../../docs/checks/quota-used-up.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.refused_with(&CODES, "the app sent more public messages today than OPPO allows")
}
