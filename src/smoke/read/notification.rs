//! The `notification` table: the flags of `send` and the fields of a message file, put together from file and case.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value};
use toml::de::DeValue;

use super::layers::Layers;
use super::reader::Reader;
use crate::clock::duration;
use crate::config::read::Entry;
use crate::config::{Sourced, suggest};
use crate::failure::Kind;
use crate::notification::{Draft, Field, Origin};

/// Keys that say the same as a field of OPPO's: the flags of `opush send`.
const ALIASES: [(&str, &str); 3] = [
    ("ttl", "off_line_ttl"),
    ("callback_url", "call_back_url"),
    ("callback_parameter", "call_back_parameter"),
];

/// The draft, and the click target as written, which needs the app's package.
pub(super) fn read(
    reader: &mut Reader,
    layers: &Layers,
    spans: &mut BTreeMap<String, Range<usize>>,
) -> (Draft, Option<Sourced<String>>) {
    let mut reading =
        NotificationReader { reader, draft: Draft::new(), click: None, extras: BTreeMap::new(), spans };
    let mut fields: BTreeMap<String, Entry> = BTreeMap::new();
    for table in [Some(layers.file), layers.case].into_iter().flatten() {
        let Some(entry) = table.get("notification") else { continue };
        let Some(table) = entry.table(&mut reading.reader.context, "a notification") else { continue };
        let mut here: BTreeMap<&str, &str> = BTreeMap::new();
        let mut entries: Vec<Entry> = table.entries().collect();
        entries.sort_by_key(|entry| entry.key.start);
        for entry in entries {
            let Some(name) = known(reading.reader, &entry) else { continue };
            if let Some(other) = here.insert(name, entry.name) {
                let message = format!("{} and {other} are the same", entry.name);
                reading.reader.report(Kind::Contradiction, entry.key, message, "keep one of the two");
            } else if name == "extras" {
                // Pairs of the case go before those of the file; the others stay.
                reading.extras(&entry);
            } else {
                fields.insert(name.to_owned(), entry);
            }
        }
    }
    let mut fields: Vec<(String, Entry)> = fields.into_iter().collect();
    fields.sort_by_key(|(_, entry)| entry.key.start);
    for (name, entry) in fields {
        reading.field(&name, &entry);
    }
    for (key, (value, origin)) in reading.extras {
        reading.draft.extras(Map::from_iter([(key, value)]), origin);
    }
    (reading.draft, reading.click)
}

/// The field that a key means; an unknown one is reported.
fn known<'e>(reader: &mut Reader, entry: &Entry<'e, '_>) -> Option<&'e str> {
    let name = entry.name;
    if let Some((_, field)) = ALIASES.iter().find(|(alias, _)| *alias == name) {
        return Some(field);
    }
    // What OPPO has not at all, or not for one phone, is answered by the notification's own words.
    let plain = name.to_ascii_lowercase();
    let answered = ["sound", "vibrat", "ringtone"].iter().any(|word| plain.contains(word))
        || Field::try_from(name).is_ok_and(|field| field.broadcast_only().is_some());
    let fields = Field::unicast().map(Field::name);
    if ["click", "extras"].contains(&name) || answered || fields.clone().any(|field| field == name) {
        return Some(name);
    }
    let all = fields.chain(ALIASES.iter().map(|(alias, _)| *alias)).chain(["click", "extras"]);
    let hint = match suggest::nearest(name, all) {
        Some(meant) => format!("did you mean {meant:?}?"),
        None => "take it out; docs/notification.md lists the fields".to_owned(),
    };
    let message = format!("a notification has no key {name:?}");
    reader.report(Kind::UnknownKey, entry.key.clone(), message, hint);
    None
}

struct NotificationReader<'s, 't> {
    reader: &'s mut Reader<'t>,
    draft: Draft,
    click: Option<Sourced<String>>,
    extras: BTreeMap<String, (Value, Origin)>,
    spans: &'s mut BTreeMap<String, Range<usize>>,
}

impl NotificationReader<'_, '_> {
    /// The place of a value, as the draft's problems will name it.
    fn origin(&mut self, entry: &Entry) -> Origin {
        let path = self.reader.context.text.place(entry.span().start);
        let origin = Origin::File { path, key: entry.name.to_owned() };
        self.spans.insert(origin.to_string(), entry.span());
        origin
    }

    fn field(&mut self, name: &str, entry: &Entry) {
        let origin = self.origin(entry);
        let is_number = Field::named(name).is_some_and(Field::is_number);
        if entry.name == "click" {
            self.click = self.reader.text(entry);
        } else if entry.name == "ttl" {
            self.ttl(entry, origin);
        } else if let Some(value) = self.reader.field(entry, is_number) {
            let value = value.as_str().and_then(|word| style(name, word)).map_or(value, Value::from);
            self.draft.field(name, value, origin);
        } else {
            self.draft.nothing_of_field(name);
        }
    }

    fn ttl(&mut self, entry: &Entry, origin: Origin) {
        if let DeValue::Integer(_) = entry.value.get_ref() {
            let hint = "write it with its unit, such as \"90s\", \"12m\" or \"24h\"";
            return self.reader.wrong_type(entry, "a duration", hint).unwrap_or_default();
        }
        let Some(text) = self.reader.text(entry) else { return };
        match duration(&text.value) {
            Ok(ttl) => drop(self.draft.off_line_ttl(ttl, origin)),
            Err(said) => {
                let (message, hint) = said.split_once("; ").unwrap_or((&said, "write it with its unit"));
                self.reader.report(Kind::BadValue, entry.span(), message, hint.to_owned());
            }
        }
    }

    fn extras(&mut self, entry: &Entry) {
        let DeValue::Table(table) = entry.value.get_ref() else {
            let hint = "write { key = \"value\" }";
            return self.reader.wrong_type(entry, "a table", hint).unwrap_or_default();
        };
        let origin = self.origin(entry);
        for (key, value) in self.reader.object(table).unwrap_or_default() {
            self.extras.insert(key, (value, origin.clone()));
        }
    }
}

/// The words that `send --style` knows.
fn style(name: &str, word: &str) -> Option<i64> {
    match (name, word) {
        ("style", "standard") => Some(1),
        ("style", "long-text") => Some(2),
        _ => None,
    }
}
