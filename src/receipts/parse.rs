//! Reads a callback: bytes to receipts, one for each event of a regId, or why it is none (OPPO reference, section 6).
//! What is answered to it, and where it is kept, belongs to `handler`.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::clock::Timestamp;
use crate::store::receipts::NewReceipt;

/// Receipts of one callback at most; a batch has a thousand regIds.
const MOST: usize = 10_000;

/// Problems of one callback that are reported.
const MOST_FAULTS: usize = 5;

/// Longest text of a field, in bytes. OPPO promises no limits; these are far beyond what is known of it.
const LONGEST: usize = 256;

/// Longest `param`, in bytes: `call_back_parameter` has 100 characters at most.
const LONGEST_PARAMETER: usize = 1024;

/// A callback with at least one receipt.
#[derive(Debug, PartialEq)]
pub(crate) struct Parsed {
    pub(crate) receipts: Vec<NewReceipt>,
    /// Why some items of it are not receipts, if so: the others are kept all the same.
    pub(crate) fault: Option<String>,
}

/// Reads the body of a callback. A single object counts as an array of one, a number as its text, `registrationIds` may
/// be an array of texts, `taskId` is used in place of a `messageId` that is missing; fields that are not known are ignored,
/// and an event that is not known is kept in OPPO's own word. The error says why it is not a receipt.
pub(crate) fn parse(body: &[u8]) -> Result<Parsed, String> {
    let text = std::str::from_utf8(body).map_err(|_| "the body is not UTF-8")?;
    if text.trim().is_empty() {
        return Err("the body is empty".into());
    }
    let items = match serde_json::from_str(text).map_err(|error| format!("the body is not JSON: {error}"))? {
        Value::Array(items) if items.is_empty() => return Err("the array is empty".into()),
        Value::Array(items) => items,
        one @ Value::Object(_) => vec![one],
        _ => return Err("the body is neither an array nor an object".into()),
    };
    let (mut receipts, mut faults) = (Vec::new(), Vec::new());
    for (number, item) in (1..).zip(items) {
        if let Err(why) = read(&item, &mut receipts) {
            faults.push(format!("item {number}: {why}"));
        }
    }
    let fault = summary(&faults);
    if receipts.is_empty() {
        return Err(fault.unwrap_or_else(|| "no receipt is in it".into()));
    }
    Ok(Parsed { receipts, fault })
}

fn summary(faults: &[String]) -> Option<String> {
    let first = faults.get(..faults.len().min(MOST_FAULTS)).filter(|first| !first.is_empty())?.join("; ");
    Some(match faults.len() - faults.len().min(MOST_FAULTS) {
        0 => first,
        more => format!("{first}; and {more} more"),
    })
}

fn read(item: &Value, into: &mut Vec<NewReceipt>) -> Result<(), String> {
    let item = item.as_object().ok_or("it is not an object")?;
    let task_id = field(item, "taskId", LONGEST)?;
    let message_id = match field(item, "messageId", LONGEST)? {
        Some(id) => id,
        None => task_id.clone().ok_or("messageId is missing")?,
    };
    let event_time = field(item, "eventTime", LONGEST)?.unwrap_or_default();
    let bare = NewReceipt {
        event: field(item, "eventType", LONGEST)?.ok_or("eventType is missing")?,
        message_id,
        task_id,
        app_id: field(item, "appId", LONGEST)?,
        reg_id: String::new(),
        parameter: field(item, "param", LONGEST_PARAMETER)?,
        event_at: time(&event_time),
        event_time,
    };
    let ids = reg_ids(item)?;
    if into.len() + ids.len() > MOST {
        return Err(format!("with it the body has more than {MOST} receipts"));
    }
    into.extend(ids.into_iter().map(|reg_id| NewReceipt { reg_id, ..bare.clone() }));
    Ok(())
}

/// A text without the space around it, or a number in its place; `None` if it is missing or empty.
fn field(item: &Map<String, Value>, name: &str, most: usize) -> Result<Option<String>, String> {
    item.get(name).map_or(Ok(None), |value| word(value, name, most))
}

fn word(value: &Value, name: &str, most: usize) -> Result<Option<String>, String> {
    let text = match value {
        Value::Null => return Ok(None),
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
        _ => return Err(format!("{name} is not a text")),
    };
    if text.len() > most {
        return Err(format!("{name} has more than {most} bytes"));
    }
    let text = text.trim();
    if text.contains(char::is_control) {
        return Err(format!("{name} has control characters"));
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

/// Each regId once, in their order.
fn reg_ids(item: &Map<String, Value>) -> Result<Vec<String>, String> {
    let name = "registrationIds";
    let apart: Vec<Value> = match item.get(name) {
        Some(Value::String(joined)) => joined.split(',').map(Value::from).collect(),
        Some(Value::Array(apart)) => apart.clone(),
        Some(other) => vec![other.clone()],
        None => Vec::new(),
    };
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    for value in apart {
        if let Some(id) = word(&value, name, LONGEST)?
            && seen.insert(id.clone())
        {
            all.push(id);
        }
    }
    if all.is_empty() { Err(format!("{name} is missing")) } else { Ok(all) }
}

/// Milliseconds since 1970, as one client takes it to be; ten digits can only be seconds.
fn time(text: &str) -> Option<Timestamp> {
    let number: i64 = text.parse().ok()?;
    match text.len() {
        10 => Timestamp::from_second(number).ok(),
        _ => Timestamp::from_millisecond(number).ok(),
    }
}

#[cfg(test)]
mod tests;
