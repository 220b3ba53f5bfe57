//! Whether the app's state is known: from the IM server, from its webhook, or set by hand.
//! What the state means for a push belongs to the other checks of this link.

use crate::diagnose::evidence::LiveAnswer;
use crate::diagnose::{Evidence, Finding, Skipped, app_state};
use crate::failure::Remedy;
use crate::push::AppState;

pub(super) const TITLE: &str = "the app's state is known";
pub(super) const REMEDY: Remedy = Remedy::run(
    "let the IM server say it: add its settings to the profile, or let its webhook report logins and logouts",
    "im webhook listen",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let user = evidence.user()?;
    evidence.before_the_push()?;
    if evidence.standing()? != AppState::Unknown {
        return Ok(Finding::pass(app_state::words(evidence).unwrap_or_default()));
    }
    let profile = &evidence.subject()?.profile.name;
    let settle = match &evidence.im_state {
        LiveAnswer::NotAsked(_) => Remedy::from(format!(
            "the state of {user}'s app: add [profile.{profile}.im] so that the IM server can be asked"
        )),
        LiveAnswer::Failed(problem) => {
            let of_server = |hint: &str| format!("the IM server's state of {user}'s app: {hint}");
            return Ok(Finding::unknown(unknown(user), problem.hint.clone().reworded(of_server)));
        }
        LiveAnswer::Answered(_) => {
            Remedy::from(format!("the IM server's word for {user}'s phone; this shows each terminal"))
                .command("im state <USER>")
                .with("USER", user)
        }
    };
    Ok(Finding::unknown(unknown(user), settle))
}

fn unknown(user: &str) -> String {
    format!("the state of {user}'s app is not known here")
}
