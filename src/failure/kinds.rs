//! Why a command ends without success: the closed lists of classes and kinds, and the exit code of each.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

/// Why a command ends without success. One exhaustive match below turns it into the exit code (docs/exit-codes.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    // Something without a code of its own: disk, state database, a prompt declined.
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
    ($($variant:ident in $class:ident,)*) => {
        /// The closed list of kinds of problem: the `kind` of a JSON error, in the order of the exit codes. Names are stable.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema, IntoStaticStr, VariantArray,
        )]
        #[serde(rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        pub enum Kind { $($variant,)* }

        impl Kind {
            /// The kebab-case name that is printed.
            pub fn as_str(self) -> &'static str {
                self.into()
            }

            /// The class, hence the exit code.
            pub fn class(self) -> Class {
                match self { $(Kind::$variant => Class::$class,)* }
            }
        }
    };
}

kinds! {
    // A file or folder could not be read or written.
    Disk in Failed,
    // The state database is damaged, newer than this opush, or could not be opened.
    StateDatabase in Failed,
    // A question was answered with no.
    Declined in Failed,
    // The sandbox could not do what was asked of it (address in use, state unreadable ...).
    Sandbox in Failed,
    // The address to listen on could not be taken.
    Listen in Failed,

    // The command line could not be understood.
    Usage in Usage,
    MissingFlag in Usage,
    ConflictingFlags in Usage,
    MalformedFlag in Usage,

    NoProfile in Configuration,
    UnknownProfile in Configuration,
    NoCertificate in Configuration,
    UnknownCertificate in Configuration,
    IncompleteEnvironment in Configuration,
    MissingFile in Configuration,
    UnreadableFile in Configuration,
    NotUtf8 in Configuration,
    TomlSyntax in Configuration,
    UnknownKey in Configuration,
    DuplicateKey in Configuration,
    WrongType in Configuration,
    MissingKey in Configuration,
    BadValue in Configuration,
    Contradiction in Configuration,
    DuplicateCertificate in Configuration,
    InsecureEndpoint in Configuration,
    MissingSecret in Configuration,
    UnusableSecret in Configuration,
    // A warning: other users of this machine can read a secret.
    ExposedSecret in Configuration,
    SecretCommandFailed in Configuration,
    UntrustedCommand in Configuration,
    // A file that is not trusted decides where a secret would go.
    UntrustedConfiguration in Configuration,
    // A file names an environment variable that is not set.
    MissingVariable in Configuration,
    // A scenario holds a secret, by key, by variable or by value.
    SecretInScenario in Configuration,
    // The profile has no settings of an IM server.
    NoImSettings in Configuration,

    // A value is empty that must not be.
    Empty in Validation,
    TooLong in Validation,
    OutOfRange in Validation,
    ControlCharacter in Validation,
    SurroundingSpace in Validation,
    NotJson in Validation,
    NotAnObject in Validation,
    MissingField in Validation,
    ContradictoryFields in Validation,
    WrongFieldType in Validation,
    BadRegId in Validation,
    WrongRegion in Validation,
    EmptyToken in Validation,
    WrongBrand in Validation,
    BadAlias in Validation,
    BadUrl in Validation,
    BadActivity in Validation,
    BadIntent in Validation,
    BadTime in Validation,
    BadName in Validation,
    // A click target that has none of the four forms.
    BadClick in Validation,
    // A message has a field that OPPO's notification does not have.
    UnknownField in Validation,
    // A field, or a key of the custom content, is given twice.
    DuplicateField in Validation,
    // A field or value that only a broadcast can carry.
    NotForUnicast in Validation,
    NotToml in Validation,
    // A UserSig is not valid for this app, user and time.
    BadUserSig in Validation,
    DuplicateId in Validation,
    UnknownCode in Validation,
    NotFound in Validation,
    NoSound in Validation,
    // Rows of a file are not usable; each is a problem of its own.
    BadRow in Validation,

    // OPPO answered, and refused.
    VendorRefused in Refused,
    // OPPO answered, and does not accept AppKey or MasterSecret.
    CredentialsRefused in Refused,
    // The IM server answered, and refused.
    ImRefused in Refused,
    // The IM server answered, and does not accept SDKAppID, administrator or UserSig.
    ImCredentialsRefused in Refused,

    // No connection, so nothing was sent.
    Unreachable in Network,
    Timeout in Network,
    Tls in Network,
    Redirect in Network,
    // The answer was not the vendor's envelope.
    BadAnswer in Network,
    // The request left this machine and what became of it is not known.
    OutcomeUnknown in Network,

    PartlyDone in Partly,
    BrokenLink in Broken,
    // Nothing is seen to be broken, and not everything could be seen.
    Inconclusive in Broken,
    // A push was accepted, and no receipt came in the time given.
    NoReceipt in Broken,
    // A receipt says that an accepted push did not reach its phone.
    NotDelivered in Broken,
    NotPushed in NotSent,
    Interrupted in Interrupted,
}
