//! Whether a receipt says that this phone had its daily share of the app's messages.
//! The quota of the whole app belongs to `quota_used_up`.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};

pub const CHECK: Check<Evidence> = Check {
    id: "daily-limit",
    link: "receipts",
    title: "the phone's daily limit is not reached",
    remedy: "wait until tomorrow, or send with a category of the service kind, which has no daily limit",
    page: include_str!("../../../docs/checks/daily-limit.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.told_of(
        "user_daily_limit",
        "the app sent this phone more public messages today than OPPO allows: 2 a day, 5 for news apps",
    )
}
