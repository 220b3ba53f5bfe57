//! What can be wrong with a UserSig: a stable id for each, what was seen, and what to do. None of them shows the UserSig.
//! When one applies is decided in `claims` and `verify`.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::Remedy;

/// One thing that is wrong with a UserSig.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, strum::EnumDiscriminants)]
#[strum_discriminants(
    name(FlawKind),
    doc = "What is wrong with a UserSig.",
    derive(Serialize, JsonSchema, strum::IntoStaticStr, strum::VariantArray),
    serde(rename_all = "kebab-case"),
    strum(serialize_all = "kebab-case")
)]
pub enum Flaw {
    #[error("it is empty")]
    #[strum_discriminants(doc = "There is none.")]
    Empty,
    #[error("it has {bytes} bytes; a UserSig has about 200")]
    #[strum_discriminants(doc = "It is longer than any UserSig.")]
    TooLong { bytes: usize },
    #[error("character {at} ({character:?}) is not of Tencent's base64 alphabet")]
    #[strum_discriminants(doc = "It has a character that is not of Tencent's base64 alphabet.")]
    ForeignCharacter { at: usize, character: char },
    #[error("it is in standard base64, with + / =, where Tencent's alphabet has * - _")]
    #[strum_discriminants(doc = "It is in standard base64, not in Tencent's alphabet.")]
    StandardBase64,
    #[error("it is not base64: cut short, or characters were lost")]
    #[strum_discriminants(doc = "It is not base64.")]
    NotBase64,
    #[error("what is in the base64 is not zlib data, or is damaged")]
    #[strum_discriminants(doc = "What is in the base64 is not zlib data.")]
    NotZlib,
    #[error("it unpacks to more than {limit} bytes")]
    #[strum_discriminants(doc = "It unpacks to more than any UserSig.")]
    InflatesTooFar { limit: usize },
    #[error("{bytes} bytes follow the zlib data")]
    #[strum_discriminants(doc = "Something follows the zlib data.")]
    TrailingBytes { bytes: u64 },
    #[error("what is packed in it is not JSON")]
    #[strum_discriminants(doc = "What is packed in it is not JSON.")]
    NotJson,
    #[error("what is packed in it is JSON, but not an object")]
    #[strum_discriminants(doc = "What is packed in it is JSON, but not an object.")]
    NotAnObject,
    #[error("it is of the older elliptic-curve scheme (ECDSA)")]
    #[strum_discriminants(doc = "It is of the older elliptic-curve scheme.")]
    EllipticCurve,
    #[error("it has no {name}")]
    #[strum_discriminants(doc = "A field is missing in it.")]
    MissingField { name: &'static str },
    #[error("its {name} is not {wanted}")]
    #[strum_discriminants(doc = "A field of it has another type.")]
    WrongFieldType { name: &'static str, wanted: &'static str },
    #[error("its TLS.ver is {found:?}, not \"2.0\"")]
    #[strum_discriminants(doc = "Its version is not 2.0.")]
    OtherVersion { found: String },
    #[error("it is for SDKAppID {found}, and the profile has {expected}")]
    #[strum_discriminants(doc = "It is for another SDKAppID.")]
    OtherApp { found: i64, expected: u32 },
    #[error("it is for user {found:?}, not {expected:?}")]
    #[strum_discriminants(doc = "It is for another user.")]
    OtherUser { found: String, expected: String },
    #[error("it expired {} ago", words(*seconds))]
    #[strum_discriminants(doc = "Its time is over.")]
    Expired { seconds: i64 },
    #[error("it was made {} in the future", words(*seconds))]
    #[strum_discriminants(doc = "It was made in the future.")]
    FromTheFuture { seconds: i64 },
    #[error("it carries a user buffer")]
    #[strum_discriminants(doc = "It carries a user buffer.")]
    UserBuffer,
    #[error("its TLS.sig is not base64")]
    #[strum_discriminants(doc = "Its signature is not base64.")]
    SignatureNotBase64,
    #[error("its signature does not fit the secret key")]
    #[strum_discriminants(doc = "Its signature does not fit the secret key.")]
    WrongSignature,
}

impl FlawKind {
    /// What to do about it; never empty.
    pub(crate) fn hint(self) -> Remedy {
        let sentence = match self {
            FlawKind::Empty => return Remedy::run("give one on stdin", "im usersig --verify"),
            FlawKind::TooLong | FlawKind::InflatesTooFar => "this is not a UserSig; copy the right text",
            FlawKind::ForeignCharacter | FlawKind::NotBase64 | FlawKind::NotZlib => {
                "copy it again, whole; the IM server answers 70003 or 70005 to a damaged one"
            }
            FlawKind::StandardBase64 => {
                "replace + by *, / by - and = by _ at the end of making it; some libraries leave this step out"
            }
            FlawKind::TrailingBytes => "copy it again; something was added to it",
            FlawKind::NotJson | FlawKind::NotAnObject | FlawKind::MissingField | FlawKind::WrongFieldType => {
                return Remedy::run(
                    "make it with one of Tencent's libraries (TLSSigAPIv2), or with opush",
                    "im usersig --user <USER>",
                );
            }
            FlawKind::EllipticCurve => {
                "an app made before July 2019 may still use it; switch the app to HMAC-SHA256 in the IM console (codes 70009, 70016)"
            }
            FlawKind::OtherVersion => "make it with version 2 of Tencent's library (TLSSigAPIv2)",
            FlawKind::OtherApp => "use SDKAppID and secret key of the same app (code 70014)",
            FlawKind::OtherUser => "make one for the user who logs in (code 70013)",
            FlawKind::Expired => "make a new one; the IM server answers 70001 (the client SDK 6206)",
            FlawKind::FromTheFuture => {
                "set the clock of the machine that made it; whether the IM server takes it is not known"
            }
            FlawKind::UserBuffer => "leave the user buffer out: it is for TRTC rooms, and IM uses none",
            FlawKind::SignatureNotBase64 => "copy it again, whole, or make a new one",
            FlawKind::WrongSignature => {
                "use the secret key of this SDKAppID as the console shows it, as text; a renewed key voids older UserSigs (codes 70003, 70005, 70009)"
            }
        };
        sentence.into()
    }
}

impl Flaw {
    pub(crate) fn kind(&self) -> FlawKind {
        self.into()
    }
}

/// "3d 4h", at most two units.
fn words(seconds: i64) -> String {
    let seconds = Duration::from_secs(seconds.unsigned_abs()).as_secs();
    match (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0, seconds) => format!("{seconds}s"),
        (0, 0, minutes, seconds) => format!("{minutes}m {seconds}s"),
        (0, hours, minutes, _) => format!("{hours}h {minutes}m"),
        (days, hours, ..) => format!("{days}d {hours}h"),
    }
}
