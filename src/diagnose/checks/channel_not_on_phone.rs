//! Whether the app made the channel on this phone. Which channel pushes name belongs to `channel_missing`.

use super::system_channel::is_system_made;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

/// Android 8 brought channels.
const WITH_CHANNELS: u32 = 26;

pub(super) const TITLE: &str = "the channel exists on the phone";
pub(super) const REMEDY: Remedy =
    Remedy::run("make the channel in the app before the first push, with the same text", "snippet channel");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let (on_phone, _) = evidence.app_on_phone()?;
    let channel = on_phone.channel.as_deref().ok_or_else(|| Skipped::because("no channel is named"))?;
    if on_phone.phone.sdk.is_some_and(|sdk| sdk < WITH_CHANNELS) {
        return Err(Skipped::because("the phone's Android has no channels"));
    }
    if is_system_made(channel) {
        return Err(Skipped(format!("the system makes the channel {channel}")));
    }
    let of_app = &on_phone.phone.of_app;
    if of_app.channels.iter().any(|one| one.id == channel) {
        return Ok(Finding::pass(format!("the app has the channel {channel}")));
    }
    if of_app.on.is_none() {
        let seen = "the phone's notification service says nothing of the app";
        return Ok(Finding::unknown(
            seen,
            "open the app once, so that it makes its channels, and look again",
        ));
    }
    let others: Vec<&str> = of_app.channels.iter().map(|one| one.id.as_str()).collect();
    let others = match others.as_slice() {
        [] => "it has none".to_owned(),
        others => format!("it has {}", others.join(", ")),
    };
    let cause = "the app makes it later than its first push, or under another text; letter case counts";
    let found = Finding::fail(format!("the app has no channel {channel} on the phone; {others}"), cause);
    Ok(found.plainly("the channel that the push names does not exist on the phone"))
}
