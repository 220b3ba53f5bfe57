//! A run and its calls as the journal holds them.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use crate::clock::Timestamp;

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[derive(EnumMessage, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum RunState {
    /// Its rows are being read and checked; nothing is sent yet.
    Planning,
    /// Its process lives, and sends.
    Running,
    /// Its process was killed; `batch resume` goes on.
    Interrupted,
    /// It ended before its last row; `batch resume` goes on.
    Stopped,
    /// Every row has had its turn.
    Done,
    /// A person gave up what was left of it.
    Cancelled,
}

/// How far a call of a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum CallState {
    /// Nothing of it has left this machine.
    Planned,
    /// It may have left, and has no answer yet.
    Begun,
    /// It left, and what became of some of its rows is not known.
    Unknown,
    /// Each of its rows has its answer.
    Settled,
}

/// What is known of a run before its rows are read.
#[derive(Clone, Debug)]
pub(crate) struct NewRun {
    pub(crate) profile: String,
    pub(crate) region: String,
    /// The file, as a person named it.
    pub(crate) source: String,
    /// What the app_message_id of each row begins with.
    pub(crate) id_prefix: String,
    pub(crate) repeat_window_ms: i64,
}

/// What the check of all rows came to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Planned {
    pub(crate) file_rows: u64,
    pub(crate) bad_rows: u64,
    pub(crate) repeats: u64,
    /// Rows by the reason of the offline-push rule, as a JSON object.
    pub(crate) held_back: String,
    pub(crate) recipients: u64,
    /// The app behind each certificate, as JSON.
    pub(crate) certificates: String,
}

/// A run.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) id: i64,
    pub(crate) begun_at: Timestamp,
    pub(crate) ended_at: Option<Timestamp>,
    pub(crate) state: RunState,
    pub(crate) reason: Option<String>,
    pub(crate) profile: String,
    pub(crate) region: String,
    pub(crate) source: String,
    pub(crate) id_prefix: String,
    pub(crate) repeat_window_ms: i64,
    pub(crate) planned: Planned,
}

/// Whether this process may go on with a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    Taken,
    /// Another process works on it.
    Busy,
    /// There is nothing left to do, or it was given up.
    Over(RunState),
}

/// Rows of one certificate that are sent together.
#[derive(Clone, Debug)]
pub(crate) struct NewCall {
    pub(crate) certificate_id: i64,
    pub(crate) recipients: u64,
    pub(crate) rows: Vec<u8>,
}

/// A call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) id: i64,
    pub(crate) certificate_id: i64,
    pub(crate) state: CallState,
    /// When it may have left for the first time.
    pub(crate) first_begun_at: Option<Timestamp>,
    pub(crate) rows: Vec<u8>,
    pub(crate) results: Option<Vec<u8>>,
}

/// What became of a call.
#[derive(Clone, Debug)]
pub(crate) struct CallEnd {
    pub(crate) results: Vec<u8>,
    pub(crate) accepted: u64,
    pub(crate) refused: u64,
    pub(crate) unknown: u64,
}

/// The rows of a run by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) calls: u64,
    pub(crate) accepted: u64,
    pub(crate) refused: u64,
    pub(crate) unknown: u64,
    /// Not sent yet.
    pub(crate) left: u64,
}
