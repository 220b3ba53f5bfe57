//! Whether OPPO refused the newest delivery because too many came too fast.
//! One or two lost in a fast series, without any code, belongs to `rapid_series`.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};

/// OPPO reference, section 8.
const CODES: [i64; 3] = [13, 55, -2];

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "rate-limited",
    link: "deliveries",
    title: "OPPO does not throttle the app",
    remedy: "slow down and send it again; opush history list --code 13 shows how often",
    page: include_str!("../../../docs/checks/rate-limited.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.refused_with(&CODES, "more pushes a second than OPPO allows the app")
}
