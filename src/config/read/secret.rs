//! A secret as a string or as `{ env }`, `{ file }`, `{ command }`. A value is never repeated in a message.

use super::context::{Context, Entry, Table};
use crate::config::secret_ref::{SecretFile, expand};
use crate::config::{Secret, SecretRef, Sourced, rules};
use crate::failure::Kind;
use toml::de::DeValue;

const KEYS: [&str; 3] = ["env", "file", "command"];
const FORMS: &str = "write { env = \"NAME\" }, { file = \"PATH\" } or { command = [\"PROGRAM\"] }";

pub(super) fn read(context: &mut Context, entry: &Entry) -> Option<Sourced<SecretRef>> {
    match entry.value.get_ref() {
        DeValue::String(_) => {
            let text = entry.checked(context, |text| rules::opaque(text).map(|()| Secret::new(text)))?;
            Some(text.map(SecretRef::Plain))
        }
        DeValue::Table(_) => {
            let table = entry.table(context, "a secret")?;
            let reference = reference(context, entry, &table)?;
            // A table written with a header of its own has no better place than its name.
            let span = if entry.span().is_empty() { entry.key.clone() } else { entry.span() };
            Some(Sourced::new(reference, context.source(span)))
        }
        _ => entry.wrong_type(context, "a secret", FORMS),
    }
}

fn reference(context: &mut Context, entry: &Entry, table: &Table) -> Option<SecretRef> {
    table.only(context, &KEYS);
    let given: Vec<Entry> = KEYS.iter().filter_map(|key| table.get(key)).collect();
    let one = match given.as_slice() {
        [one] => one,
        [] => {
            // If there is a key, it was unknown and has been reported.
            if !table.entries.is_empty() {
                return None;
            }
            return entry.refuse(context, Kind::MissingKey, format!("{} is empty", entry.name), FORMS);
        }
        [_, second, ..] => {
            let message = format!("{} has more than one of env, file and command", entry.name);
            context.report(Kind::Contradiction, second.key.clone(), message, "keep one of them");
            return None;
        }
    };
    match one.name {
        "env" => variable(context, one),
        "file" => {
            let path = one.checked(context, rules::owned(rules::opaque))?;
            Some(SecretRef::File(SecretFile::written(&path.value, context.base, context.home)))
        }
        _ => command(context, one),
    }
}

fn variable(context: &mut Context, entry: &Entry) -> Option<SecretRef> {
    let name = entry.text(context)?.value;
    if rules::is_variable_name(&name) {
        return Some(SecretRef::Env(name));
    }
    // Not repeated: it may be the secret itself.
    let hint = "name the variable that holds the secret: letters, digits and _, such as OPUSH_MASTER_SECRET";
    entry.refuse(context, Kind::BadValue, "env must be the name of a variable", hint)
}

fn command(context: &mut Context, entry: &Entry) -> Option<SecretRef> {
    const HINT: &str = "write it as program and arguments: [\"pass\", \"show\", \"x\"]";
    let DeValue::Array(array) = entry.value.get_ref() else {
        return entry.wrong_type(context, "an array of strings", HINT);
    };
    let mut words = Vec::new();
    for element in array.iter() {
        match element.get_ref() {
            DeValue::String(word) if !word.contains('\0') => words.push(word.to_string()),
            _ => {
                context.report(Kind::WrongType, element.span(), "command must be an array of strings", HINT);
                return None;
            }
        }
    }
    match words.first_mut() {
        Some(program) if !program.is_empty() => {
            // Like files: relative to the configuration, not to wherever opush is started.
            if program.contains('/') {
                *program = expand(program, context.base, context.home).display().to_string();
            }
            Some(SecretRef::Command(words))
        }
        _ => entry.refuse(context, Kind::BadValue, "command names no program", HINT),
    }
}
