//! Whether the newest message that was sent through the IM server from here has something to show.
//! A push without text is made for no single custom element without Desc (IM reference, section 7.1).

use crate::diagnose::{Evidence, Finding, Skipped, im_message};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the message has something to show";
pub(super) const REMEDY: Remedy = Remedy::run(
    "give the message a Desc: --desc with opush, OfflinePushInfo.Desc in the app",
    "im send --to <USER> --desc <TEXT>",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let message = im_message::newest(evidence)?;
    if message.shows_nothing() {
        return Ok(Finding::fail(
            format!(
                "the message sent to {} at {:.0} is a custom element without Desc",
                message.to, message.at
            ),
            "for such a message the IM server makes no push",
        )
        .plainly(format!("the message to {} has no text that a notification could show", message.to)));
    }
    Ok(Finding::pass("the newest message sent from here has something to show"))
}
