//! Whether the newest push names a channel that the phone's system makes, not the app (OPPO reference, section 5).
//! Any other channel belongs to `channel_differs` and `phone_display`.

use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;

/// Newer ColorOS makes these for classified messages.
const SYSTEM_MADE: [&str; 2] = ["push_oplus_category_service", "push_oplus_category_content"];

pub(super) const TITLE: &str = "the push names a channel of the app's own";
pub(super) const REMEDY: Remedy =
    Remedy::run("name a channel that the app makes, for phones of before", "snippet channel");

/// Whether the phone's system makes this channel.
pub(super) fn is_system_made(channel: &str) -> bool {
    SYSTEM_MADE.contains(&channel)
}

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let last = evidence.last_sent()?;
    let notification = sent::read(last)?;
    let name = sent::name(last);
    let Some(channel) = sent::text(&notification, "channel_id") else {
        return Err(Skipped(format!("{name} named no channel")));
    };
    if !is_system_made(channel) {
        return Ok(Finding::pass(format!("{name} named channel {channel}, which the app makes")));
    }
    Ok(Finding::warn(
        format!("{name} named channel {channel}, which newer ColorOS makes by itself"),
        "a phone with an older ColorOS has no such channel and shows nothing; the app can't change its importance",
    ))
}
