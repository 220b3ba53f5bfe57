//! What one check is, and what it finds: pass, warn, fail, unknown, or skipped with the reason.
//! What follows of all findings together belongs to `chain`.

/// How a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Pass,
    /// Nothing to examine, for a reason that is said.
    Skipped,
    /// Not broken, but worth a look.
    Warn,
    /// Evidence is missing that would settle it.
    Unknown,
    Fail,
}

impl Status {
    /// The word in results. Stable.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Status::Pass => "pass",
            Status::Warn => "warn",
            Status::Fail => "fail",
            Status::Unknown => "unknown",
            Status::Skipped => "skipped",
        }
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) status: Status,
    /// What was seen, in one sentence without a full stop; for `skipped`, why nothing was.
    pub(crate) evidence: String,
    /// What most likely caused it; none where nothing is wrong.
    pub(crate) cause: Option<String>,
    /// What to do here and now; the check's own remedy where there is none.
    pub(crate) remedy: Option<String>,
    /// For `unknown`: the one thing that would settle it.
    pub(crate) settle: Option<String>,
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
    fn new(status: Status, evidence: impl Into<String>) -> Finding {
        Finding { status, evidence: evidence.into(), cause: None, remedy: None, settle: None }
    }

    pub(crate) fn pass(evidence: impl Into<String>) -> Finding {
        Finding::new(Status::Pass, evidence)
    }

    /// Not broken, but worth a look. `cause` says what it may lead to.
    pub(crate) fn warn(evidence: impl Into<String>, cause: impl Into<String>) -> Finding {
        Finding { cause: Some(cause.into()), ..Finding::new(Status::Warn, evidence) }
    }

    /// The link is broken, and this evidence proves it.
    pub(crate) fn fail(evidence: impl Into<String>, cause: impl Into<String>) -> Finding {
        Finding { cause: Some(cause.into()), ..Finding::new(Status::Fail, evidence) }
    }

    /// It can't be told from here. `settle` names the one thing that would tell.
    pub(crate) fn unknown(evidence: impl Into<String>, settle: impl Into<String>) -> Finding {
        Finding { settle: Some(settle.into()), ..Finding::new(Status::Unknown, evidence) }
    }

    /// In place of the check's own remedy.
    pub(crate) fn remedy(mut self, remedy: impl Into<String>) -> Finding {
        self.remedy = Some(remedy.into());
        self
    }
}

impl From<Skipped> for Finding {
    fn from(Skipped(why): Skipped) -> Finding {
        Finding::new(Status::Skipped, why)
    }
}

/// One check: one way in which the chain breaks.
pub struct Check<E: 'static> {
    /// Stable, kebab-case; the name of its page in docs/checks/.
    pub id: &'static str,
    /// The part of the chain it belongs to, as the table of a report shows it.
    pub(crate) link: &'static str,
    /// What holds when it passes, in one sentence.
    pub(crate) title: &'static str,
    /// What mends it, unless the finding knows better.
    pub(crate) remedy: &'static str,
    /// Its page of the documentation.
    pub(crate) page: &'static str,
    /// Pure: the same evidence gives the same finding.
    pub(crate) examine: fn(&E) -> Result<Finding, Skipped>,
}
