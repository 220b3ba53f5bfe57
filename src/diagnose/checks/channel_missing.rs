//! Whether a push names a NotificationChannel: an OPPO phone with Android 8 or later shows none without.
//! Whether the channel exists on the phone, only the phone knows.

use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the push names a channel";
pub(super) const REMEDY: Remedy = Remedy::run(
    "create the channel in the app, and set the same text here",
    "cert edit <ID> --channel-id <CHANNEL-ID>",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let certificate = evidence.certificate()?;
    let id = certificate.id.get();
    let last = evidence.last_by_certificate().ok();
    let last = last.and_then(|last| Some((last, sent::notification(last)?)));
    let named = last.as_ref().and_then(|(last, sent)| Some((last, sent::text(sent, "channel_id")?)));
    if let Some((last, channel)) = named {
        return Ok(Finding::pass(format!("{} named channel {channel}", sent::name(last))));
    }
    if let Some(channel) = &certificate.channel_id {
        return Ok(Finding::pass(format!("certificate {id} has ChannelID {channel}")));
    }
    let seen =
        last.map(|(last, _)| format!(", and {} named no channel", sent::name(last))).unwrap_or_default();
    Ok(Finding::fail(
        format!("certificate {id} has no ChannelID{seen}"),
        "Android 8 and later show a notification in a channel of the app's only; OPPO accepts the push all the same",
    )
    .plainly("the push names no channel, and Android shows no notification without one")
    .remedy(REMEDY.with("ID", id)))
}
