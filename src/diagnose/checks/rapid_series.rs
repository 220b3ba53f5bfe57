//! Whether the deliveries came so fast that one or two lost ones are normal.
//! A refusal with a code belongs to `rate_limited`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::store::deliveries::{Delivery, Status};

/// So many pushes to one phone within this time are a series (tencent-im-push reference, section 13, row 1).
const MANY: usize = 5;
const WITHIN_MS: i64 = 10_000;

pub(super) const TITLE: &str = "the deliveries are not a rapid series";
pub(super) const REMEDY: Remedy =
    Remedy::say("slow down; OPPO thins out a fast series, and one or two lost ones are normal");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.last_sent()?;
    let accepted: Vec<&Delivery> =
        evidence.deliveries.iter().filter(|one| one.status == Status::Accepted).collect();
    let times: Vec<i64> = accepted.iter().map(|one| one.begun_at.as_millisecond()).collect();
    let series = times.windows(MANY).any(|window| window[0] - window[MANY - 1] <= WITHIN_MS);
    if !series {
        return Ok(Finding::pass("the last deliveries are not a rapid series"));
    }
    let arrived = evidence.arrived(&accepted);
    Ok(Finding::warn(
        format!("{MANY} or more pushes went to it within {} s; {arrived}", WITHIN_MS / 1000),
        "in a fast series OPPO drops one or two; none is certain to arrive",
    ))
}
