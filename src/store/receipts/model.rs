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

/// The events that OPPO documents (OPPO reference, section 6); others are kept as they came, and tell nothing of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It reached OPPO's client on the phone.
    Arrived,
    /// The regId is no longer valid.
    RegIdInvalid,
    /// The phone had its share of the day.
    DailyLimit,
}

impl Event {
    pub const ALL: [Event; 3] = [Event::Arrived, Event::RegIdInvalid, Event::DailyLimit];

    /// OPPO's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Event::Arrived => "push_arrive",
            Event::RegIdInvalid => "regid_invalid",
            Event::DailyLimit => "user_daily_limit",
        }
    }

    pub fn parse(word: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.as_str() == word)
    }
}

impl Receipt {
    /// What it tells of its push; none where OPPO's documents do not have the event.
    pub fn told(&self) -> Option<Event> {
        Event::parse(&self.receipt.event)
    }
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
