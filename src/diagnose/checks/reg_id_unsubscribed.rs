//! Whether push is switched on for the app on that phone: OPPO says when it is not.
//! Notifications that are switched off without OPPO's knowledge belong to `phone_display`.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};

/// OPPO reference, section 8.
const CODES: [i64; 2] = [10001, 10003];

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "reg-id-unsubscribed",
    link: "deliveries",
    title: "push is switched on for the regId",
    remedy: "ask the user to switch notifications on; the app may call OPPO's resumePush",
    page: include_str!("../../../docs/checks/reg-id-unsubscribed.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.refused_with(
        &CODES,
        "the user switched push off for the app, or the app called unRegister or pausePush",
    )
}
