//! What a person sees when something fails: one or more problems, each with its kind, place and hint, and the exit code.
//! How a failure is printed belongs to `output`; what a vendor's code means belongs to `return_codes`.

mod warning;

use std::fmt;

pub use warning::Warning;
pub(crate) use warning::{WarningKind, warning_kinds};

/// Why a command ends without success. One exhaustive match below turns it into the exit code (docs/exit-codes.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Something without a code of its own: disk, state database, a prompt declined.
    Failed,
    Usage,
    Configuration,
    Validation,
    Refused,
    Network,
    Partly,
    Broken,
    NotSent,
    Interrupted,
}

impl Class {
    /// The process's exit code for this class.
    pub fn exit_code(self) -> u8 {
        match self {
            Class::Failed => 1,
            Class::Usage => 2,
            Class::Configuration => 3,
            Class::Validation => 4,
            Class::Refused => 5,
            Class::Network => 6,
            Class::Partly => 7,
            Class::Broken => 8,
            Class::NotSent => 9,
            Class::Interrupted => 130,
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $text:literal in $class:ident,)*) => {
        /// The closed list of kinds of problem: the `kind` of a JSON error. Names are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[$doc])* $variant,)* }

        impl Kind {
            /// Every kind, in the order of the exit codes.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)*];

            /// The kebab-case name that is printed.
            pub fn as_str(self) -> &'static str {
                match self { $(Kind::$variant => $text,)* }
            }

            /// The class, hence the exit code.
            pub fn class(self) -> Class {
                match self { $(Kind::$variant => Class::$class,)* }
            }
        }
    };
}

kinds! {
    /// A file or folder could not be read or written.
    Disk = "disk" in Failed,
    /// The state database is damaged, newer than this opush, or could not be opened.
    StateDatabase = "state-database" in Failed,
    /// A question was answered with no.
    Declined = "declined" in Failed,
    /// The sandbox could not do what was asked of it (address in use, state unreadable ...).
    Sandbox = "sandbox" in Failed,
    /// The address to listen on could not be taken.
    Listen = "listen" in Failed,

    /// The command line could not be understood.
    Usage = "usage" in Usage,
    MissingFlag = "missing-flag" in Usage,
    ConflictingFlags = "conflicting-flags" in Usage,
    MalformedFlag = "malformed-flag" in Usage,

    NoProfile = "no-profile" in Configuration,
    UnknownProfile = "unknown-profile" in Configuration,
    NoCertificate = "no-certificate" in Configuration,
    UnknownCertificate = "unknown-certificate" in Configuration,
    IncompleteEnvironment = "incomplete-environment" in Configuration,
    MissingFile = "missing-file" in Configuration,
    UnreadableFile = "unreadable-file" in Configuration,
    NotUtf8 = "not-utf8" in Configuration,
    TomlSyntax = "toml-syntax" in Configuration,
    UnknownKey = "unknown-key" in Configuration,
    DuplicateKey = "duplicate-key" in Configuration,
    WrongType = "wrong-type" in Configuration,
    MissingKey = "missing-key" in Configuration,
    BadValue = "bad-value" in Configuration,
    Contradiction = "contradiction" in Configuration,
    DuplicateCertificate = "duplicate-certificate" in Configuration,
    InsecureEndpoint = "insecure-endpoint" in Configuration,
    MissingSecret = "missing-secret" in Configuration,
    UnusableSecret = "unusable-secret" in Configuration,
    /// A warning: other users of this machine can read a secret.
    ExposedSecret = "exposed-secret" in Configuration,
    SecretCommandFailed = "secret-command-failed" in Configuration,
    UntrustedCommand = "untrusted-command" in Configuration,
    /// A file names an environment variable that is not set.
    MissingVariable = "missing-variable" in Configuration,
    /// A scenario holds a secret, by key, by variable or by value.
    SecretInScenario = "secret-in-scenario" in Configuration,
    /// The profile has no settings of an IM server.
    NoImSettings = "no-im-settings" in Configuration,

    /// A value is empty that must not be.
    Empty = "empty" in Validation,
    TooLong = "too-long" in Validation,
    OutOfRange = "out-of-range" in Validation,
    ControlCharacter = "control-character" in Validation,
    SurroundingSpace = "surrounding-space" in Validation,
    NotJson = "not-json" in Validation,
    NotAnObject = "not-an-object" in Validation,
    MissingField = "missing-field" in Validation,
    ContradictoryFields = "contradictory-fields" in Validation,
    WrongFieldType = "wrong-field-type" in Validation,
    BadRegId = "bad-reg-id" in Validation,
    WrongRegion = "wrong-region" in Validation,
    EmptyToken = "empty-token" in Validation,
    WrongBrand = "wrong-brand" in Validation,
    BadAlias = "bad-alias" in Validation,
    BadUrl = "bad-url" in Validation,
    BadActivity = "bad-activity" in Validation,
    BadIntent = "bad-intent" in Validation,
    BadTime = "bad-time" in Validation,
    BadName = "bad-name" in Validation,
    /// A click target that has none of the four forms.
    BadClick = "bad-click" in Validation,
    /// A message has a field that OPPO's notification does not have.
    UnknownField = "unknown-field" in Validation,
    /// A field, or a key of the custom content, is given twice.
    DuplicateField = "duplicate-field" in Validation,
    /// A field or value that only a broadcast can carry.
    NotForUnicast = "not-for-unicast" in Validation,
    NotToml = "not-toml" in Validation,
    /// A UserSig is not valid for this app, user and time.
    BadUserSig = "bad-user-sig" in Validation,
    DuplicateId = "duplicate-id" in Validation,
    UnknownCode = "unknown-code" in Validation,
    NotFound = "not-found" in Validation,
    NoSound = "no-sound" in Validation,
    /// Rows of a file are not usable; each is a problem of its own.
    BadRow = "bad-row" in Validation,

    /// OPPO answered, and refused.
    VendorRefused = "vendor-refused" in Refused,
    /// OPPO answered, and does not accept AppKey or MasterSecret.
    CredentialsRefused = "credentials-refused" in Refused,
    /// The IM server answered, and refused.
    ImRefused = "im-refused" in Refused,
    /// The IM server answered, and does not accept SDKAppID, administrator or UserSig.
    ImCredentialsRefused = "im-credentials-refused" in Refused,

    /// No connection, so nothing was sent.
    Unreachable = "unreachable" in Network,
    Timeout = "timeout" in Network,
    Tls = "tls" in Network,
    Redirect = "redirect" in Network,
    /// The answer was not the vendor's envelope.
    BadAnswer = "bad-answer" in Network,
    /// The request left this machine and what became of it is not known.
    OutcomeUnknown = "outcome-unknown" in Network,

    PartlyDone = "partly-done" in Partly,
    BrokenLink = "broken-link" in Broken,
    /// Nothing is seen to be broken, and not everything could be seen.
    Inconclusive = "inconclusive" in Broken,
    /// A push was accepted, and no receipt came in the time given.
    NoReceipt = "no-receipt" in Broken,
    /// A receipt says that an accepted push did not reach its phone.
    NotDelivered = "not-delivered" in Broken,
    NotPushed = "not-pushed" in NotSent,
    Interrupted = "interrupted" in Interrupted,
}

