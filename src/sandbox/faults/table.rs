//! The faults there are and the calls they can be put on, as words: help, lists and documents are made from here.
//! What each does is done where its call is handled.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{Display, EnumDiscriminants, EnumString, IntoStaticStr, VariantArray};

/// The simulated service that a call is made to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Oppo,
    Im,
}

/// Which calls a fault can be put on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Where {
    /// Any call of OPPO's or of the IM server's; OPPO's where none is named.
    Calls,
    /// Pushes, by whichever of OPPO's calls they are made.
    Pushes,
    /// Whatever the IM server looks a user up for.
    Users,
}

/// One fault, as the documentation lists it.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Row {
    #[serde(rename = "fault")]
    pub kind: Kind,
    /// What follows the word; empty where nothing does.
    pub value: &'static str,
    #[serde(rename = "strikes")]
    pub place: Where,
    /// What it does, as a sentence without its full stop.
    pub does: &'static str,
    /// The sections of the OPPO reference that it plays; those of the IM reference begin with `IM`.
    pub section: &'static str,
}

impl Row {
    /// The word with what follows it, such as `code=N`.
    pub(crate) fn form(&self) -> String {
        format!("{}{}", self.kind.as_str(), self.value)
    }
}

/// One line per fault makes its kind, its effect and its row.
macro_rules! faults {
    ($($kind:ident $(($value:ty))?, $form:literal, $place:ident, $section:literal, $does:literal;)*) => {
        /// A fault and how much of it. Times are in milliseconds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumDiscriminants)]
        #[strum_discriminants(doc = "What can go wrong on purpose.", name(Kind), vis(pub))]
        #[strum_discriminants(derive(EnumString, IntoStaticStr, VariantArray, Serialize, JsonSchema))]
        #[strum_discriminants(strum(serialize_all = "kebab-case"), serde(rename_all = "kebab-case"))]
        pub(crate) enum Effect { $($kind $(($value))?,)* }

        /// Every fault, in the order in which they are looked for.
        pub const TABLE: &[Row] = &[$(Row {
            kind: Kind::$kind, value: $form, place: Where::$place, does: $does, section: $section,
        },)*];
    };
}

faults! {
    Code(i32), "=N", Calls, "8, IM 12",
        "answers with return code N, of the IM server with ErrorCode N and FAIL, and does nothing else";
    Delay(i64), "=DURATION", Calls, "3",
        "answers that much later";
    Reset, "", Calls, "3",
        "cuts the connection before anything is done and before any answer";
    Drop, "", Calls, "3, 8",
        "does what was asked, then cuts the connection without an answer";
    Garbage, "", Calls, "3",
        "answers with a web page in place of the envelope, and does nothing else";
    Status(u16), "=N", Calls, "3",
        "answers with HTTP status N, 400 to 599, and an empty body, and does nothing else";
    Clock(i64), "=+DURATION or =-DURATION", Calls, "2, IM 6",
        "shifts the server's clock: its Date header, and what it compares a timestamp or a UserSig with";
    Quota(i64), "[=N]", Pushes, "8, 9",
        "takes N pushes more (none where not given), then answers 33";
    DailyLimit(i64), "[=N]", Pushes, "6, 9",
        "takes pushes, but lets N a day reach each phone (none where not given); receipt user_daily_limit";
    NightControl, "", Pushes, "6",
        "takes pushes, and holds them back by the rules for delivery times: none arrives, receipt message_night_control";
    StaleRegId, "", Pushes, "6, 7",
        "takes pushes to a phone after its app is gone: none arrives, receipt regid_invalid, and the regId is in OPPO's list of invalid ones";
    LostPush, "", Pushes, "4.1, IM 13",
        "takes the push, and loses it on the way to the phone";
    LostReceipts, "", Pushes, "6",
        "delivers the push, and posts no receipt of it";
    NotImported, "", Users, "IM 8",
        "takes an account for one that was never imported";
    OppoBrandOnly, "", Users, "IM 4.1",
        "the app knows the brand OPPO alone: after a login on a realme or OnePlus phone it reports no regId";
    SecondProcess, "", Users, "IM 13",
        "a second process of the app starts the IM SDK too: it logs in as well, and keeps the user online when the app is killed";
    Blocked, "", Users, "IM 13",
        "takes a message for one from a client whom the receiver has blocked: its sender sees success, nothing is delivered";
    SystemMessage, "", Users, "IM 13",
        "takes a message for a system message, which is never pushed";
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The row of a fault.
pub(crate) fn row(kind: Kind) -> &'static Row {
    TABLE.iter().find(|row| row.kind == kind).expect("every kind has a row")
}

/// OPPO's calls that make pushes.
pub(super) const PUSHES: &[&str] = &["unicast", "unicast_batch", "broadcast"];

/// The calls that can be named, each by the last part of its path.
pub const CALLS: &[(&str, Side)] = &[
    ("auth", Side::Oppo),
    ("unicast", Side::Oppo),
    ("unicast_batch", Side::Oppo),
    ("save_message_content", Side::Oppo),
    ("broadcast", Side::Oppo),
    ("statistics", Side::Oppo),
    ("set_alias", Side::Oppo),
    ("delete_alias", Side::Oppo),
    ("subscribe_tags", Side::Oppo),
    ("unsubscribe_tags", Side::Oppo),
    ("add_tags", Side::Oppo),
    ("add_tag_group", Side::Oppo),
    ("get_all_tags", Side::Oppo),
    ("fetch_invalid_regidList", Side::Oppo),
    ("fetch_push_permit", Side::Oppo),
    ("big_picture", Side::Oppo),
    ("small_picture", Side::Oppo),
    ("account_check", Side::Im),
    ("account_import", Side::Im),
    ("multiaccount_import", Side::Im),
    ("kick", Side::Im),
    ("query_online_status", Side::Im),
    ("querystate", Side::Im),
    ("sendmsg", Side::Im),
    ("batchsendmsg", Side::Im),
    ("normal_push_trace", Side::Im),
    ("normal_push_loss", Side::Im),
];
