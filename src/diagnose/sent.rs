//! Reads a delivery's recorded request back into the notification that went out, for checks of what a push carried.
//! How a request is recorded belongs to `push`; what a field of it means for the phone, to each check.

use serde_json::{Map, Value};

use super::finding::Skipped;
use crate::store::deliveries::Delivery;

/// The field of the form that holds target and notification (OPPO reference, section 4.1).
const MESSAGE: &str = "message=";

/// The notification of a recorded push: `title`, `content`, `channel_id`, `click_action_type`, `action_parameters`, …
/// None where no request was recorded, or where what was recorded is not a unicast.
pub(crate) fn notification(delivery: &Delivery) -> Option<Map<String, Value>> {
    let (_, form) = delivery.request.split_once("\n\n")?;
    let text = form.lines().find_map(|field| field.strip_prefix(MESSAGE))?;
    let message: Value = serde_json::from_str(text).ok()?;
    match message.get("notification")? {
        Value::Object(notification) => Some(notification.clone()),
        // Older clients passed text that holds the object.
        Value::String(text) => serde_json::from_str(text).ok(),
        _ => None,
    }
}

/// The same, for checks that have nothing to say without it.
pub(crate) fn read(delivery: &Delivery) -> Result<Map<String, Value>, Skipped> {
    notification(delivery).ok_or_else(|| Skipped(format!("no request is kept of {}", name(delivery))))
}

/// The custom content that went out, or what is in its place: "an array". None if there was none.
pub(crate) fn custom_content(
    notification: &Map<String, Value>,
) -> Option<Result<Map<String, Value>, &'static str>> {
    let parsed = match notification.get("action_parameters")? {
        Value::String(text) if text.is_empty() => return None,
        Value::String(text) => match serde_json::from_str(text) {
            Ok(parsed) => parsed,
            Err(_) => return Some(Err("not JSON")),
        },
        value => value.clone(),
    };
    Some(match parsed {
        Value::Object(content) => Ok(content),
        Value::Array(_) => Err("an array"),
        Value::String(_) => Err("a text"),
        Value::Number(_) => Err("a number"),
        Value::Bool(_) => Err("true or false"),
        Value::Null => Err("null"),
    })
}

/// It named a callback URL, so that OPPO posts a receipt.
pub(crate) fn asks_for_receipt(delivery: &Delivery) -> bool {
    notification(delivery).is_some_and(|sent| text(&sent, "call_back_url").is_some())
}

/// How a finding names a push: "push 12 of 2026-11-24T09:00:00Z"; `opush history show 12` shows it.
pub(crate) fn name(delivery: &Delivery) -> String {
    format!("push {} of {:.0}", delivery.id, delivery.begun_at)
}

/// A text field of the notification, where it is set and not empty.
pub(crate) fn text<'a>(notification: &'a Map<String, Value>, field: &str) -> Option<&'a str> {
    notification.get(field).and_then(Value::as_str).filter(|text| !text.is_empty())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::store::deliveries::{DeliveryId, DeliveryTarget, Status};

    /// An accepted delivery of this notification; where it is not an object, of no recorded request.
    pub(crate) fn delivery(notification: &Value) -> Delivery {
        let reg_id = "CN_00000000000000000000000000000001";
        let message = serde_json::json!({
            "target_type": 2, "target_value": reg_id, "notification": notification,
        });
        let request = format!(
            "POST https://api-push-cn.heytapmobi.com/server/v1/message/notification/unicast\n\
             Content-Type: application/x-www-form-urlencoded; charset=UTF-8\nAccept: application/json\n\n\
             auth_token=********\nmessage={message}"
        );
        let begun_at: Timestamp = "2026-11-24T09:00:00Z".parse().expect("a time");
        Delivery {
            id: DeliveryId(1),
            begun_at,
            profile: "prod".into(),
            region: "cn".into(),
            certificate_id: Some(7005),
            app_id: Some("30123456".into()),
            user: Some("alice".into()),
            device: Some("phone".into()),
            target: Some(DeliveryTarget::RegId(reg_id.into())),
            app_message_id: Some("m1".into()),
            decision: "push".into(),
            request: if notification.is_object() { request } else { String::new() },
            status: Status::Accepted,
            message_id: Some("30123456-1-1-6743f1c0a2b3c4d5e6f70819".into()),
            code: None,
            words: None,
            reason: None,
            answer: None,
            tries: 1,
            completed_at: Some(begun_at),
            elapsed_ms: Some(200),
        }
    }

    #[test]
    fn the_notification_is_read_back() {
        let sent = serde_json::json!({"title": "A\nmessage={}", "content": "a=b&c", "channel_id": "chat"});
        let read = notification(&delivery(&sent)).expect("an object");
        assert_eq!(Value::Object(read.clone()), sent);
        assert_eq!((text(&read, "channel_id"), text(&read, "category")), (Some("chat"), None));
    }

    #[test]
    fn what_is_no_unicast_has_none() {
        for request in ["", "POST /x\nA: b\n\nauth_token=***", "POST /x\n\nmessage={cut", "message={}"] {
            let delivery = Delivery { request: request.into(), ..delivery(&Value::Null) };
            assert_eq!(notification(&delivery), None, "{request}");
        }
    }
}
