//! A push of the history as it can be sent again: what was recorded of its request, and what of that was masked.

use serde_json::{Map, Value};

use crate::failure::{Kind, Problem, Remedy};
use crate::masking;
use crate::oppo::{Alias, RegId, Target};
use crate::store::deliveries::{Delivery, DeliveryTarget};

/// What the history kept of a push.
#[derive(Debug, PartialEq)]
pub(crate) struct Recorded {
    pub(crate) target: Target,
    pub(crate) notification: Map<String, Value>,
}

impl Recorded {
    /// The fields with a part that was masked: it has to be given again.
    pub(crate) fn masked(&self) -> impl Iterator<Item = &str> {
        let masked = |(name, value): (_, &Value)| masking::is_masked(&value.to_string()).then_some(name);
        self.notification.iter().map(|(name, value)| (name.as_str(), value)).filter_map(masked)
    }
}

/// # Errors
/// If no request was ever made for it, or its record can't be read.
pub(crate) fn recorded(delivery: &Delivery) -> Result<Recorded, Problem> {
    if delivery.request.is_empty() {
        let message = format!("push {} was held back before there was a request", delivery.id);
        let hint = Remedy::run("see why, and send it anew", "history show <NUMBER>");
        return Err(Problem::new(Kind::NotFound, message, hint.with("NUMBER", delivery.id)).at("ID"));
    }
    match (target(delivery), notification(delivery)) {
        (Some(target), Some(notification)) => Ok(Recorded { target, notification }),
        _ => {
            let message = format!("the record of push {} holds no message that can be read", delivery.id);
            let hint = Remedy::run("see what is recorded", "history show <NUMBER>");
            Err(Problem::new(Kind::NotFound, message, hint.with("NUMBER", delivery.id)).at("ID"))
        }
    }
}

fn notification(delivery: &Delivery) -> Option<Map<String, Value>> {
    let message = delivery.request.lines().find_map(|line| line.strip_prefix("message="))?;
    let mut message: Value = serde_json::from_str(message).ok()?;
    match message.get_mut("notification")?.take() {
        Value::Object(notification) => Some(notification),
        _ => None,
    }
}

/// The title of its notification, where a request was made.
pub(crate) fn title(delivery: &Delivery) -> Option<String> {
    notification(delivery)?.get("title")?.as_str().map(str::to_owned)
}

fn target(delivery: &Delivery) -> Option<Target> {
    match delivery.target.as_ref()? {
        DeliveryTarget::RegId(reg_id) => RegId::parse(reg_id).ok().map(Target::RegId),
        DeliveryTarget::Alias(alias) => Alias::parse(alias).ok().map(Target::Alias),
    }
}
