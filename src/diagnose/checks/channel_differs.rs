//! Whether the newest push named the certificate's channel, and not another.
//! A push without any channel is `channel_missing`, unless the certificate has one.

use super::system_channel::is_system_made;
use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the push names the certificate's channel";
pub(super) const REMEDY: Remedy = Remedy::run(
    "make the channel that the push names in the app too, or send without --channel-id",
    "snippet channel",
);

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
    if named.is_some_and(is_system_made) {
        return Err(Skipped(format!("{} named a channel that the system makes", sent::name(last))));
    }
    let named = named.map_or("no channel".to_owned(), |other| format!("channel {other}"));
    Ok(Finding::warn(
        format!("{} named {named}, and certificate {id} has ChannelID {channel}", sent::name(last)),
        "a channel that the app did not make shows nothing, and OPPO does not say so",
    ))
}
