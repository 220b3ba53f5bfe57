//! What the table of receipts holds, and which rows of it are asked for.
//! How they are written and found belongs to `receipts`.

use super::super::deliveries::DeliveryId;
use crate::clock::Timestamp;

/// One event of one regId, as OPPO posted it (OPPO reference, section 6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewReceipt {
    /// OPPO's own word, known or not.
    pub(crate) event: String,
    pub message_id: String,
    /// The same as `message_id` for a unicast.
    pub(crate) task_id: Option<String>,
    pub(crate) app_id: Option<String>,
    pub(crate) reg_id: String,
    /// What the push gave as `call_back_parameter`; never empty.
    pub(crate) parameter: Option<String>,
    /// `eventTime` as it came; tells a repeated receipt from another of its kind. Empty if there was none.
    pub(crate) event_time: String,
    /// When it happened by OPPO's clock, where `event_time` can be read as a time.
    pub(crate) event_at: Option<Timestamp>,
}

/// The events that are known (OPPO reference, section 6). Another is kept as it came: something came, and it is not an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::VariantArray)]
pub(crate) enum Event {
    /// It reached OPPO's client on the phone.
    #[strum(serialize = "push_arrive")]
    Arrived,
    /// The regId is no longer valid.
    #[strum(serialize = "regid_invalid")]
    RegIdInvalid,
    /// The phone had its share of the day.
    #[strum(serialize = "user_daily_limit")]
    DailyLimit,
    /// Held back by the rules for delivery times. Seen in the field, and not documented.
    #[strum(serialize = "message_night_control")]
    NightControl,
}

impl Receipt {
    /// What it says of its push; none where the event is not known.
    pub(crate) fn known_event(&self) -> Option<Event> {
        self.receipt.event.parse().ok()
    }
}

/// A receipt as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub(crate) id: i64,
    /// When the first of its kind came.
    pub(crate) received_at: Timestamp,
    pub receipt: NewReceipt,
    /// How often the same was posted; 1 is the first time.
    pub(crate) seen: i64,
    /// The delivery it belongs to; `None` if this state knows no such delivery.
    pub(crate) delivery_id: Option<DeliveryId>,
    /// Profile and user of that delivery.
    pub(crate) profile: Option<String>,
    pub(crate) user: Option<String>,
}

/// Which receipts to list; the default is every one.
#[derive(Clone, Debug, Default)]
pub struct ReceiptFilter<'a> {
    pub(crate) message_id: Option<&'a str>,
    pub(crate) reg_id: Option<&'a str>,
    pub(crate) event: Option<&'a str>,
    pub(crate) delivery_id: Option<DeliveryId>,
    /// Of the delivery it belongs to.
    pub(crate) profile: Option<&'a str>,
    pub(crate) user: Option<&'a str>,
    /// Only those that belong to no delivery.
    pub(crate) unmatched: bool,
    pub(crate) since: Option<Timestamp>,
    /// Only those that came after the row of this id.
    pub(crate) after_id: Option<i64>,
    pub(crate) limit: Option<usize>,
}

/// A request that is not a receipt, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewRejected {
    pub(crate) content_type: Option<String>,
    pub(crate) why: String,
    pub(crate) body: Vec<u8>,
}

/// A request that was not a receipt, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rejected {
    pub(crate) id: i64,
    pub(crate) received_at: Timestamp,
    pub(crate) content_type: Option<String>,
    pub(crate) why: String,
    /// Bytes that are not UTF-8 are replaced; cut after 64 KiB.
    pub(crate) body: String,
}
