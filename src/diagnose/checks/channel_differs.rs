//! Whether the newest push named the certificate's channel, and not another.
//! A push without any channel is `channel_missing`, unless the certificate has one.

use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the push names the certificate's channel";
pub(super) const REMEDY: Remedy = Remedy::say("send without --channel-id, or make both channels in the app");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let certificate = evidence.certificate()?;
    let id = certificate.id.get();
    let channel = certificate
        .channel_id
        .as_ref()
        .ok_or_else(|| Skipped(format!("certificate {id} has no ChannelID")))?;
    let last = evidence.last_by_certificate()?;
    let notification = sent::read(last)?;
    let named = sent::text(&notification, "channel_id");
    if named == Some(channel.as_str()) {
        return Ok(Finding::pass(format!(
            "{} named channel {channel}, as certificate {id} does",
            sent::name(last)
        )));
    }
    let named = named.map_or("no channel".to_owned(), |other| format!("channel {other}"));
    Ok(Finding::warn(
        format!("{} named {named}, and certificate {id} has ChannelID {channel}", sent::name(last)),
        "a channel that the app did not make shows nothing, and OPPO does not say so",
    ))
}
