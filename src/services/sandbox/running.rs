//! Finds the sandbox that runs.

use crate::sandbox::control::{self, Control, ControlToken};
use crate::session::Session;

/// Holds the token of a control API elsewhere, and of a sandbox that is started here.
pub(crate) const TOKEN_VARIABLE: &str = "OPUSH_SANDBOX_TOKEN";

/// The address of the sandbox that runs on this state, if one does.
pub(crate) fn running(session: &Session) -> Option<String> {
    control::find(&session.paths.state_home).map(|running| running.url)
}

/// The control API of the sandbox at this address, with its token: the one kept with the sandbox that runs here, else the
/// one in the environment.
pub(crate) fn control(session: &Session, url: &str) -> Control {
    let here = control::find(&session.paths.state_home).filter(|running| running.url == url);
    let token = match here {
        Some(running) => running.token,
        None => session.environment.get(TOKEN_VARIABLE).map(ControlToken::new),
    };
    Control::new(url, token)
}
