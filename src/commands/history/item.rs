//! One delivery in short, for the list and for following.
//! The whole of one is in `show`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::send::VendorJson;
use crate::output::Tone;
use crate::push;
use crate::store::deliveries::{Delivery, DeliveryTarget, Status};

/// One delivery in short.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Item {
    /// The number for `history show`.
    pub(crate) id: i64,
    /// When it was begun, RFC 3339 UTC.
    pub(crate) at: String,
    pub(crate) profile: String,
    pub(crate) region: String,
    pub(crate) certificate_id: Option<i64>,
    pub(crate) user: Option<String>,
    pub(crate) reg_id: Option<String>,
    pub(crate) alias: Option<String>,
    /// The regId or alias it went to.
    pub(crate) target: Option<String>,
    /// Null where no request was made.
    title: Option<String>,
    pub(crate) status: Status,
    pub(crate) message_id: Option<String>,
    /// What OPPO answered, where it accepted or refused.
    vendor: Option<VendorJson>,
    /// The vendor's code, where it refused; `vendor.code` takes its place in the next version.
    pub(crate) code: Option<i64>,
    /// push, or why not.
    pub(crate) decision: String,
}

impl From<Delivery> for Item {
    fn from(delivery: Delivery) -> Self {
        let title = push::title(&delivery);
        let vendor = match (delivery.status, delivery.code) {
            (Status::Accepted, _) => Some(VendorJson { code: 0, message: "Success".into() }),
            (_, Some(code)) => Some(VendorJson { code, message: delivery.words.unwrap_or_default() }),
            _ => None,
        };
        let value = delivery.target.as_ref().map(|target| target.value().to_owned());
        let is_alias = matches!(delivery.target, Some(DeliveryTarget::Alias(_)));
        Item {
            id: delivery.id.0,
            at: delivery.begun_at.to_string(),
            profile: delivery.profile,
            region: delivery.region,
            certificate_id: delivery.certificate_id,
            user: delivery.user,
            reg_id: value.clone().filter(|_| !is_alias),
            alias: value.clone().filter(|_| is_alias),
            target: value,
            title,
            vendor,
            status: delivery.status,
            message_id: delivery.message_id,
            code: delivery.code,
            decision: delivery.decision,
        }
    }
}

impl Item {
    pub(crate) fn title(&self) -> String {
        self.title.clone().unwrap_or_default()
    }

    pub(crate) fn profile(&self) -> String {
        format!("{} ({})", self.profile, self.region)
    }

    pub(crate) fn certificate(&self) -> String {
        self.certificate_id.map(|id| id.to_string()).unwrap_or_default()
    }

    /// The user, or without one the regId or alias.
    pub(crate) fn whom(&self) -> String {
        self.user.clone().or(self.target.clone()).unwrap_or_default()
    }

    pub(crate) fn outcome(&self) -> String {
        match (&self.message_id, self.code) {
            (_, Some(code)) => format!("{} {code}", self.status),
            (None, None) if self.decision != "push" => format!("{} {}", self.status, self.decision),
            _ => self.status.to_string(),
        }
    }

    pub(crate) fn tone(&self) -> Tone {
        match self.status {
            Status::Accepted => Tone::Ok,
            Status::Pending | Status::Unknown => Tone::Warn,
            Status::Refused | Status::NotSent => Tone::Broken,
        }
    }
}
