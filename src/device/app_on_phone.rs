//! What is done to the app for the last test of offline push: the home screen, the end of its process, a look at the shade.

use std::time::Duration;

use super::error::DeviceError;
use super::notifications::{self, Shown};
use super::phone::PUSH_SERVICES;
use super::shell::Shell;
use crate::waiting::{self, Wait};

/// Android ends a process at once; one that is still there has a reason to stay.
const TO_END: Duration = Duration::from_secs(5);

/// How often the shade is looked at.
const EVERY: Duration = Duration::from_millis(500);

/// Goes to the home screen and ends the app's process as Android does when it needs memory; whether none runs afterwards.
/// Never by force: a stopped app gets no push at all.
pub(crate) fn end(shell: &Shell, package: &str) -> Result<bool, DeviceError> {
    shell.run(&["input", "keyevent", "KEYCODE_HOME"])?;
    shell.run(&["am", "kill", package])?;
    let mut wait = Wait::at_most(TO_END);
    while process_of(shell, package)?.is_some() {
        if !wait.goes_on() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A notification with this title that was not in the shade before; none once the time is over. A title that the phone hides
/// may be any.
pub(crate) fn wait_for_new(
    shell: &Shell,
    package: &str,
    before: &[Shown],
    title: &str,
    limit: Duration,
) -> Result<Option<Shown>, DeviceError> {
    let mut wait = Wait::at_most(limit);
    loop {
        let now = shown_by(shell, package)?;
        let is_it = |shown: &Shown| shown.title.as_deref().is_none_or(|own| own == title);
        if let Some(new) = now.into_iter().find(|shown| is_it(shown) && !before.contains(shown)) {
            return Ok(Some(new));
        }
        let mut pause = Wait::at_most(EVERY.min(wait.left()));
        while pause.goes_on() {}
        if waiting::is_stopped() {
            return Err(DeviceError::Stopped);
        }
        if !wait.goes_on() {
            return Ok(None);
        }
    }
}

/// The number of the app's process; `None` where none runs.
pub(super) fn process_of(shell: &Shell, package: &str) -> Result<Option<u32>, DeviceError> {
    let said = shell.run(&["pidof", package])?;
    Ok(said.text.split_whitespace().find_map(|number| number.parse().ok()))
}

/// What the shade holds of the app, or that OPPO's service posted in its place.
pub(crate) fn shown_by(shell: &Shell, package: &str) -> Result<Vec<Shown>, DeviceError> {
    let dump = shell.ask(&["dumpsys", "notification", "--noredact"])?.unwrap_or_default();
    Ok(of(&dump, package))
}

pub(super) fn of(dump: &str, package: &str) -> Vec<Shown> {
    let belongs = |shown: &Shown| shown.package == package || PUSH_SERVICES.contains(&shown.package.as_str());
    notifications::shown(dump).into_iter().filter(belongs).collect()
}
