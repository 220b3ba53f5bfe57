//! Whether the newest message that was sent from here asks for a sound: OPPO has none to choose.
//! That the phone makes no sound at all is its channel's doing, and belongs to `phone_display`.

use crate::diagnose::{Evidence, Finding, Skipped, im_message};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "no sound is asked for";
pub(super) const REMEDY: Remedy =
    Remedy::run("leave Sound out, or set the sound in the channel", "snippet channel");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let message = im_message::newest(evidence)?;
    match message.sound() {
        None => Ok(Finding::pass("the newest message sent from here asks for no sound")),
        Some(sound) => Ok(Finding::warn(
            format!("the message sent to {} at {:.0} asks for the sound {sound}", message.to, message.at),
            "on OPPO the channel decides the sound; the push can't",
        )),
    }
}
