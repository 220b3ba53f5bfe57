//! What can go wrong with a call of the IM server, and what to say about it.
//! What a code means is in `codes`.

use std::time::Duration;

use super::codes::{self, ImCode};
use crate::failure::{Explain, Kind, Problem, Remedy};
use crate::transport::Unsent;

/// The IM server answered with an ErrorCode other than 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the IM server refused {path}: {code}{}{}", spaced(info), meaning(*code))]
pub(crate) struct Refusal {
    /// Service and command, such as `openim/sendmsg`.
    pub(crate) path: &'static str,
    pub(crate) code: i64,
    /// The server's ErrorInfo; may be empty.
    pub(crate) info: String,
}

/// A call without the answer that it should have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ImError {
    /// Nothing was sent. `standby` is the region's other host.
    #[error("{unsent}")]
    Unsent { unsent: Unsent, standby: Option<&'static str> },
    /// The request may have arrived.
    #[error("timed out after {} s waiting for {host}'s answer to {path}", after.as_secs_f64())]
    Timeout { path: &'static str, host: String, after: Duration },
    /// The request may have arrived.
    #[error("the connection to {host} broke during {path}: {why}")]
    Lost { path: &'static str, host: String, why: String },
    #[error("{host} answered {path} with a redirect (HTTP {status}) to {location}")]
    Redirect { path: &'static str, host: String, status: u16, location: String },
    /// Something answered that is not the IM server's envelope.
    #[error("{host}'s answer to {path} is {why}")]
    BadAnswer { path: &'static str, host: String, why: String },
    #[error("{0}")]
    Refused(Refusal),
}

impl Refusal {
    /// The row of the table, if it has one.
    pub(crate) fn row(&self) -> Option<&'static ImCode> {
        codes::find(self.code)
    }
}

fn spaced(info: &str) -> String {
    if info.is_empty() { String::new() } else { format!(" {info}") }
}

fn meaning(code: i64) -> String {
    match codes::find(code) {
        Some(row) => format!(" ({})", row.meaning),
        None => " (not in the table of codes)".to_owned(),
    }
}

impl Explain for Refusal {
    fn explain(self) -> Problem {
        let credentials = codes::is_about_credentials(self.code);
        let kind = if credentials { Kind::ImCredentialsRefused } else { Kind::ImRefused };
        let hint = match self.row() {
            Some(row) => Remedy::from(row.remedy),
            None => format!("look for code {} in the IM server's documents", self.code).into(),
        };
        Problem::new(kind, self.to_string(), hint).with_code(self.code)
    }
}

impl ImError {
    /// For a call that changes something: the request may have been carried out all the same.
    pub(crate) fn of_a_change(self, what: &str) -> Problem {
        let certain = matches!(self, ImError::Unsent { .. } | ImError::Refused(_) | ImError::Redirect { .. });
        let problem = self.explain();
        if certain {
            return problem;
        }
        let hint = format!("{what} may have happened all the same; look before you do it again");
        Problem { kind: Kind::OutcomeUnknown, hint: Box::new(hint.into()), ..problem }
    }
}

impl Explain for ImError {
    fn explain(self) -> Problem {
        let message = self.to_string();
        let (kind, hint) = match self {
            ImError::Refused(refusal) => return refusal.explain(),
            ImError::Unsent { unsent, standby } => {
                let mut problem = unsent.explain();
                if let (Some(standby), Kind::Unreachable) = (standby, problem.kind) {
                    problem.hint = Box::new(problem.hint.reworded(|hint| format!(
                        "{hint}; the region's standby host can be set in [profile.NAME.im] in the place of region: endpoint = \"{standby}\""
                    )));
                }
                return problem;
            }
            ImError::Timeout { .. } => (
                Kind::Timeout,
                "try again, with a longer --timeout if the network is slow; the IM server itself gives up after 3 s",
            ),
            ImError::Lost { .. } => (Kind::BadAnswer, "try again; check the network and the proxy variables"),
            ImError::Redirect { .. } => (
                Kind::Redirect,
                "opush never follows one, because the UserSig would go to another place; correct region or endpoint in [profile.NAME.im]",
            ),
            ImError::BadAnswer { .. } => (
                Kind::BadAnswer,
                "check region and endpoint in [profile.NAME.im] and the proxy variables (HTTPS_PROXY, NO_PROXY)",
            ),
        };
        Problem::new(kind, message, hint)
    }
}
