//! The offline-push rule: for one message and one phone, whether the IM server pushes (IM reference, section 4.4).
//! Calling OPPO and keeping the record belongs to `send` and `pushes`.

use rusqlite::Transaction;

use super::super::rules::{OnlineElsewhere, Rules};
use super::certificate::{self, Certificate, Standing};
use super::message::{self, Message};
use super::notification;
use super::report;
use super::session::{End, Kept, Rest};

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
pub(super) struct No {
    pub(crate) reason: &'static str,
    pub(crate) detail: String,
    /// What the phone reported, as far as it was looked at.
    pub(crate) reported: Option<report::Report>,
}

fn no<T>(reason: &'static str, detail: impl Into<String>) -> Result<T, No> {
    Err(No { reason, detail: detail.into(), reported: None })
}

/// What the message itself decides, whoever it is for; the text to be shown.
pub(super) fn by_message(message: &Message, rules: &Rules) -> Result<String, No> {
    if message.push.as_ref().is_some_and(|push| push.no_push) {
        return no("push-disabled-by-sender", "PushFlag is 1");
    }
    if message.online_only {
        return no(
            "push-disabled-by-sender",
            "the message is for users who are online (MsgLifeTime 0 or OnlineOnlyFlag 1)",
        );
    }
    match notification::text(message, rules) {
        Some(text) => Ok(text),
        None => no("nothing-to-show", "the message has no text, and no Desc"),
    }
}

/// Of what else a decision is made.
pub(super) struct Scene<'a, 'c> {
    pub(crate) tx: &'a Transaction<'c>,
    pub(crate) rules: &'a Rules,
    pub(crate) now: i64,
    pub(crate) message: &'a Message,
    /// All sessions of the receiver.
    pub(crate) sessions: &'a [Kept],
}

/// The rule for one of the receiver's phones, in its order.
pub(super) fn by_phone(scene: &Scene<'_, '_>, session: &Kept) -> Result<Push, No> {
    let Scene { tx, rules, now, message, sessions } = *scene;
    let text = by_message(message, rules)?;
    let online = |session: &Kept| session.standing(rules, now).rest == Rest::Online && !session.background;
    let standing = session.standing(rules, now);
    match standing.ended {
        Some(End::LoggedOut) => return no("logged-out", "the user logged out on this phone"),
        Some(End::Kicked) => return no("kicked", "the user logged in on another phone"),
        Some(End::KickedByServer) => return no("kicked", "the user was kicked by the REST API"),
        Some(End::Expired) => return no("expired-7-days", "the phone was away for seven days"),
        None => {}
    }
    if online(session) {
        let why = match standing.state {
            "online-unreachable" => "the connection is lost, but not for 400 s yet",
            "online-hidden" => "the app runs out of sight and has not called doBackground",
            _ => "the app runs in the foreground",
        };
        return no("online", why);
    }
    let elsewhere = rules.im_online_elsewhere == OnlineElsewhere::PerUser;
    if elsewhere && let Some(other) = sessions.iter().find(|other| online(other)) {
        return no("online", format!("the user is online on phone {}", other.phone));
    }
    if message.respects_mute
        && message::is_muted(tx, session.sdk_app_id, &session.user, &message.from).map_err(trouble)?
    {
        return no("muted", format!("the user muted {}", message.from));
    }
    let report = report::of_phone(tx, &session.phone).map_err(trouble)?;
    let Some(report) =
        report.filter(|report| report.user == session.user && report.sdk_app_id == session.sdk_app_id)
    else {
        return no("no-report", "the app reported no regId after this login");
    };
    certified(scene, &report, text).map_err(|no| No { reported: Some(report), ..no })
}

fn certified(scene: &Scene<'_, '_>, report: &report::Report, text: String) -> Result<Push, No> {
    let Some(id) = report.certificate_id else {
        return no("certificate-missing", "the report names no certificate");
    };
    let standing = certificate::standing(scene.tx, scene.rules, scene.now, report.sdk_app_id, id);
    let certificate = match standing.map_err(trouble)? {
        Standing::Active(certificate) => certificate,
        Standing::Missing => {
            return no("certificate-missing", format!("there is no certificate {id}"));
        }
        Standing::Fresh { saved_at } => {
            let age = (scene.now - saved_at).div_euclid(1000);
            return no("certificate-not-yet-active", format!("certificate {id} was saved {age} s ago"));
        }
    };
    match notification::extras(scene.message, scene.rules) {
        Ok(extras) => Ok(Push { certificate, reg_id: report.reg_id.clone(), text, extras }),
        Err(detail) => no("ext-not-json", detail),
    }
}

/// The database's own trouble, noted in place of a reason.
fn trouble(error: rusqlite::Error) -> No {
    No { reason: "internal-error", detail: error.to_string(), reported: None }
}
