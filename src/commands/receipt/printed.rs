//! A receipt, and a request that was none, as they are printed: alone as they arrive, and in a list.
//! What an event means belongs to `receipts`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::receipts::meaning;
use crate::store::receipts::{Receipt, Rejected};

/// One event of one regId.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReceiptJson {
    id: i64,
    /// When it first came, RFC 3339 UTC.
    pub(crate) received_at: String,
    /// OPPO's own word.
    pub(crate) event: String,
    /// What the event says; `null` for one that OPPO's documents do not have.
    pub(crate) meaning: Option<String>,
    pub(crate) message_id: String,
    task_id: Option<String>,
    app_id: Option<String>,
    pub(crate) reg_id: String,
    /// The push's call_back_parameter.
    pub(crate) parameter: Option<String>,
    /// When it happened by OPPO's clock, RFC 3339 UTC; `null` if OPPO's time could not be read.
    event_at: Option<String>,
    /// OPPO's eventTime as it came.
    event_time: String,
    /// How often the same was posted.
    pub(crate) seen: i64,
    /// The push it belongs to, for `history show`; `null` if no push of this state fits.
    pub(crate) history_id: Option<i64>,
    /// Of that push.
    pub(crate) profile: Option<String>,
    pub(crate) user: Option<String>,
}

impl From<&Receipt> for ReceiptJson {
    fn from(kept: &Receipt) -> Self {
        let receipt = kept.receipt.clone();
        ReceiptJson {
            id: kept.id,
            received_at: kept.received_at.to_string(),
            meaning: meaning(&receipt.event).map(str::to_owned),
            event: receipt.event,
            message_id: receipt.message_id,
            task_id: receipt.task_id,
            app_id: receipt.app_id,
            reg_id: receipt.reg_id,
            parameter: receipt.parameter,
            event_at: receipt.event_at.map(|at| at.to_string()),
            event_time: receipt.event_time,
            seen: kept.seen,
            history_id: kept.delivery_id.map(|id| id.0),
            profile: kept.profile.clone(),
            user: kept.user.clone(),
        }
    }
}

impl ReceiptJson {
    /// The push it belongs to.
    pub(crate) fn push(&self) -> String {
        match (self.history_id, &self.user) {
            (None, _) => "no push known here".to_owned(),
            (Some(id), Some(user)) => format!("push {id} to {user}"),
            (Some(id), None) => format!("push {id}"),
        }
    }

    /// Everything that a person wants to know, in a line.
    pub(crate) fn line(&self) -> String {
        let ReceiptJson { event, reg_id, message_id, .. } = self;
        let unknown = if self.meaning.is_none() { "  an event that OPPO does not document" } else { "" };
        let again = if self.seen > 1 { format!("  again, {} times", self.seen) } else { String::new() };
        let parameter = self.parameter.as_ref().map(|text| format!("  parameter {text}")).unwrap_or_default();
        format!("{event}  {reg_id}  message {message_id}  {}{parameter}{unknown}{again}", self.push())
    }
}

/// A request that was not a receipt.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RejectedJson {
    id: i64,
    /// RFC 3339 UTC.
    pub(crate) received_at: String,
    pub(crate) content_type: Option<String>,
    /// Why it is not a receipt.
    pub(crate) why: String,
    /// As it came, cut after 64 KiB; empty where it was not read to its end.
    pub(crate) body: String,
}

impl From<Rejected> for RejectedJson {
    fn from(rejected: Rejected) -> Self {
        RejectedJson {
            id: rejected.id,
            received_at: rejected.received_at.to_string(),
            content_type: rejected.content_type,
            why: rejected.why,
            body: rejected.body,
        }
    }
}

/// The beginning of a text that may be long.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let mut shown: String = text.chars().take(most).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}
