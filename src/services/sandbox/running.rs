//! Finds the sandbox that runs.

use crate::sandbox::control;
use crate::session::Session;

/// The address of the sandbox that runs on this state, if one does.
pub(crate) fn running(session: &Session) -> Option<String> {
    control::find(&session.paths.state_home).map(|running| running.url)
}
