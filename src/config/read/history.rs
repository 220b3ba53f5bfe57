//! The `[history]` table.

use std::time::Duration;

use toml::de::DeValue;

use super::context::{Context, Entry};
use crate::clock::duration;
use crate::config::{HistorySettings, Sourced, keys};
use crate::failure::Kind;

pub(super) fn read(context: &mut Context, entry: &Entry) -> HistorySettings {
    let mut settings = HistorySettings::default();
    let Some(table) = entry.keys(context, &keys::HISTORY) else { return settings };
    if let Some(age) = table.get("keep_for").and_then(|entry| age(context, &entry)) {
        settings.keep_for = age;
    }
    let most = i64::MAX.unsigned_abs();
    let count = |entry: Entry| entry.count(context, most, "write a number such as 1000000");
    if let Some(count) = table.get("keep").and_then(count) {
        settings.keep = count;
    }
    settings
}

fn age(context: &mut Context, entry: &Entry) -> Option<Sourced<Duration>> {
    let text = match entry.value.get_ref() {
        DeValue::Integer(_) | DeValue::Float(_) => {
            return entry.wrong_type(context, "a string", "give it a unit, in quotes, such as \"90d\"");
        }
        _ => entry.text(context)?,
    };
    let (message, hint) = match duration(&text.value) {
        Ok(age) if age >= HistorySettings::SHORTEST => return Some(Sourced::new(age, text.source)),
        Ok(_) => (
            format!("{} is {:?}; it must be at least \"1h\"", entry.name, text.value),
            "write a duration such as \"90d\" or \"24h\"".to_owned(),
        ),
        Err(words) => {
            let (message, hint) = words.split_once("; ").unwrap_or((&words, "write it like \"90d\""));
            (format!("{}: {message}", entry.name), hint.to_owned())
        }
    };
    entry.refuse(context, Kind::BadValue, message, hint)
}
