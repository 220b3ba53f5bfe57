//! What became of one push: accepted, refused, or not known; never success without a message id.
//! Failures where nothing was pushed belong to `error`; what a command prints of either, to that command.

use super::error::seconds;
use super::{Exchange, VendorError};
use crate::failure::{Explain, Kind, Problem, Remedy, Warning};
use std::time::Duration;

/// The id of what is odd about an accepted push.
pub(crate) const ODD_ANSWER: &str = "odd-answer";

/// A push that left this machine, and all that is known about it.
#[derive(Clone, Debug)]
pub struct Sent {
    pub outcome: Outcome,
    /// Every request that was made, auth calls included, in order.
    pub exchanges: Vec<Exchange>,
    /// How often the push itself was requested, at most three times.
    pub tries: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted for sending; that says nothing of the phone yet.
    Accepted {
        message_id: String,
        warnings: Vec<Warning>,
    },
    Refused(VendorError),
    Unknown(Unknown),
}

/// Why it is not known whether OPPO took the push.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    #[error("no answer to the push within {}", seconds(*after))]
    TimedOut { after: Duration },
    #[error("the connection broke before the answer to the push was complete: {why}")]
    AnswerLost { why: String },
    #[error("OPPO's answer to the push is {why}")]
    Unreadable { why: String },
    #[error("OPPO answered success, but without a message id")]
    NoMessageId,
    #[error("the push was answered with a redirect (HTTP {status}) to {location}")]
    Redirected { status: u16, location: String },
    #[error(
        "an answer was lost, and the repeat was refused, which may mean that the first push arrived: {0}"
    )]
    RefusedAfterLoss(VendorError),
}

impl Outcome {
    /// The outcome of an accepted push, with what is odd about it.
    pub(super) fn accepted(message_id: String, app_id: &str) -> Outcome {
        let other = message_id.split_once('-').map(|(answered, _)| answered).filter(|id| *id != app_id);
        // The AppID part of a message id is the certificate's (OPPO reference, section 4.1).
        let warnings = other.map(|answered| {
            let message =
                format!("message id {message_id} names AppID {answered}, the certificate has {app_id}");
            Warning::new(message, "correct app_id, or check that the AppKey is the right app's")
                .with_id(ODD_ANSWER)
        });
        let warnings = warnings.into_iter().collect();
        Outcome::Accepted { message_id, warnings }
    }
}

impl Explain for Unknown {
    fn explain(self) -> Problem {
        let message = format!("{self}; whether the push was taken is not known");
        let (kind, hint, command) = match &self {
            Unknown::TimedOut { .. } | Unknown::AnswerLost { .. } | Unknown::NoMessageId => (
                Kind::OutcomeUnknown,
                "look at the phone or in OPPO's console before sending again; the same --app-message-id keeps a repeat from showing twice",
                "",
            ),
            Unknown::RefusedAfterLoss(_) => (
                Kind::OutcomeUnknown,
                "look at the phone or in OPPO's console before sending again with another --app-message-id",
                "",
            ),
            Unknown::Unreadable { .. } => (
                Kind::BadAnswer,
                "check the profile's endpoint, the proxy variables (HTTPS_PROXY, NO_PROXY) and the raw answer",
                "history show <NUMBER>",
            ),
            Unknown::Redirected { .. } => (
                Kind::Redirect,
                "opush never follows one, because the auth token would go to another place; set the profile's endpoint to the right URL",
                "",
            ),
        };
        let problem = Problem::new(kind, message, Remedy::run(hint, command));
        match self {
            Unknown::RefusedAfterLoss(error) => problem.with_code(error.code),
            _ => problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_apps_message_id_is_a_warning() {
        let warnings = |message_id: &str| match Outcome::accepted(message_id.to_owned(), "30001") {
            Outcome::Accepted { warnings, .. } => warnings,
            other => panic!("{other:?}"),
        };
        assert_eq!(warnings("30001-1-1-6743f0a2c0ffee0011223344"), []);
        assert_eq!(warnings("opaque"), []);
        let odd = warnings("30002-1-1-6743f0a2c0ffee0011223344");
        assert!(odd[0].message.contains("names AppID 30002, the certificate has 30001"));
    }

    #[test]
    fn every_unknown_has_a_hint() {
        let refused =
            VendorError { call: super::super::Call::Unicast, code: 32, vendor_message: String::new() };
        for (unknown, kind) in [
            (Unknown::TimedOut { after: Duration::from_millis(1500) }, Kind::OutcomeUnknown),
            (Unknown::AnswerLost { why: "reset".to_owned() }, Kind::OutcomeUnknown),
            (Unknown::NoMessageId, Kind::OutcomeUnknown),
            (Unknown::Unreadable { why: "empty".to_owned() }, Kind::BadAnswer),
            (Unknown::Redirected { status: 301, location: "x".to_owned() }, Kind::Redirect),
            (Unknown::RefusedAfterLoss(refused), Kind::OutcomeUnknown),
        ] {
            let problem = unknown.explain();
            assert_eq!(problem.kind, kind);
            assert!(problem.message.ends_with("not known") && !problem.hint.is_empty());
        }
    }
}
