//! Whether the newest message that was sent through the IM server from here asked for no push.
//! Messages of the app itself are not seen here; what the rule makes of one belongs to `push`.

use crate::diagnose::{Evidence, Finding, Skipped, im_message};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the message wants a push";
pub(super) const REMEDY: Remedy = Remedy::say("send without PushFlag 1, OnlineOnlyFlag 1 and MsgLifeTime 0");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let message = im_message::newest(evidence)?;
    match message.wants_no_push() {
        None => Ok(Finding::pass("the newest message sent from here wants a push")),
        Some(how) => Ok(Finding::fail(
            format!("the message sent to {} at {:.0} asks for no push: {how}", message.to, message.at),
            "the sender switched offline push off for this message",
        )
        .plainly(format!("the sender wanted no notification for the message to {}", message.to))),
    }
}
