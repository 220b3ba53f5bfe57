//! Whether the code of an app knows a NotificationChannel by its id. A text that is not there may be made at run time, so
//! that its absence proves nothing.

use super::rules;
use crate::app::{self, AppFile, Unreadable};
use crate::click::{Finding, quoted};

/// Whether the code holds the id. `None`: the app file comes without code.
pub(crate) fn channel_in(app: &AppFile, channel: &str) -> Result<Option<bool>, Unreadable> {
    Ok(app::texts_in(app, &[channel])?.and_then(|found| found.first().copied()))
}

/// What is worth knowing of the channel; nothing where the code holds it, or where there is no code.
pub(crate) fn examine_channel(app: &AppFile, channel: &str) -> Result<Option<Finding>, Unreadable> {
    Ok(match channel_in(app, channel)? {
        Some(false) => Some(Finding::new(&rules::CHANNEL_NOT_IN_CODE, not_in_code(app, channel))),
        Some(true) | None => None,
    })
}

pub(super) fn not_in_code(app: &AppFile, channel: &str) -> String {
    format!("the code of {} holds no text {}", app.file, quoted(channel))
}
