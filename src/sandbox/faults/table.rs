//! The faults there are and the calls they can be put on, as words: help, lists and documents are made from here.
//! What each does is done where its call is handled.

use strum::{EnumString, IntoStaticStr, VariantArray};

/// What can go wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Kind {
    Code,
    Delay,
    Reset,
    Drop,
    Garbage,
    Status,
    Clock,
    Quota,
    DailyLimit,
    StaleRegId,
    LostPush,
    LostReceipts,
    NotImported,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The simulated service that a call is made to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Oppo,
    Im,
}

/// Which calls a fault can be put on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// Any call of OPPO's or of the IM server's; OPPO's where none is named.
    Calls,
    /// Pushes: OPPO's unicast, the only call that makes one here.
    Pushes,
    /// Whatever the IM server looks a user up for.
    Users,
}

/// One fault, as the documentation lists it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub kind: Kind,
    /// What follows the word; empty where nothing does.
    pub value: &'static str,
    /// What it does, as a sentence without its full stop.
    pub does: &'static str,
    pub place: Where,
    /// The sections of the references that it plays; those of the IM reference begin with `IM`.
    pub section: &'static str,
}

const fn row_of(
    kind: Kind,
    value: &'static str,
    place: Where,
    section: &'static str,
    does: &'static str,
) -> Row {
    Row { kind, value, does, place, section }
}

/// Every fault, in the order in which they are looked for.
pub const TABLE: &[Row] = &[
    row_of(
        Kind::Code,
        "=N",
        Where::Calls,
        "8, IM 12",
        "answers with return code N, of the IM server with ErrorCode N and FAIL, and does nothing else",
    ),
    row_of(Kind::Delay, "=DURATION", Where::Calls, "3", "answers that much later"),
    row_of(
        Kind::Reset,
        "",
        Where::Calls,
        "3",
        "cuts the connection before anything is done and before any answer",
    ),
    row_of(
        Kind::Drop,
        "",
        Where::Calls,
        "3, 8",
        "does what was asked, then cuts the connection without an answer",
    ),
    row_of(
        Kind::Garbage,
        "",
        Where::Calls,
        "3",
        "answers with a web page in place of the envelope, and does nothing else",
    ),
    row_of(
        Kind::Status,
        "=N",
        Where::Calls,
        "3",
        "answers with HTTP status N, 400 to 599, and an empty body, and does nothing else",
    ),
    row_of(
        Kind::Clock,
        "=+DURATION or =-DURATION",
        Where::Calls,
        "2, IM 6",
        "shifts the server's clock: its Date header, and what it compares a timestamp or a UserSig with",
    ),
    row_of(
        Kind::Quota,
        "[=N]",
        Where::Pushes,
        "8, 9",
        "takes N pushes more (none where not given), then answers 33",
    ),
    row_of(
        Kind::DailyLimit,
        "[=N]",
        Where::Pushes,
        "6, 9",
        "takes pushes, but lets N a day reach each phone (none where not given); receipt user_daily_limit",
    ),
    row_of(
        Kind::StaleRegId,
        "",
        Where::Pushes,
        "6, 7",
        "takes pushes to a phone whose app is gone: none arrives, receipt regid_invalid, and the regId is in OPPO's list of invalid ones",
    ),
    row_of(
        Kind::LostPush,
        "",
        Where::Pushes,
        "4.1, IM 13",
        "takes the push, and loses it on the way to the phone",
    ),
    row_of(Kind::LostReceipts, "", Where::Pushes, "6", "delivers the push, and posts no receipt of it"),
    row_of(Kind::NotImported, "", Where::Users, "IM 8", "takes an account for one that was never imported"),
];

/// The row of a fault.
pub(crate) fn row(kind: Kind) -> &'static Row {
    TABLE.iter().find(|row| row.kind == kind).expect("every kind has a row")
}

/// The calls that can be named, each by the last part of its path.
pub const CALLS: &[(&str, Side)] = &[
    ("auth", Side::Oppo),
    ("unicast", Side::Oppo),
    ("set_alias", Side::Oppo),
    ("delete_alias", Side::Oppo),
    ("fetch_invalid_regidList", Side::Oppo),
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
