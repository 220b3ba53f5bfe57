//! Whether anybody said where the app stands: by hand, the IM server when asked, or its webhook.
//! What the state means for a push belongs to the other checks of this link.

use crate::diagnose::evidence::LiveAnswer;
use crate::diagnose::{Check, Evidence, Finding, Link, Skipped, app_state};
use crate::push::AppState;

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "presence-unknown",
    link: Link::Presence,
    title: "it is known where the app stands",
    remedy: "tell it by hand (opush presence set), or let the IM server tell it",
    page: include_str!("../../../docs/checks/presence-unknown.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let user = evidence.user()?;
    evidence.before_the_push()?;
    if evidence.standing()? != AppState::Unknown {
        return Ok(Finding::pass(app_state::words(evidence).unwrap_or_default()));
    }
    let profile = &evidence.subject()?.profile.name;
    let settle = match &evidence.im_state {
        LiveAnswer::NotAsked(_) => format!(
            "where {user}'s app stands: add [profile.{profile}.im], then opush im state {user}; or let opush im webhook listen hear it; or say it: opush presence set --user {user} killed"
        ),
        LiveAnswer::Failed(problem) => {
            format!("the IM server's word on where {user}'s app stands: {}", problem.hint)
        }
        LiveAnswer::Answered(_) => {
            format!("where {user}'s app stands: opush presence set --user {user} killed")
        }
    };
    Ok(Finding::unknown(format!("nobody said where {user}'s app stands"), settle))
}
