//! One field by itself: what its row of the table asks of its value, and of the field beside it.

use super::found::Found;
use crate::click::quoted;
use crate::failure::{Explain, Kind, WarningKind};
use crate::notification::fields::{BIG_PICTURE, Field, LONG_TEXT, Length, Need, Type};
use crate::notification::json::kind_of;
use crate::notification::wire::Click;
use crate::notification::{Draft, Given, Origin, warning};
use serde_json::Value;

pub(super) fn check(draft: &Draft, field: Field, given: &Given<Value>, found: &mut Found) {
    let row = field.row();
    let Given { value, origin } = given;
    let name = field.name();
    if row.required && draft.values.contains_key(&Field::PrivateMsgTemplateId) {
        if value.as_str().is_some_and(str::is_empty) {
            return;
        }
        let message = format!("{name} is given together with a private template");
        return found.warn(warning::TITLE_FROM_TEMPLATE, message, origin);
    }
    let text = value.as_str().unwrap_or_default();
    let number = value.as_i64().unwrap_or_default();
    match row.kind {
        Type::Shown(limit) => {
            found.shown(name, text, field == Field::Content, origin);
            found.length(name, text, of_style(limit, draft), origin);
        }
        Type::Identifier(limit) => {
            found.identifier(name, text, origin);
            found.length(name, text, limit, origin);
        }
        Type::Text(limit) => found.length(name, text, limit, origin),
        Type::Url(limit) => {
            url(name, text, origin, found);
            found.length(name, text, limit, origin);
        }
        Type::Whole(range) | Type::Seconds(range) => found.range(name, number, range, origin),
        Type::Parameters => parameters(name, value, origin, found),
        // Wrong values of these are reported where they are read, or by the rule of the click target.
        Type::Click | Type::Milliseconds(_) | Type::Choice(_) | Type::Boolean => {}
        Type::CustomContent(_) | Type::TextOrJson | Type::Any => {}
    }
    if let Some((other, need)) = row.companion.filter(|(other, _)| draft.lacks(*other)) {
        let message = format!("{name} is given without {}", other.name());
        match (need, other) {
            (Need::Required, _) => {
                let hint = format!("add {}, or leave {name} out", other.given_by());
                found.problem(Kind::MissingField, message, hint, origin);
            }
            (Need::Expected, Field::CallBackUrl) => {
                found.warn(warning::CALL_BACK_PARAMETER_ALONE, message, origin);
            }
            (Need::Expected, _) => found.warn(warning::BADGE_INCOMPLETE, message, origin),
        }
    }
}

fn of_style(limit: Length, draft: &Draft) -> Length {
    let style = draft.number(Field::Style).map(|(style, _)| style);
    // Only the content's limit depends on the style (OPPO reference, section 5).
    if let (Some(BIG_PICTURE), Some(_)) = (style, limit.long_text) {
        return Length { warn: None, max: limit.warn, long_text: None };
    }
    match limit.long_text.filter(|_| style == Some(LONG_TEXT)) {
        Some(max) => Length { warn: None, max: Some(max), long_text: None },
        None => limit,
    }
}

/// Only what makes the URL unusable: a local host is right for a sandbox, and its limit of length is another.
fn url(name: &str, text: &str, origin: &Origin, found: &mut Found) {
    if text.trim().contains(char::is_whitespace) {
        let message = format!("{name} {} contains white space", quoted(text));
        found.problem(Kind::BadUrl, message, "write %20 for a space", origin);
    }
    for finding in crate::click::examine_url(text).findings {
        if finding.is_error() && finding.id != "url-too-long" {
            let mut problem = finding.explain().at(origin.to_string());
            problem.message = format!("{name}: {}", problem.message);
            found.problems.push(problem);
        }
    }
}

fn parameters(name: &str, value: &Value, origin: &Origin, found: &mut Found) {
    let Some(pairs) = value.as_object() else { return };
    if pairs.is_empty() {
        found.warn(warning::TEMPLATE_PARAMETERS_EMPTY, format!("{name} is empty"), origin);
    }
    for (key, value) in pairs.iter().filter(|(_, value)| !value.is_string()) {
        let message = format!("{name} has {} as {}", quoted(key), kind_of(value));
        found.warn(warning::TEMPLATE_PARAMETER_NOT_TEXT, message, origin);
    }
}

pub(super) fn custom_content(draft: &Draft, click: Option<&Click>, found: &mut Found) {
    let Some(text) = draft.action_parameters() else { return };
    let place = draft.extras_place();
    let field = Field::ActionParameters;
    if let Type::CustomContent(limit) = field.row().kind {
        found.length(field.name(), &text, limit, &place);
    }
    for (key, given) in draft.extras.iter().filter(|(_, given)| !given.value.is_string()) {
        let message = format!("the custom content's {} is {}", quoted(key), kind_of(&given.value));
        found.warn(warning::EXTRA_NOT_TEXT, message, &given.origin);
    }
    if click.is_some_and(|click| click.number == super::click::WEB_PAGE) {
        let rule = crate::click::CUSTOM_CONTENT_WITH_URL;
        let kind = WarningKind { id: rule.id, when: "", hint: rule.remedy.into() };
        found.warn(kind, "the tap opens a URL, and the push has custom content", &place);
    }
}
