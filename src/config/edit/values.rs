//! Values as TOML, and how one takes another's place without moving what is around it.

use crate::click::Target;
use crate::clock::Timestamp;
use crate::config::{self, Field, SecretRef, Values};
use crate::failure::{Kind, Problem};
use toml_edit::{Array, Datetime, InlineTable, Item, TableLike, Value};

/// Replaces a value and keeps its spacing and comment; a new key goes to the end of the table.
pub(super) fn set(table: &mut dyn TableLike, key: &str, value: Value) {
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            let mut value = value;
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        // `[….click]` or `master_secret.env = …` becomes one line.
        Some(_) => {
            table.remove(key);
            table.insert(key, Item::Value(value));
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// The same in an inline table; its closing brace keeps its distance.
pub(super) fn set_inline(table: &mut InlineTable, key: &str, value: Value) {
    if table.contains_key(key) {
        return set(table, key, value);
    }
    let trailing = table.iter_mut().last().and_then(|(_, last)| {
        let suffix = last.decor().suffix()?.as_str()?.to_owned();
        last.decor_mut().set_suffix("");
        Some(suffix)
    });
    let mut value = value;
    value.decor_mut().set_prefix(" ");
    value.decor_mut().set_suffix(trailing.unwrap_or_default());
    table.insert(key, value);
}

/// Removes a key of an inline table; its closing brace keeps its distance.
pub(super) fn remove_inline(table: &mut InlineTable, key: &str) {
    let last = table.iter().last().is_some_and(|(name, _)| name == key);
    let removed = table.remove(key);
    if let (true, Some(removed), Some((_, new_last))) = (last, removed, table.iter_mut().last())
        && let Some(suffix) = removed.decor().suffix()
    {
        new_last.decor_mut().set_suffix(suffix.clone());
    }
}

/// The new value of a key that is to change, and whether it differs from the one there.
pub(super) fn differs(table: &dyn TableLike, key: &str, value: &Value) -> bool {
    let bare = |value: &Value| {
        let mut value = value.clone();
        value.decor_mut().clear();
        if let Value::InlineTable(table) = &mut value {
            table.fmt();
        }
        value.to_string()
    };
    match table.get(key) {
        // The same text in other quotes is the same text.
        Some(Item::Value(Value::String(old))) => value.as_str() != Some(old.value()),
        Some(Item::Value(old)) => bare(old) != bare(value),
        _ => true,
    }
}

/// The keys of one table with their values, in the order of the table of fields.
pub(super) fn pairs(
    values: &Values<SecretRef>,
    fields: &[Field],
) -> Result<Vec<(&'static str, Value)>, Problem> {
    let of_table = values.iter().filter(|(field, _)| fields.contains(field));
    of_table.map(|(field, value)| Ok((field.row().key, toml(value)?))).collect()
}

/// A value as the file has it.
pub(super) fn toml(value: &config::Value<SecretRef>) -> Result<Value, Problem> {
    Ok(match value {
        config::Value::Text(text) => text.as_str().into(),
        config::Value::Number(number) => (*number).into(),
        config::Value::Bool(bool) => (*bool).into(),
        config::Value::Time(at) => time(*at)?,
        config::Value::Click(target) => click(target),
        config::Value::Secret(reference) => secret(reference),
    })
}

fn secret(reference: &SecretRef) -> Value {
    match reference {
        SecretRef::Plain(secret) => secret.reveal().into(),
        SecretRef::Env(name) => inline([("env", name.as_str().into())]),
        SecretRef::File(file) => inline([("file", file.written.as_str().into())]),
        SecretRef::Command(words) => {
            inline([("command", Value::Array(words.iter().map(String::as_str).collect::<Array>()))])
        }
    }
}

fn click(target: &Target) -> Value {
    let action = target.action();
    // The key of an action's value is called like it.
    let value = target.value().map(|value| (action, value.into()));
    inline(std::iter::once(("action", action.into())).chain(value))
}

pub(super) fn time(time: Timestamp) -> Result<Value, Problem> {
    time.to_string().parse::<Datetime>().map(Value::from).map_err(|_| {
        let message = format!("{time} cannot be written in TOML");
        Problem::new(Kind::BadTime, message, "give a time in the years 0 to 9999").at("saved_at")
    })
}

fn inline<'a>(pairs: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    Value::InlineTable(pairs.into_iter().collect())
}
