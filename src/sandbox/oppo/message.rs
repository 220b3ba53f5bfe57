//! The message of a unicast, alone or in a batch: its target, and the notification in it (OPPO reference, section 4.1).

use serde_json::{Map, Value};

use super::super::http::notes::{Notes, Stop};
use super::super::rules::Rules;
use super::fields::{Fields, Findings, kind};
use super::notification::{self, Sent, SentTo};
use super::twice;

/// The target of a message, as the request names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    RegId(String),
    Alias(String),
}

/// A message in order, in canonical form.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) target: Target,
    pub(crate) notification: Map<String, Value>,
}

const KNOWN: &[&str] = &["target_type", "target_value", "verify_registration_id", "notification"];

/// Reads the form field `message`: 40 for what is missing, at both levels, then 41 or the field's own code.
pub(crate) fn read(rules: &Rules, now: i64, notes: &mut Notes, text: Option<&str>) -> Result<Message, Stop> {
    let Some(text) = text else {
        return Err(notes.refuse("message", 40, "missing"));
    };
    if !rules.duplicate_keys.accepts()
        && let Some(key) = twice::key_in(text)
    {
        return Err(notes.refuse("message", 41, format!("the key `{key}` is there twice")));
    }
    match serde_json::from_str(text) {
        Ok(value) => of(rules, now, notes, value),
        Err(error) => Err(notes.refuse("message", 41, format!("not JSON: {error}"))),
    }
}

/// Reads one message that was parsed already.
pub(crate) fn of(rules: &Rules, now: i64, notes: &mut Notes, value: Value) -> Result<Message, Stop> {
    let object = match value {
        Value::Object(object) => object,
        other => {
            return Err(notes.refuse("message", 41, format!("{}, not an object", kind(&other))));
        }
    };
    let mut findings = Findings::default();
    let mut fields = Fields::read(object, KNOWN, rules, notes, &mut findings);
    fields.require("target_type");
    let by_alias = match fields.int("target_type", i64::MIN, i64::MAX) {
        Some(5) => true,
        Some(3) if fields.rules.alias_target_type_3.accepts() => {
            fields.notes.dialect("target-type-3");
            true
        }
        Some(2) | None => false,
        Some(other) => {
            fields.findings.wrong("target_type", format!("{other}, not 2 (regId) or 5 (alias)"));
            false
        }
    };
    let target = fields.required_text("target_value", None).unwrap_or_default();
    // Its phone compares the regId anyway.
    fields.flag("verify_registration_id");
    fields.require("notification");
    let notification = fields.take("notification");
    let notification = notification.and_then(|value| notification_object(&mut fields, value)).map(|object| {
        let to = if by_alias { SentTo::Alias } else { SentTo::RegId };
        let sent = Sent { to, now };
        notification::read(object, sent, rules, notes, &mut findings)
    });
    findings.settle(notes)?;
    notes.pass("message", "");
    Ok(Message {
        target: if by_alias { Target::Alias(target) } else { Target::RegId(target) },
        notification: notification.unwrap_or_default(),
    })
}

/// An object, or a string that holds one, as clients of the first versions send it.
fn notification_object(fields: &mut Fields<'_>, value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(object) => return Some(object),
        Value::String(text) if fields.rules.stringified_notification.accepts() => {
            if let Ok(Value::Object(object)) = serde_json::from_str(&text) {
                fields.notes.dialect("stringified-notification");
                return Some(object);
            }
            fields.findings.wrong("notification", "a string that does not hold a JSON object");
        }
        other => fields.findings.wrong("notification", format!("{} where an object belongs", kind(&other))),
    }
    None
}
