//! Receipts that OPPO posted, read as the listener reads them.

use serde_json::{Map, Value};

use super::answers::{CodeOf, Meaning, merged};
use super::item::Found;
use super::kind::PayloadKind;
use super::payload::Payload;
use super::warning;
use crate::failure::{Kind, Problem};
use crate::receipts;

pub(super) fn is_one(map: &Map<String, Value>) -> bool {
    let has = |name| map.contains_key(name);
    has("eventType") && (has("messageId") || has("registrationIds") || has("taskId"))
}

pub(super) fn read(value: &Value, path: &str) -> Option<Payload> {
    let parsed = receipts::parse_callback(value.to_string().as_bytes());
    let (meanings, fault) = match parsed {
        Ok(parsed) => {
            (parsed.receipts.into_iter().map(|receipt| meaning(&receipt.event, path)).collect(), parsed.fault)
        }
        Err(fault) => (Vec::new(), Some(fault)),
    };
    let fault = fault.map(|fault| {
        let message = format!("not every item is a receipt: {fault}");
        let hint = "OPPO's receipts have messageId, registrationIds and eventType";
        Problem::new(Kind::MissingField, message, hint).at(path)
    });
    let items =
        fault.map(|problem| Found { path: path.to_owned(), problems: vec![problem], ..Found::default() });
    Some(Payload {
        kind: Some(PayloadKind::Receipt),
        items: items.into_iter().collect(),
        meanings: merged(meanings),
        ..Payload::default()
    })
}

fn meaning(event: &str, path: &str) -> Meaning {
    let known = receipts::meaning(event);
    Meaning {
        of: CodeOf::Receipt,
        code: None,
        word: event.chars().take(80).collect(),
        meaning: known.unwrap_or("an event that no document names").to_owned(),
        remedy: event.parse().ok().and_then(receipts::remedy),
        count: 1,
        warning: known.is_none().then(|| {
            let message = format!("the event {} is not known", crate::click::quoted(event));
            warning::UNKNOWN_EVENT.warning(message, path)
        }),
        place: path.to_owned(),
    }
}
