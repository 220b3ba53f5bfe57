//! From the text of a story to its steps, or to every problem in it at once, each with its position.

use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::step::{NAMES, Step, Story};
use crate::config::read::{Context, Entry, Table, report_syntax};
use crate::config::{Text, suggest};
use crate::failure::{Failure, Kind};

/// # Errors
/// If there is a problem in it: then nothing is played.
pub(crate) fn read_story(text: &Text) -> Result<Story, Failure> {
    let mut context = Context::new(text, Path::new(""), None);
    let (document, errors) = DeTable::parse_recoverable(text.as_str());
    let broken = report_syntax(&mut context, &errors);
    let root = Table { entries: document.get_ref(), what: "a story", key: 0..0 };
    root.only(&mut context, &["title", "step"]);
    let title = root.get("title").and_then(|entry| entry.text(&mut context));
    let steps = steps(&mut context, &root);
    let problems = context.finish(&broken);
    if problems.is_empty() {
        let title = title.map_or_else(|| text.name().to_owned(), |title| title.value);
        return Ok(Story { title, steps });
    }
    let count = problems.len();
    let headline = format!(
        "{count} problem{} in {}; nothing was played",
        if count == 1 { "" } else { "s" },
        text.name()
    );
    Err(Failure::all(problems).headed(headline))
}

fn steps(context: &mut Context, root: &Table) -> Vec<(usize, Step)> {
    let Some(entry) = root.require(context, "step", "[[step]]") else { return Vec::new() };
    let DeValue::Array(array) = entry.value.get_ref() else {
        let hint = "write it with double brackets: [[step]]".to_owned();
        return entry.wrong_type(context, "an array of tables", hint).unwrap_or_default();
    };
    let elements = array.iter().map(|value| Entry { name: entry.name, key: value.span(), value });
    elements.filter_map(|element| step(context, &element)).collect()
}

fn step(context: &mut Context, element: &Entry) -> Option<(usize, Step)> {
    let table = element.table(context, "a step")?;
    let mut entries: Vec<Entry> = table.entries().collect();
    entries.sort_by_key(|entry| entry.key.start);
    let [entry] = &entries[..] else {
        let message = format!("a step is one thing; this one has {} keys", entries.len());
        context.report(Kind::BadValue, element.span(), message, "begin each with a [[step]] of its own");
        return None;
    };
    if !NAMES.contains(&entry.name) {
        let hint = suggest::hint(entry.name, NAMES.iter().copied());
        context.report(
            Kind::UnknownKey,
            entry.key.clone(),
            format!("there is no step {:?}", entry.name),
            hint,
        );
        return None;
    }
    let inner = entry.table(context, "a step")?;
    let line = context.text.position(entry.key.start).0;
    let mut members: Map<String, Value> =
        inner.entries().map(|member| (member.name.to_owned(), json(member.value.get_ref()))).collect();
    let mut sound = true;
    loop {
        let whole = Value::Object(Map::from_iter([(entry.name.to_owned(), Value::Object(members.clone()))]));
        let message = match Step::deserialize(whole) {
            Ok(step) => return sound.then_some((line, step)),
            Err(error) => error.to_string(),
        };
        sound = false;
        let named = message.split('`').nth(1).and_then(|name| inner.get(name));
        let (kind, span) = match &named {
            Some(member) if message.starts_with("unknown field") => (Kind::UnknownKey, member.key.clone()),
            _ if message.starts_with("missing field") => (Kind::MissingKey, entry.key.clone()),
            _ => (Kind::BadValue, entry.span()),
        };
        let hint = "docs/sandbox-stories.md says what each step takes";
        context.report(kind, span, format!("{}: {message}", entry.name), hint);
        match named.filter(|_| kind == Kind::UnknownKey) {
            // What is wrong with the others is said as well.
            Some(member) => drop(members.shift_remove(member.name)),
            None => return None,
        }
    }
}

/// The value as JSON; a date is its text.
fn json(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::from)
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(yes) => Value::from(*yes),
        DeValue::Datetime(at) => Value::from(at.to_string()),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => {
            table.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect()
        }
    }
}
