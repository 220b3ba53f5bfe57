//! The state of the user's app, as findings: a step of the offline-push rule about presence, judged by itself.
//! The steps belong to `push`; which check asks which, to the checks.

use super::evidence::Evidence;
use super::finding::{Finding, Skipped};
use super::sent;
use crate::push::{AppState, DecisionKind};
use crate::store::presence::{Presence, PresenceSource};

/// What the step says, as a finding. `cause` is said where it says no.
pub(crate) fn step(evidence: &Evidence, answer: DecisionKind, cause: &str) -> Result<Finding, Skipped> {
    let said = evidence.step(answer)?;
    if let Some(direct) = evidence.lost_directly() {
        return Err(Skipped(format!(
            "{} went to OPPO directly, which asks for no login",
            sent::name(direct)
        )));
    }
    let words = words(evidence);
    if words.is_none() {
        return Err(Skipped::because("the app's state is unknown: none was recorded"));
    }
    match said {
        Ok(ground) => Ok(Finding::pass(words.unwrap_or(ground))),
        Err((ground, hint)) => {
            let asked_now = presence(evidence).is_some_and(|presence| is_of_now(evidence, presence));
            let ground = words.filter(|_| asked_now).unwrap_or(ground);
            Ok(Finding::fail(ground, cause).remedy(hint).plainly(plainly(evidence)?))
        }
    }
}

/// What stops the push, for everybody.
fn plainly(evidence: &Evidence) -> Result<String, Skipped> {
    let user = evidence.user()?;
    Ok(match evidence.standing()? {
        AppState::Online => {
            format!("the app of {user} is open, so that messages reach it without a notification")
        }
        AppState::LoggedOut => format!("{user} logged out of the app"),
        AppState::Kicked => format!("another login ended that of {user} on this phone"),
        AppState::Expired => format!("{user} did not open the app for seven days, which ends the login"),
        _ => format!("{user} is not logged in to the app"),
    })
}

/// "killed since 2026-11-24T09:12:00Z (REST: PushOnline, SDK: OFFLINE)", and who said so. None if there is none.
pub(crate) fn words(evidence: &Evidence) -> Option<String> {
    let presence = presence(evidence)?;
    let standing = AppState::of(Some(presence), evidence.now);
    let both = standing.both_words();
    if standing == AppState::Unknown {
        return None;
    }
    let told = evidence.subject.as_ref().and_then(|subject| subject.overruled.as_ref());
    let told = told.map(|other| format!("; {} was set by hand", other.told.as_str())).unwrap_or_default();
    if is_of_now(evidence, presence) {
        let user = &presence.user;
        let how = match standing {
            AppState::Online => "is online now",
            AppState::Killed => "is not connected now, and still logged in",
            _ => "is not logged in now, by a logout, a kick or seven days away",
        };
        return Some(format!("the IM server says that {user} {how} ({both}){told}"));
    }
    Some(format!("{}, {} ({both})", standing.as_str(), presence.facts()))
}

fn presence(evidence: &Evidence) -> Option<&Presence> {
    evidence.subject.as_ref()?.device.as_ref()?.presence.as_ref()
}

/// The IM server was asked, and since when it is so is not known.
fn is_of_now(evidence: &Evidence, presence: &Presence) -> bool {
    presence.source == PresenceSource::ImServer
        && presence.seen_at.as_millisecond() == evidence.now.as_millisecond()
}
