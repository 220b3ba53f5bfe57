//! What can go wrong with a call, and what to say about it: refusals by the vendor, and failures where nothing was pushed.
//! A push with an unknown fate is not an error of a call; it is an outcome, in `outcome`.

use super::{Call, Exchange};
use crate::failure::{Explain, Kind, Problem, Remedy};
use crate::return_codes::{self, ReturnCode};
use crate::transport::Unsent;
use std::fmt;
use std::time::Duration;

/// The vendor answered with a code other than 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct VendorError {
    pub(crate) call: Call,
    pub code: i64,
    /// The vendor's own words; may be empty.
    pub vendor_message: String,
}

/// A call that ended without an answer of the vendor to the push. Nothing was pushed.
#[derive(Debug, thiserror::Error)]
#[error("{cause}")]
pub struct CallError {
    pub cause: Cause,
    /// Every request that was made, in order.
    pub exchanges: Vec<Exchange>,
}

/// Why nothing was pushed. `host` is host and port, `why` the words of the system or the TLS library.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    #[error("{0}")]
    Unsent(Unsent),
    #[error("timed out after {} {doing}", seconds(*after))]
    Timeout { after: Duration, doing: String },
    #[error("{host} answered the {} call with a redirect (HTTP {status}) to {location}", call.as_str())]
    Redirect { call: Call, host: String, status: u16, location: String },
    #[error("{host}'s answer to the {} call is {why}", call.as_str())]
    BadAnswer { call: Call, host: String, why: String },
    #[error("{0}")]
    Refused(VendorError),
    #[error("{0}")]
    TokenCache(Box<Problem>),
    /// The call has a host of its own, and none is known for the region.
    #[error("no host is known for the {} call in this region", call.as_str())]
    NoHost { call: Call },
}

impl VendorError {
    /// The row of OPPO's table, if it has one.
    pub(crate) fn row(&self) -> Option<&'static ReturnCode> {
        i32::try_from(self.code).ok().and_then(return_codes::find)
    }

    /// The vendor's words, or those of its table where it gave none.
    pub(crate) fn words(&self) -> &str {
        if self.vendor_message.is_empty() {
            self.row().map_or("", |row| row.name)
        } else {
            &self.vendor_message
        }
    }
}

impl fmt::Display for VendorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = self.call.refused();
        write!(f, "OPPO refused {what}: {}", self.code)?;
        if !self.words().is_empty() {
            write!(f, " {}", self.words())?;
        }
        match self.row() {
            Some(row) => write!(f, " ({})", row.meaning),
            None => f.write_str(" (not in OPPO's table of codes)"),
        }
    }
}

impl Explain for VendorError {
    fn explain(self) -> Problem {
        let kind = match self.code {
            14 | 16 => Kind::CredentialsRefused,
            _ => Kind::VendorRefused,
        };
        let hint = match self.row() {
            Some(row) => row.remedy.into(),
            None => Remedy::from(format!(
                "look for code {} in OPPO's documents, and at the raw answer",
                self.code
            ))
            .command("history show <NUMBER>"),
        };
        Problem::new(kind, self.to_string(), hint).with_code(self.code)
    }
}

impl Explain for Cause {
    fn explain(self) -> Problem {
        let message = self.to_string();
        let (kind, hint) = match self {
            Cause::Refused(error) => return error.explain(),
            Cause::TokenCache(problem) => return *problem,
            Cause::NoHost { call } => {
                let key = call.host().key();
                let hint = format!("set {key} in the profile's endpoint table if OPPO gave you a host");
                return Problem::new(Kind::MissingKey, message, hint);
            }
            Cause::Unsent(unsent) => return unsent.explain(),
            Cause::Timeout { .. } => (
                Kind::Timeout,
                "nothing was pushed; try again, with a longer --timeout if the network is slow",
            ),
            Cause::Redirect { .. } => (
                Kind::Redirect,
                "opush never follows one, because the secrets would go to another place; set the profile's endpoint to the right URL",
            ),
            Cause::BadAnswer { .. } => (
                Kind::BadAnswer,
                "nothing was pushed; check the profile's endpoint and the proxy variables (HTTPS_PROXY, NO_PROXY)",
            ),
        };
        Problem::new(kind, message, hint)
    }
}

impl Explain for CallError {
    fn explain(self) -> Problem {
        self.cause.explain()
    }
}

/// Seconds with one decimal where it matters.
pub(super) fn seconds(time: Duration) -> String {
    let decimals = if time.subsec_millis() == 0 { 0 } else { 1 };
    format!("{:.decimals$} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_carries_code_words_meaning_and_remedy() {
        let error = VendorError {
            call: Call::Unicast,
            code: 10000,
            vendor_message: "Invalid Registration_id".to_owned(),
        };
        let problem = error.explain();
        assert_eq!(problem.kind, Kind::VendorRefused);
        assert_eq!(problem.code, Some(10000));
        assert_eq!(
            problem.message,
            "OPPO refused the push: 10000 Invalid Registration_id (the regId is malformed or not valid)"
        );
        assert_eq!(*problem.hint, return_codes::find(10000).expect("known").remedy.into());
    }

    #[test]
    fn refused_credentials_are_a_kind_of_their_own() {
        for (code, kind) in [
            (14, Kind::CredentialsRefused),
            (16, Kind::CredentialsRefused),
            (19, Kind::VendorRefused),
            (i64::MAX, Kind::VendorRefused),
        ] {
            let problem = VendorError { call: Call::Auth, code, vendor_message: String::new() }.explain();
            assert_eq!(problem.kind, kind, "{code}");
            assert!(!problem.hint.is_empty());
        }
    }
}
