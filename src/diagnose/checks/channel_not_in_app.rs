//! Whether the app's code holds the id of the channel. An id that is not there may be made at run time: only its presence
//! proves anything.

use super::system_channel::is_system_made;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the app's code knows the channel";
pub(super) const REMEDY: Remedy = Remedy::run("make the channel in the app", "snippet channel");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let seen = evidence.app()?;
    let file = &seen.app.file;
    let Some((channel, known)) = &seen.channel else {
        return Err(Skipped::because("no channel is named"));
    };
    if is_system_made(channel) {
        return Err(Skipped(format!("the phone's system makes the channel {channel}")));
    }
    match known {
        Some(true) => Ok(Finding::pass(format!("the code of {file} holds the text \"{channel}\""))),
        Some(false) => Ok(Finding::unknown(
            format!(
                "the code of {file} holds no text \"{channel}\", so it gets the id elsewhere or has no such channel"
            ),
            Remedy::run(
                "see that the app makes a NotificationChannel with exactly this id",
                "snippet channel",
            ),
        )),
        None => Err(Skipped(format!("{file} comes without code"))),
    }
}
