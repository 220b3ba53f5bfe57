//! The `[history]` table.
//! What the settings mean belongs to `history`; how a duration is written, to `clock`.

use std::time::Duration;

use toml::de::DeValue;

use super::context::{Context, Entry};
use crate::clock::duration;
use crate::config::{HistorySettings, Sourced};
use crate::failure::Kind;

const KEYS: [&str; 2] = ["keep_for", "keep"];

pub(super) fn read(context: &mut Context, entry: &Entry) -> HistorySettings {
    let mut settings = HistorySettings::default();
    let Some(table) = entry.table(context, "the history") else { return settings };
    table.only(context, &KEYS);
    if let Some(age) = table.get("keep_for").and_then(|entry| age(context, &entry)) {
        settings.keep_for = age;
    }
    if let Some(count) = table.get("keep").and_then(|entry| count(context, &entry)) {
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
    match duration(&text.value) {
        Ok(age) if age >= HistorySettings::SHORTEST => return Some(Sourced::new(age, text.source)),
        Ok(_) => {
            let message = format!("{} is {:?}; it must be at least \"1h\"", entry.name, text.value);
            context.report(
                Kind::BadValue,
                entry.span(),
                message,
                "write a duration such as \"90d\" or \"24h\"",
            );
        }
        Err(words) => {
            let (message, hint) = words.split_once("; ").unwrap_or((&words, "write it like \"90d\""));
            context.report(
                Kind::BadValue,
                entry.span(),
                format!("{}: {message}", entry.name),
                hint.to_owned(),
            );
        }
    }
    None
}

fn count(context: &mut Context, entry: &Entry) -> Option<Sourced<u64>> {
    match entry.value.get_ref() {
        DeValue::Integer(number) => {
            let count = i64::from_str_radix(number.as_str(), number.radix()).ok();
            match count.and_then(|count| u64::try_from(count).ok()).filter(|count| *count > 0) {
                Some(count) => Some(Sourced::new(count, context.source(entry.span()))),
                None => {
                    let message = format!("{} must be from 1 to {}", entry.name, i64::MAX);
                    context.report(Kind::BadValue, entry.span(), message, "write a number such as 1000000");
                    None
                }
            }
        }
        DeValue::String(text) if text.parse::<u64>().is_ok() => {
            entry.wrong_type(context, "an integer", "drop the quotes")
        }
        _ => entry.wrong_type(context, "an integer", "write a number such as 1000000"),
    }
}
