//! Whether the user left the channel on, and how much it may disturb.

use crate::device::Importance;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the channel is on, and may be noticed";
pub(super) const REMEDY: Remedy = Remedy::say(
    "ask the user to switch the channel on in the phone's settings: the app can't raise its importance, only make a channel with another ID",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let (on_phone, _) = evidence.app_on_phone()?;
    let channel = on_phone.channel.as_deref().ok_or_else(|| Skipped::because("no channel is named"))?;
    let found = on_phone.phone.of_app.channels.iter().find(|one| one.id == channel);
    let found = found.ok_or_else(|| Skipped(format!("the channel {channel} was not seen on the phone")))?;
    let importance = found.importance.ok_or_else(|| Skipped::because("its importance is not known"))?;
    let word = importance.as_str();
    Ok(match importance {
        Importance::None => {
            let cause = "the user switched it off, or the app made it with importance none";
            Finding::fail(format!("the channel {channel} is switched off on the phone"), cause)
                .plainly("the channel of the push is switched off on the phone")
        }
        Importance::Min | Importance::Low => {
            let cause = "its notifications are in the shade only, without a sound or a banner";
            Finding::warn(format!("the channel {channel} has importance {word}"), cause)
        }
        Importance::Default | Importance::High => {
            Finding::pass(format!("the channel {channel} is on, with importance {word}"))
        }
    })
}
