//! Whether the app may send the newest delivery's category with its notify level.
//! Which categories there are, OPPO's console says.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};

/// OPPO reference, section 8.
const CODES: [i64; 1] = [67];

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "category-refused",
    link: "deliveries",
    title: "the category is granted",
    remedy: "apply for the category in OPPO's console, or send without --notify-level or with another --category",
    page: include_str!("../../../docs/checks/category-refused.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.refused_with(&CODES, "the category is not granted to the app, or notify level 16 is not")
}
