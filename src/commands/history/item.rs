//! One delivery in short, for the list and for following.
//! The whole of one is in `show`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::output::Tone;
use crate::store::deliveries::{Delivery, Status};

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
    /// The regId or alias it went to.
    pub(crate) target: Option<String>,
    pub(crate) status: Status,
    pub(crate) message_id: Option<String>,
    /// The vendor's code, where it refused.
    pub(crate) code: Option<i64>,
    /// push, or why not.
    pub(crate) decision: String,
}

impl From<Delivery> for Item {
    fn from(delivery: Delivery) -> Self {
        Item {
            id: delivery.id.0,
            at: delivery.begun_at.to_string(),
            profile: delivery.profile,
            region: delivery.region,
            certificate_id: delivery.certificate_id,
            user: delivery.user,
            target: delivery.target.map(|target| target.value().to_owned()),
            status: delivery.status,
            message_id: delivery.message_id,
            code: delivery.code,
            decision: delivery.decision,
        }
    }
}

/// `2026-01-31 10:00:00`, from RFC 3339 UTC.
pub(crate) fn clock_time(at: &str) -> String {
    at.split('.').next().unwrap_or(at).trim_end_matches('Z').replace('T', " ")
}

impl Item {
    pub(crate) fn time(&self) -> String {
        clock_time(&self.at)
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
