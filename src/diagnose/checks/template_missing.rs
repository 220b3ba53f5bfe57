//! Whether the newest delivery lacked the private template that OPPO wants for its category.
//! The names of a template's parameters are the IM console's business too (IM reference, section 7.3).

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};

/// OPPO reference, section 8.
const CODES: [i64; 1] = [54];

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "template-missing",
    link: "deliveries",
    title: "the private template is given",
    remedy: "give private_msg_template_id in the message file, with a template approved in OPPO's console whose parameters are title and desc",
    page: include_str!("../../../docs/checks/template-missing.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.refused_with(&CODES, "the category needs an approved private template, and none was given")
}
