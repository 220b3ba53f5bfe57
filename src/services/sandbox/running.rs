//! Finds the sandbox that runs.

use crate::config::Profile;
use crate::failure::Failure;
use crate::sandbox::control::{self, Control, ControlToken};
use crate::session::Session;

/// Holds the token of a control API elsewhere, and of a sandbox that is started here.
pub(crate) const TOKEN_VARIABLE: &str = "OPUSH_SANDBOX_TOKEN";

/// The address of the sandbox that runs on this state, if one does.
pub(crate) fn running(session: &Session) -> Option<String> {
    control::find(&session.paths.state_home).map(|running| running.url)
}

/// The control API of the sandbox at this address, with its token: the one kept with the sandbox that runs here, else the
/// one in the environment, if that may go where the profile leads.
pub(crate) fn control(session: &Session, profile: &Profile, url: &str) -> Result<Control, Failure> {
    let here = control::find(&session.paths.state_home).filter(|running| running.url == url);
    let token = match (here, session.environment.get(TOKEN_VARIABLE)) {
        (Some(running), _) => running.token,
        (None, Some(token)) => {
            session.configuration()?.may_lead(profile).map_err(|problem| problem.at(TOKEN_VARIABLE))?;
            Some(ControlToken::new(token))
        }
        (None, None) => None,
    };
    Ok(Control::new(url, token))
}
