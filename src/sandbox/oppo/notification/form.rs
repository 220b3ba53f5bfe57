//! The forms that OPPO may look at, each under a rule of its own: click targets, URLs, identifiers, keys given twice.

use serde_json::{Map, Value};
use url::Url;

use super::super::super::rules::{Rules, YesNo};
use super::super::fields::Fields;
use super::super::twice;

/// Letters, digits and marks of a Java identifier.
fn is_identifier(part: &str) -> bool {
    part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'))
        && part.starts_with(|c: char| !c.is_ascii_digit())
}

pub(super) fn class(fields: &mut Fields<'_>, name: &str) {
    let fits = name.contains('.') && name.split('.').all(is_identifier);
    target(fields, "click_action_activity", name, fits, "not a full class name");
}

pub(super) fn action(fields: &mut Fields<'_>, name: &str) {
    let sound = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '-');
    let fits = name.chars().all(sound) && name.split('.').all(|part| !part.is_empty());
    target(fields, "click_action_activity", name, fits, "not an action's name");
}

pub(super) fn web(fields: &mut Fields<'_>, field: &str, text: &str) {
    let fits = Url::parse(text).is_ok_and(|url| {
        let labels = url.host_str().unwrap_or_default();
        matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && !labels.split('.').rev().skip(1).any(str::is_empty)
            && !labels.starts_with('.')
    });
    let fits =
        fits && escapes_are_whole(text) && !text.split(['?', '#']).next().unwrap_or_default().contains('\\');
    target(fields, field, text, fits, "not the URL of a web page");
}

/// A scheme before a colon, or at least a word before a question mark; whole escapes; `#Intent;` up to `end`.
pub(super) fn scheme_url(fields: &mut Fields<'_>, text: &str) {
    let beginning = text.split(['/', '?', '#']).next().unwrap_or_default();
    let scheme = beginning.split(':').next().unwrap_or_default();
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_');
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(sound);
    let fits = named
        && (beginning.len() > scheme.len()
            || text.get(scheme.len()..).is_some_and(|rest| rest.starts_with('?')))
        && text.len() > scheme.len() + 1
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        && escapes_are_whole(text)
        && intent_is_whole(text);
    target(fields, "click_action_url", text, fits, "not a scheme URL");
}

fn intent_is_whole(text: &str) -> bool {
    match text.rsplit_once("#Intent;") {
        Some((_, parts)) => parts.strip_suffix("end").is_some_and(|parts| {
            parts.is_empty()
                || parts.ends_with(';')
                    && parts.split_terminator(';').all(|part| part.is_empty() || part.contains('='))
        }),
        None => !text.starts_with("intent:"),
    }
}

fn escapes_are_whole(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2)
}

fn target(fields: &mut Fields<'_>, field: &str, text: &str, fits: bool, what: &str) {
    if fields.rules.target_form == YesNo::Yes && !fits && !text.is_empty() {
        fields.findings.wrong(field, what);
    }
}

/// An identifier is not blank, and has nothing invisible in it or around it.
pub(super) fn identifier(fields: &mut Fields<'_>, field: &str, text: &str) {
    if text.trim() != text || text.contains(char::is_control) {
        strict(fields, field, "white space around it, or a control character in it");
    }
}

pub(super) fn shown(fields: &mut Fields<'_>, field: &str, text: &str) {
    if text.trim().is_empty() {
        strict(fields, field, "blank");
    }
}

pub(super) fn extras(fields: &mut Fields<'_>, object: &Map<String, Value>) {
    if object.contains_key("") {
        strict(fields, "action_parameters", "an extra without a name");
    }
}

fn strict(fields: &mut Fields<'_>, field: &str, what: &str) {
    if fields.rules.strict_texts == YesNo::Yes {
        fields.findings.wrong(field, what);
    }
}

/// The object that a text holds.
pub(super) fn object(text: &str, rules: &Rules) -> Option<Map<String, Value>> {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) if rules.duplicate_keys.accepts() || twice::key_in(text).is_none() => {
            Some(object)
        }
        _ => None,
    }
}
