//! What a check finds: pass, warn, fail, unknown, or skipped with the reason.

use schemars::JsonSchema;
use serde::Serialize;
use strum::Display;

use crate::failure::Remedy;

// In the row of a link the later one outweighs the earlier.
/// How a check ended.
#[derive(Clone, Copy, Debug, Display, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub(crate) enum CheckStatus {
    /// Nothing to examine, for a reason that is given.
    Skipped,
    /// What the check asks for holds.
    Pass,
    /// Not broken, but worth a look.
    Warn,
    /// Evidence is missing that would settle it.
    Unknown,
    /// It does not hold: this link is broken.
    Fail,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) status: CheckStatus,
    /// What was seen, in one sentence without a full stop; for `skipped`, why nothing was.
    pub(crate) evidence: String,
    /// The same for everybody, without the words of interfaces; none where the evidence has none.
    pub(crate) plain: Option<String>,
    /// What most likely caused it; none where nothing is wrong.
    pub(crate) cause: Option<String>,
    /// What to do here and now; the check's own remedy where there is none.
    pub(crate) remedy: Option<Remedy>,
    /// For `unknown`: the one thing that would settle it.
    pub(crate) settle: Option<Remedy>,
}

/// Why a check has nothing to examine: "the configuration can't be used".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skipped(pub(crate) String);

impl Skipped {
    pub(crate) fn because(why: impl Into<String>) -> Skipped {
        Skipped(why.into())
    }
}

impl Finding {
    fn new(status: CheckStatus, evidence: impl Into<String>) -> Finding {
        Finding { status, evidence: evidence.into(), plain: None, cause: None, remedy: None, settle: None }
    }

    pub(crate) fn pass(evidence: impl Into<String>) -> Finding {
        Finding::new(CheckStatus::Pass, evidence)
    }

    /// Not broken, but worth a look. `cause` says what it may lead to.
    pub(crate) fn warn(evidence: impl Into<String>, cause: impl Into<String>) -> Finding {
        Finding { cause: Some(cause.into()), ..Finding::new(CheckStatus::Warn, evidence) }
    }

    /// The link is broken, and this evidence proves it.
    pub(crate) fn fail(evidence: impl Into<String>, cause: impl Into<String>) -> Finding {
        Finding { cause: Some(cause.into()), ..Finding::new(CheckStatus::Fail, evidence) }
    }

    /// It is unknown here. `settle` names the one thing that would show it.
    pub(crate) fn unknown(evidence: impl Into<String>, settle: impl Into<Remedy>) -> Finding {
        Finding { settle: Some(settle.into()), ..Finding::new(CheckStatus::Unknown, evidence) }
    }

    /// What the first line says, in words for everybody.
    pub(crate) fn plainly(mut self, sentence: impl Into<String>) -> Finding {
        self.plain = Some(sentence.into());
        self
    }

    /// In place of the check's own remedy.
    pub(crate) fn remedy(mut self, remedy: impl Into<Remedy>) -> Finding {
        self.remedy = Some(remedy.into());
        self
    }
}

impl From<Skipped> for Finding {
    fn from(Skipped(why): Skipped) -> Finding {
        Finding::new(CheckStatus::Skipped, why)
    }
}
