//! What the table of token reports holds: a report as it comes in, and a binding, current or ended.
//! How they are written and found belongs to `reports`.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{EnumString, IntoStaticStr};

use super::super::source::FactSource;
use crate::clock::Timestamp;

/// Whether a binding is current, or how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, EnumString, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum ReportState {
    /// Pushes go to it.
    Current,
    /// The same user and device reported something newer.
    Superseded,
    /// Another user or device reported the same regId.
    Unbound,
    /// A person removed it.
    Removed,
}

/// A report as it comes in; `push` has checked it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewReport {
    pub(crate) profile: String,
    /// The profile's region at the time, by its word.
    pub(crate) region: String,
    pub(crate) user: String,
    pub(crate) device: String,
    pub(crate) certificate_id: i64,
    pub(crate) reg_id: String,
    /// `oppo`, `realme` or `oneplus`, if it was reported.
    pub(crate) brand: Option<String>,
    pub(crate) source: FactSource,
}

/// A binding, current or ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub(crate) id: i64,
    pub(crate) profile: String,
    pub(crate) region: String,
    pub(crate) user: String,
    pub(crate) device: String,
    pub(crate) certificate_id: i64,
    pub(crate) reg_id: String,
    pub(crate) brand: Option<String>,
    pub(crate) state: ReportState,
    /// Who said it last; not known of reports of before this was kept.
    pub(crate) source: Option<FactSource>,
    pub(crate) reported_at: Timestamp,
    /// When the same was last reported again; at first, `reported_at`.
    pub(crate) last_reported_at: Timestamp,
    pub(crate) ended_at: Option<Timestamp>,
    /// Why it ended, in a few words.
    pub(crate) ended_reason: Option<String>,
}
