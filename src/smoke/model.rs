//! Scenarios as types: a file with its cases, each with its target, its notification and what is expected.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use strum::{EnumString, IntoStaticStr, VariantNames};

use crate::config::{CertificateId, Sourced, Text};
use crate::notification::Draft;
use crate::push::DecisionKind;

/// One scripted push.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Unique in its file.
    pub(crate) name: String,
    /// The file as it was named.
    pub(crate) file: String,
    /// The line where the case begins.
    pub(crate) line: usize,
    /// A profile of its own, in place of the current one.
    pub(crate) profile: Option<Sourced<String>>,
    pub(crate) certificate: Option<Sourced<CertificateId>>,
    pub(crate) target: Target,
    /// What a tap opens, in the flag form; read once the app's package is known.
    pub(crate) click: Option<Sourced<String>>,
    pub(crate) draft: Draft,
    pub(crate) expect: Expect,
    /// How often this case may be repeated, as far as the budget of the run goes.
    pub(crate) retries: u32,
    /// Whether all of it could be read. Where not, its problems are reported, and only its notification can be checked.
    pub(crate) complete: bool,
    /// The place of each value: place to bytes of the file.
    pub(crate) spans: BTreeMap<String, Range<usize>>,
}

/// Whom a case pushes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    RegId(Sourced<String>),
    Alias(Sourced<String>),
    /// The devices that a user reported, or one of them.
    User {
        user: Sourced<String>,
        device: Option<Sourced<String>>,
        /// Ignores presence and timing.
        force: bool,
    },
    /// A phone of the sandbox by its name.
    Phone(Sourced<String>),
}

/// What is to come of the push.
#[derive(Clone, Copy, Debug, Default, EnumString, IntoStaticStr, PartialEq, Eq, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum StatusWanted {
    #[default]
    Accepted,
    /// OPPO answered with a code, to the push or to the credentials.
    Refused,
    /// The offline-push rule said no.
    NotSent,
}

impl StatusWanted {
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Everything a case expects; what is not given may be anything, but a push must be accepted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Expect {
    /// The line that a failure points at.
    pub(crate) line: usize,
    pub(crate) status: StatusWanted,
    /// The vendor's return code.
    pub(crate) code: Option<i64>,
    /// What the offline-push rule says; for users only.
    pub(crate) decision: Option<DecisionKind>,
    pub(crate) receipt: Option<Sourced<ReceiptWanted>>,
    /// In the sandbox: what the phone shows.
    pub(crate) shown: Option<Sourced<ShownWanted>>,
    /// In the sandbox: what a tap opens.
    pub(crate) click: Option<Sourced<ClickWanted>>,
}

/// A receipt that must come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReceiptWanted {
    /// `push_arrive`, `regid_invalid` or `user_daily_limit`.
    pub(crate) event: String,
    pub(crate) within: Duration,
}

impl ReceiptWanted {
    /// OPPO's events; no others are documented (OPPO reference, section 6).
    pub(crate) const EVENTS: [&'static str; 3] = ["push_arrive", "regid_invalid", "user_daily_limit"];
    /// What is waited for where no event is named.
    pub(crate) const ARRIVED: &'static str = "push_arrive";
    /// How long where nothing is said.
    pub(crate) const WITHIN: Duration = Duration::from_secs(30);
    /// A pipeline should not wait longer.
    pub(crate) const LONGEST: Duration = Duration::from_secs(3600);
}

/// Whether the phone shows the notification, and with which texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ShownWanted {
    /// It is not in the shade.
    Not,
    /// It is, with these texts where they are given.
    Yes { title: Option<String>, content: Option<String>, sub_title: Option<String> },
}

/// What a tap does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ClickWanted {
    Nothing,
    Opens {
        /// The Activity's full class name, or the URL.
        opened: String,
        /// Among the extras that the page receives.
        extras: BTreeMap<String, String>,
    },
}

impl Expect {
    /// In a few words, for lists and failures: `accepted`, `refused 67`, `not_sent online`.
    pub(crate) fn words(&self) -> String {
        let mut words = self.status.as_str().to_owned();
        if let Some(code) = self.code {
            words.push_str(&format!(" {code}"));
        }
        if let Some(decision) = self.decision {
            words.push_str(&format!(" {}", decision.name()));
        }
        if let Some(receipt) = &self.receipt {
            words.push_str(&format!(", {}", receipt.event));
        }
        match self.shown.as_ref().map(|shown| &shown.value) {
            Some(ShownWanted::Not) => words.push_str(", not shown"),
            Some(ShownWanted::Yes { .. }) => words.push_str(", shown"),
            None => {}
        }
        match self.click.as_ref().map(|click| &click.value) {
            Some(ClickWanted::Nothing) => words.push_str(", a tap opens nothing"),
            Some(ClickWanted::Opens { opened, .. }) => words.push_str(&format!(", a tap opens {opened}")),
            None => {}
        }
        words
    }
}

impl Target {
    /// `regId CN_01…`, `user alice`, for lists.
    pub(crate) fn words(&self) -> String {
        match self {
            Target::RegId(reg_id) => format!("regId {reg_id}"),
            Target::Alias(alias) => format!("alias {alias}"),
            Target::User { user, device: None, .. } => format!("user {user}"),
            Target::User { user, device: Some(device), .. } => format!("user {user} on {device}"),
            Target::Phone(name) => format!("phone {name}"),
        }
    }
}

/// A file of cases.
#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) text: Text,
    /// In the order of the file; a matrix in the order of its keys.
    pub(crate) cases: Vec<Case>,
    /// Every text as written and, with variables replaced, as used, for the search for secrets.
    pub(crate) values: Vec<Expanded>,
}

/// A text as it is used, and its place. `Debug` does not show it: it may be a secret before it is refused.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Expanded {
    pub(crate) span: Range<usize>,
    pub(crate) value: String,
}

impl std::fmt::Debug for Expanded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Expanded").field("span", &self.span).finish_non_exhaustive()
    }
}
