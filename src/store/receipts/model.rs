//! What the table of receipts holds, and which rows of it are asked for.
//! How they are written and found belongs to `receipts`.

use super::super::deliveries::DeliveryId;
use crate::clock::Timestamp;

/// One event of one regId, as OPPO posted it (OPPO reference, section 6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewReceipt {
    /// OPPO's own word, known or not.
    pub event: String,
    pub message_id: String,
    /// The same as `message_id` for a unicast.
    pub task_id: Option<String>,
    pub app_id: Option<String>,
    pub reg_id: String,
    /// What the push gave as `call_back_parameter`; never empty.
    pub parameter: Option<String>,
    /// `eventTime` as it came; tells a repeated receipt from another of its kind. Empty if there was none.
    pub event_time: String,
    /// When it happened by OPPO's clock, where `event_time` can be read as a time.
    pub event_at: Option<Timestamp>,
}

/// A receipt as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub id: i64,
    /// When the first of its kind came.
    pub received_at: Timestamp,
    pub receipt: NewReceipt,
    /// How often the same was posted; 1 is the first time.
    pub seen: i64,
    /// Whose it is; `None` if this state knows no such delivery.
    pub delivery_id: Option<DeliveryId>,
    /// Profile and user of that delivery.
    pub profile: Option<String>,
    pub user: Option<String>,
}

/// Which receipts to list; the default is every one.
#[derive(Clone, Debug, Default)]
pub struct ReceiptFilter<'a> {
    pub message_id: Option<&'a str>,
    pub reg_id: Option<&'a str>,
    pub event: Option<&'a str>,
    pub delivery_id: Option<DeliveryId>,
    /// Of the delivery it belongs to.
    pub profile: Option<&'a str>,
    pub user: Option<&'a str>,
    /// Only those that belong to no delivery.
    pub unmatched: bool,
    pub since: Option<Timestamp>,
    /// Only those that came after the row of this id.
    pub after_id: Option<i64>,
    pub limit: Option<usize>,
}

/// A request that is no receipt, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRejected {
    pub content_type: Option<String>,
    pub why: String,
    pub body: Vec<u8>,
}

/// A request that was no receipt, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    pub id: i64,
    pub received_at: Timestamp,
    pub content_type: Option<String>,
    pub why: String,
    /// Bytes that are not UTF-8 are replaced; cut after 64 KiB.
    pub body: String,
}
