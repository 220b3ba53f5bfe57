//! What is read on the phone: title, subtitle, content, and the private template that can take their place.
//! Lengths are in `limits`.

use super::Found;
use crate::failure::Kind;
use crate::notification::limits::{CONTENT_LONG_TEXT, CONTENT_STANDARD, SUB_TITLE, TITLE};
use crate::notification::values::Style;
use crate::notification::warning;
use crate::notification::{Draft, Given};
use serde_json::{Map, Value};

pub(super) fn check(draft: &Draft, found: &mut Found) {
    found.identifier("app_message_id", &draft.app_message_id);
    let templated = draft.private_msg_template_id.is_some();
    for (name, given, flag) in [("title", &draft.title, "--title"), ("content", &draft.content, "--content")]
    {
        match given {
            Some(given) if templated => {
                let message = format!("{name} is given together with a private template");
                found.warn(warning::TITLE_FROM_TEMPLATE, message, &given.origin);
            }
            None if !templated && !draft.unreadable.contains(name) => {
                let hint = format!("Give {flag}, or {name} in the message file");
                found.problem(Kind::MissingField, format!("{name} is missing"), hint, flag);
            }
            _ => {}
        }
    }
    shown("sub_title", &draft.sub_title, found);
    if let Some(given) = &draft.sub_title {
        found.length("sub_title", &given.value, SUB_TITLE, &given.origin);
    }
    template(draft, found);
    if templated {
        return;
    }
    shown("title", &draft.title, found);
    shown("content", &draft.content, found);
    if let Some(given) = &draft.title {
        found.length("title", &given.value, TITLE, &given.origin);
    }
    if let Some(given) = &draft.content {
        let limit = match draft.style.as_ref().map(|style| style.value) {
            Some(Style::LongText) => CONTENT_LONG_TEXT,
            Some(Style::Standard) | None => CONTENT_STANDARD,
        };
        found.length("content", &given.value, limit, &given.origin);
    }
}

/// A text that people see: it must show something; characters that show nothing are pointed out.
fn shown(name: &'static str, given: &Option<Given<String>>, found: &mut Found) {
    let Some(given) = given else { return };
    if given.value.trim().is_empty() {
        found.problem(Kind::Empty, format!("{name} is empty"), "Give some text", &given.origin);
    }
    let may_break = name == "content";
    if let Some(c) = given.value.chars().find(|c| c.is_control() && !(may_break && *c == '\n')) {
        let message = format!("{name} contains the control character U+{:04X}", c as u32);
        found.warn(warning::CONTROL_CHARACTER, message, &given.origin);
    }
}

fn template(draft: &Draft, found: &mut Found) {
    found.identifier("private_msg_template_id", &draft.private_msg_template_id);
    parameters(draft, "private_title_parameters", &draft.private_title_parameters, found);
    parameters(draft, "private_content_parameters", &draft.private_content_parameters, found);
}

fn parameters(
    draft: &Draft,
    name: &'static str,
    given: &Option<Given<Map<String, Value>>>,
    found: &mut Found,
) {
    let Some(Given { value, origin }) = given else { return };
    if draft.private_msg_template_id.is_none() && !draft.unreadable.contains("private_msg_template_id") {
        let message = format!("{name} is given without private_msg_template_id");
        found.missing(&message, "Say which approved template they fill: private_msg_template_id", origin);
    }
    if value.is_empty() {
        found.warn(warning::TEMPLATE_PARAMETERS_EMPTY, format!("{name} is empty"), origin);
    }
    for (key, value) in value.iter().filter(|(_, value)| !value.is_string()) {
        let what = crate::notification::read::kind_of(value);
        let message = format!("{name} has {} as {what}; it must be text", crate::click::quoted(key));
        found.problem(Kind::WrongFieldType, message, "Put the value in quotes", origin);
    }
}
