//! From a text to the payload in it: JSON, a form body, a curl command, TOML, or text around one of these.

use serde_json::{Map, Value};

use super::curl;
use super::descend;
use super::embedded;
use super::item::{Fields, Found};
use super::kind::{Layer, PayloadKind};
use super::payload::Payload;
use super::warning;
use crate::failure::{Kind, Problem, Warning};
use crate::notification::{Field, form_body, parse_json, snake_case};

/// Escapes are taken off this often.
const LEVELS: usize = 5;

/// What a text holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Peeled {
    pub(super) payload: Option<Payload>,
    /// Why the text as a whole could not be read, where it looks like JSON.
    pub(super) broken: Option<Problem>,
    pub(super) warnings: Vec<Warning>,
}

pub(super) fn peel(text: &str) -> Peeled {
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut peeled = Peeled::default();
    match parse_json(text) {
        Ok(value) => {
            peeled.payload = descend::find(&value, "", 0);
            return peeled;
        }
        Err(error) if text.starts_with(['{', '[']) => {
            let place = format!("line {}, column {}", error.line(), error.column());
            let twice = error.to_string().contains("is given twice");
            let kind = if twice { Kind::DuplicateField } else { Kind::NotJson };
            let hint = "correct it at that place; `python3 -m json.tool FILE` checks it too";
            peeled.broken =
                Some(Problem::new(kind, format!("this is not usable JSON: {error}"), hint).at(place));
        }
        Err(_) => {}
    }
    if let Some(curl) = curl::read(text) {
        for file in &curl.files {
            let message = format!("the body comes from the file {}", crate::click::quoted(file));
            peeled.warnings.push(warning::FILE_NOT_READ.warning(message, ""));
        }
        let inner = body(&curl.body);
        peeled.payload = inner.map(|payload| inside(Layer::CurlCommand, payload));
        return peeled;
    }
    peeled.payload = body(text).or_else(|| of_toml(text));
    let mut rest = text.to_owned();
    for level in 0..LEVELS {
        if peeled.payload.is_some() {
            break;
        }
        peeled.payload = around(&rest).map(|mut payload| {
            if level > 0 {
                payload.layers.insert(0, Layer::JsonText);
            }
            inside(Layer::LogText, payload)
        });
        match embedded::unescaped(&rest) {
            Some(next) => rest = next,
            None => break,
        }
    }
    // An object that is cut or has a key twice is not a line of a log.
    if peeled.broken.is_some() && text.starts_with('{') && peeled.broken.as_ref().is_some_and(is_cut_or_twice)
    {
        peeled.payload = None;
    }
    if peeled.payload.is_some() {
        peeled.broken = None;
    }
    peeled
}

fn is_cut_or_twice(problem: &Problem) -> bool {
    problem.kind == Kind::DuplicateField || problem.message.contains("EOF")
}

fn inside(layer: Layer, mut payload: Payload) -> Payload {
    payload.layers.insert(0, layer);
    payload
}

/// A body of a request: JSON or a form.
fn body(text: &str) -> Option<Payload> {
    match parse_json(text) {
        Ok(value) => descend::find(&value, "", 0),
        Err(_) => form_body(text).and_then(of_form).map(|payload| inside(Layer::FormBody, payload)),
    }
}

fn of_form(mut form: Map<String, Value>) -> Option<Payload> {
    for name in ["message", "messages"] {
        let Some(value) = form.get(name) else { continue };
        if let Some(mut payload) = descend::find(value, name, 0) {
            payload.layers.retain(|layer| *layer != Layer::JsonText);
            return Some(payload);
        }
    }
    // Of the request around it: the token, and what the calls for broadcasts add.
    for name in ["auth_token", "message_id", "sdk_version", "target_type", "target_value"] {
        form.remove(name);
    }
    let known = form.keys().any(|name| Field::named(&snake_case(name)).is_some());
    let path = String::new();
    let found = Found { path, fields: Fields::AsGiven(form), ..Found::default() };
    known.then(|| Payload { kind: Some(PayloadKind::SavedMessage), items: vec![found], ..Payload::default() })
}

fn of_toml(text: &str) -> Option<Payload> {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'))?;
    let (name, _) = first.split_once('=')?;
    Field::named(&snake_case(name.trim()))?;
    let value = serde_json::to_value(text.parse::<toml::Table>().ok()?).ok()?;
    descend::find(&value, "", 0).map(|payload| inside(Layer::Toml, payload))
}

/// A form body or JSON with other text around it. A message counts before an answer.
fn around(text: &str) -> Option<Payload> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`'));
    let form = words.filter(|word| word.contains('=') && word.len() > 20).find_map(|word| {
        form_body(word).filter(|form| form.len() > 1 || form.contains_key("message")).and_then(of_form)
    });
    if let Some(payload) = form {
        return Some(inside(Layer::FormBody, payload));
    }
    let mut all = embedded::values(text).into_iter().filter_map(|(_, value)| descend::find(&value, "", 0));
    let first = all.next()?;
    if first.items.is_empty() {
        Some(all.find(|next| !next.items.is_empty()).unwrap_or(first))
    } else {
        Some(first)
    }
}