/// One thing that is wrong, said for the person who has to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: Kind,
    /// The vendor's or IM server's code, where one was answered.
    pub code: Option<i64>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do next; never empty.
    pub hint: String,
    /// The flag (`--title`), key, field, or file position (`opush.toml:9:1`) it is about; empty if there is none.
    pub(crate) place: String,
    /// Lines shown to a person below the message, such as the line of the file with carets; may be empty.
    pub(crate) excerpt: String,
}

impl Problem {
    pub(crate) fn new(kind: Kind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        let hint = hint.into();
        debug_assert!(!hint.is_empty(), "a problem without a hint helps nobody");
        Problem {
            kind,
            code: None,
            message: message.into(),
            hint,
            place: String::new(),
            excerpt: String::new(),
        }
    }

    pub(crate) fn at(mut self, place: impl Into<String>) -> Self {
        self.place = place.into();
        self
    }

    pub(crate) fn with_code(mut self, code: i64) -> Self {
        self.code = Some(code);
        self
    }

    pub(crate) fn with_excerpt(mut self, excerpt: impl Into<String>) -> Self {
        self.excerpt = excerpt.into();
        self
    }
}

/// A command's failure: at least one problem; the first decides the exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    problems: Vec<Problem>,
    /// A headline for several problems, such as "2 values are not usable; nothing was sent".
    pub(crate) headline: Option<String>,
}

impl Failure {
    /// All of an input's problems at once. `problems` must not be empty.
    pub(crate) fn all(problems: Vec<Problem>) -> Self {
        debug_assert!(!problems.is_empty());
        Failure { problems, headline: None }
    }

    pub(crate) fn headed(mut self, headline: impl Into<String>) -> Self {
        self.headline = Some(headline.into());
        self
    }

    pub(crate) fn problems(&self) -> &[Problem] {
        &self.problems
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    pub(crate) fn class(&self) -> Class {
        self.problems.first().map_or(Class::Failed, |problem| problem.kind.class())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Failure::all(vec![problem])
    }
}

/// A room's own error says here which kind of failure it is to a person. `?` then turns it into a [`Failure`].
pub trait Explain {
    fn explain(self) -> Problem;
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Self {
        error.explain().into()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Many messages begin with their place; saying it twice would be noise.
        if self.place.is_empty() || self.message.starts_with(&self.place) {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.place, self.message)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_of_kinds_are_unique_and_kebab_case() {
        let names: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(names.len(), Kind::ALL.len());
        for name in names {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
        }
    }

    #[test]
    fn the_place_is_said_once() {
        let problem = |message: &str| Problem::new(Kind::MissingFlag, message, "give it").at("--region");
        assert_eq!(problem("--region is required").to_string(), "--region is required");
        assert_eq!(problem("is required").to_string(), "--region: is required");
    }

    #[test]
    fn the_first_problem_decides_the_exit_code() {
        let problems = vec![Problem::new(Kind::TooLong, "a", "b"), Problem::new(Kind::UnknownKey, "c", "d")];
        assert_eq!(Failure::all(problems).class().exit_code(), 4);
    }
}
