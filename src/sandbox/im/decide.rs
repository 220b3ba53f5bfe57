//! The offline-push rule: for one message and one phone, whether the IM server pushes (IM reference, section 4.4).

use super::super::faults::{self, About, Kind};
use super::super::moment::Moment;
use super::super::phone::{PresenceState, RestState};
use super::super::rules::{OnlineElsewhere, Rules};
use super::certificate::{self, Certificate, CertificateState};
use super::message::{self, Message};
use super::notification;
use super::report;
use super::session::{SessionEnd, StoredSession};

/// A push that is to be made.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Push {
    pub(crate) certificate: Certificate,
    pub(crate) reg_id: String,
    pub(crate) text: String,
    pub(crate) extras: Option<String>,
}

/// Why there is no push: the name, and what it is based on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoPush {
    pub(crate) reason: &'static str,
    pub(crate) detail: String,
    /// What the phone reported, as far as it was looked at.
    pub(crate) reported: Option<report::Report>,
}

fn no_push<T>(reason: &'static str, detail: impl Into<String>) -> Result<T, NoPush> {
    Err(NoPush { reason, detail: detail.into(), reported: None })
}

/// What the message itself decides, whoever it is for; the text to be shown.
pub(super) fn by_message(message: &Message, rules: &Rules) -> Result<String, NoPush> {
    if message.push.as_ref().is_some_and(|push| push.no_push) {
        return no_push("push-disabled-by-sender", "PushFlag is 1");
    }
    if message.online_only {
        return no_push(
            "push-disabled-by-sender",
            "the message is for users who are online (MsgLifeTime 0 or OnlineOnlyFlag 1)",
        );
    }
    match notification::text(message, rules) {
        Some(text) => Ok(text),
        None => no_push("nothing-to-show", "the message has no text, and no Desc"),
    }
}

/// What a fault makes of the message, before anything else is looked at.
pub(super) fn by_fault(at: Moment<'_>, sdk_app_id: i64, to: &str) -> rusqlite::Result<Option<NoPush>> {
    for (kind, reason) in [(Kind::Blocked, "blocked"), (Kind::SystemMessage, "system-message")] {
        if let Some(fault) = faults::strikes(at.tx, &About::user(sdk_app_id, to), kind)? {
            return Ok(Some(NoPush { reason, detail: faults::words(&fault), reported: None }));
        }
    }
    Ok(None)
}

/// Of what else a decision is made.
pub(super) struct PushSituation<'a> {
    pub(crate) at: Moment<'a>,
    pub(crate) message: &'a Message,
    /// All sessions of the receiver.
    pub(crate) sessions: &'a [StoredSession],
}

/// The rule for one of the receiver's phones, in its order.
pub(super) fn by_phone(scene: &PushSituation<'_>, session: &StoredSession) -> Result<Push, NoPush> {
    let PushSituation { at, message, sessions } = *scene;
    let text = by_message(message, at.rules)?;
    let online =
        |session: &StoredSession| session.state_at(at).rest == RestState::Online && !session.background;
    let standing = session.state_at(at);
    match standing.ended {
        Some(SessionEnd::LoggedOut) => return no_push("logged-out", "the user logged out on this phone"),
        Some(SessionEnd::Kicked) => return no_push("kicked", "the user logged in on another phone"),
        Some(SessionEnd::KickedByServer) => return no_push("kicked", "the user was kicked by the REST API"),
        Some(SessionEnd::Expired) => return no_push("expired-7-days", "the phone was away for seven days"),
        None => {}
    }
    if online(session) {
        let why = match standing.state {
            PresenceState::OnlineUnreachable => "the connection is lost, but not for 400 s yet",
            PresenceState::OnlineHidden => "the app runs out of sight and has not called doBackground",
            _ => "the app runs in the foreground",
        };
        return no_push("online", why);
    }
    let elsewhere = at.rules.im_online_elsewhere == OnlineElsewhere::PerUser;
    if elsewhere && let Some(other) = sessions.iter().find(|other| online(other)) {
        return no_push("online", format!("the user is online on phone {}", other.phone));
    }
    if message.respects_mute
        && message::is_muted(at.tx, session.sdk_app_id, &session.user, &message.from).map_err(trouble)?
    {
        return no_push("muted", format!("the user muted {}", message.from));
    }
    let report = report::of_phone(at.tx, &session.phone).map_err(trouble)?;
    let Some(report) =
        report.filter(|report| report.user == session.user && report.sdk_app_id == session.sdk_app_id)
    else {
        return no_push("no-report", "the app reported no regId after this login");
    };
    certified(scene, &report, text).map_err(|no| NoPush { reported: Some(report), ..no })
}

fn certified(scene: &PushSituation<'_>, report: &report::Report, text: String) -> Result<Push, NoPush> {
    let Some(id) = report.certificate_id else {
        return no_push("certificate-missing", "the report names no certificate");
    };
    let standing = certificate::state_at(scene.at, report.sdk_app_id, id);
    let certificate = match standing.map_err(trouble)? {
        CertificateState::Active(certificate) => certificate,
        CertificateState::Missing => {
            return no_push("certificate-missing", format!("there is no certificate {id}"));
        }
        CertificateState::Fresh { saved_at } => {
            let age = (scene.at.now - saved_at).div_euclid(1000);
            return no_push("certificate-not-yet-active", format!("certificate {id} was saved {age} s ago"));
        }
    };
    match notification::extras(scene.message, scene.at.rules) {
        Ok(extras) => Ok(Push { certificate, reg_id: report.reg_id.clone(), text, extras }),
        Err(detail) => no_push("ext-not-json", detail),
    }
}

/// The database's own trouble, noted in place of a reason.
fn trouble(error: rusqlite::Error) -> NoPush {
    NoPush { reason: "internal-error", detail: error.to_string(), reported: None }
}
