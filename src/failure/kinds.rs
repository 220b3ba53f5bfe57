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
    ($($variant:ident in $class:ident: $meaning:literal,)*) => {
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

            /// When a problem is of this kind: the table of docs/json.md is made from it.
            pub fn meaning(self) -> &'static str {
                match self { $(Kind::$variant => $meaning,)* }
            }

            /// The class, hence the exit code.
            pub fn class(self) -> Class {
                match self { $(Kind::$variant => Class::$class,)* }
            }
        }
    };
}

kinds! {
    Disk in Failed:
        "a file or folder could not be read or written",
    StateDatabase in Failed:
        "the state database is damaged, newer than this opush, or could not be opened",
    Declined in Failed:
        "a question was answered with no",
    Sandbox in Failed:
        "the sandbox could not do what was asked: the address is in use, its state can not be read",
    Listen in Failed:
        "the address to listen on could not be taken",

    Usage in Usage:
        "the command line could not be understood: unknown command or flag",
    MissingFlag in Usage:
        "a required flag was not given; one problem for each",
    ConflictingFlags in Usage:
        "flags that exclude each other",
    MalformedFlag in Usage:
        "a flag's value has not the form it needs, such as a duration without a unit",

    NoProfile in Configuration:
        "there is no current profile; the hint names the ways out",
    UnknownProfile in Configuration:
        "no profile has this name",
    NoCertificate in Configuration:
        "the profile has no certificate, or several and none is the default",
    UnknownCertificate in Configuration:
        "the profile has no certificate with this ID",
    IncompleteEnvironment in Configuration:
        "some of the variables of the built-in profile `env` are set, others are missing",
    MissingFile in Configuration:
        "a file that was named does not exist",
    UnreadableFile in Configuration:
        "a file exists and could not be read",
    NotUtf8 in Configuration:
        "a file or value is not UTF-8",
    TomlSyntax in Configuration:
        "the configuration is not TOML",
    UnknownKey in Configuration:
        "the configuration has a key that opush does not know",
    DuplicateKey in Configuration:
        "a key is twice in one table",
    WrongType in Configuration:
        "a key has a value of another type, such as text for a number",
    MissingKey in Configuration:
        "a required key is not there",
    BadValue in Configuration:
        "a key has a value outside of what it may be",
    Contradiction in Configuration:
        "two keys can not both be meant",
    DuplicateCertificate in Configuration:
        "two certificates of a profile have one ID",
    InsecureEndpoint in Configuration:
        "an endpoint is plain http and not on loopback",
    MissingSecret in Configuration:
        "the variable or file that a secret refers to is not there",
    UnusableSecret in Configuration:
        "a secret is empty, or has control characters or white space around it",
    ExposedSecret in Configuration:
        "only as a warning: other users of this machine can read a secret",
    SecretCommandFailed in Configuration:
        "the command that should print a secret failed",
    UntrustedCommand in Configuration:
        "a secret needs a command from a file that `opush config trust` has not allowed",
    UntrustedConfiguration in Configuration:
        "a secret would go where a file decides that `opush config trust` has not allowed",
    MissingVariable in Configuration:
        "a scenario names an environment variable that is not set",
    SecretInScenario in Configuration:
        "a scenario holds a secret: by a key, by a variable, or as a value",
    NoImSettings in Configuration:
        "the profile has no `[profile.NAME.im]`, and the command needs it",
    NoAdb in Configuration:
        "a command needs adb, which is neither on the PATH nor in `ANDROID_HOME/platform-tools`",

    Empty in Validation:
        "a value is empty that must not be",
    TooLong in Validation:
        "a value is longer than OPPO allows",
    OutOfRange in Validation:
        "a number, duration or time is outside of what OPPO allows",
    ControlCharacter in Validation:
        "a value has control characters",
    SurroundingSpace in Validation:
        "a value has white space around it",
    NotJson in Validation:
        "a value should be JSON and is not",
    NotAnObject in Validation:
        "a value is JSON, but not an object",
    MissingField in Validation:
        "the message lacks a field that it needs",
    ContradictoryFields in Validation:
        "fields of the message exclude each other, or one lacks its companion",
    WrongFieldType in Validation:
        "a field of a message file has another type",
    BadRegId in Validation:
        "a regId has none of OPPO's forms",
    WrongRegion in Validation:
        "a regId belongs to another region than the profile's",
    EmptyToken in Validation:
        "a token report has an empty regId: the app got none, or reported too early",
    WrongBrand in Validation:
        "the phone's brand is not served by OPPO; the hint names the certificate platform it needs",
    BadAlias in Validation:
        "an alias is empty, too long, or has a semicolon",
    BadUrl in Validation:
        "a URL of a click target or callback is not usable",
    BadActivity in Validation:
        "an Activity is not a full Java class name",
    BadIntent in Validation:
        "an intent action is not a usable name",
    BadTime in Validation:
        "a time could not be read",
    BadName in Validation:
        "a name of a profile, region, package, certificate, user, device, phone or tag is not usable",
    BadClick in Validation:
        "a click target has none of the five forms",
    BadAppFile in Validation:
        "an app file is neither a manifest nor holds one, is damaged, or is larger than any real one",
    NotInApp in Validation:
        "the app's manifest does not declare what a click target or a push needs",
    BadPicture in Validation:
        "a picture is not one that OPPO takes: its format, its bytes or its pixels",
    UnknownField in Validation:
        "a message has a field that OPPO's notification does not have",
    DuplicateField in Validation:
        "a field, or a key of the custom content, is given twice",
    NotForUnicast in Validation:
        "a field or value that only a broadcast can carry",
    NotToml in Validation:
        "a message file should be TOML and is not",
    BadUserSig in Validation:
        "`im usersig --verify`: the UserSig is not valid; each of `problems` has its `id`",
    DuplicateId in Validation:
        "an ID or name is already taken",
    UnknownCode in Validation:
        "neither OPPO's table nor the IM server's has such a code",
    NotFound in Validation:
        "there is no such record",
    NoSound in Validation:
        "a custom sound was asked for; OPPO has none",
    UnknownPayload in Validation:
        "`lint`: the text holds no payload that opush knows, or none that can be sent",
    BadRow in Validation:
        "rows of a file are not usable; `problems` names each",

    VendorRefused in Refused:
        "OPPO answered, and refused; `code` is its return code",
    CredentialsRefused in Refused:
        "OPPO answered, and does not accept AppKey or MasterSecret",
    ImRefused in Refused:
        "the IM server answered, and refused; `code` is its ErrorCode",
    ImCredentialsRefused in Refused:
        "the IM server answered, and does not accept SDKAppID, administrator or UserSig",

    Unreachable in Network:
        "no connection, so nothing was sent",
    Timeout in Network:
        "the deadline passed",
    Tls in Network:
        "the certificate of the server could not be verified, or TLS failed",
    Redirect in Network:
        "the server answered with a redirect, which is never followed",
    BadAnswer in Network:
        "the answer was not OPPO's envelope",
    OutcomeUnknown in Network:
        "the request left this machine, and what became of it is not known",
    NoDevice in Network:
        "adb sees no phone, or not the one that was named",
    DeviceNotReady in Network:
        "adb sees the phone and may not use it: it is offline, or does not allow this computer to debug it",
    AdbFailed in Network:
        "adb, or the way to the phone, failed",

    PartlyDone in Partly:
        "some of several failed; each is in `items`",
    BrokenLink in Broken:
        "a check found a broken link",
    Inconclusive in Broken:
        "nothing is seen to be broken, and not everything could be seen",
    NoReceipt in Broken:
        "a push was accepted, and no receipt came within `--wait`",
    NotDelivered in Broken:
        "a receipt says that an accepted push did not reach its phone",
    NotShown in Broken:
        "`device kill`: a push was sent, and the phone did not show it within `--wait`",
    NotPushed in NotSent:
        "the offline-push rule said no; the name of the no is in `decision`",
    Interrupted in Interrupted:
        "Ctrl-C",
}
