//! What a tap opens: the target of a flag or certificate, or OPPO's number with its companion field.

use super::found::Found;
use crate::click::{self, Examined, Severity, Target};
use crate::failure::{Explain, Kind, Warning};
use crate::notification::fields::{Field, Type};
use crate::notification::origin::Layer;
use crate::notification::wire::Click;
use crate::notification::{Draft, Given, Origin};

// OPPO's numbers (reference, section 5).
const OPEN_APP: i64 = 0;
const INTENT: i64 = 1;
pub(super) const WEB_PAGE: i64 = 2;
const ACTIVITY: i64 = 4;

/// The field that says what a click action opens.
fn companion(number: i64) -> Option<Field> {
    match number {
        OPEN_APP => None,
        INTENT | ACTIVITY => Some(Field::ClickActionActivity),
        _ => Some(Field::ClickActionUrl),
    }
}

const COMPANIONS: [Field; 2] = [Field::ClickActionActivity, Field::ClickActionUrl];

pub(super) fn check(draft: &Draft, found: &mut Found) -> Option<Click> {
    let fields = [Field::ClickActionType, Field::ClickActionActivity, Field::ClickActionUrl];
    let mut origins = fields.iter().filter_map(|field| Some(&draft.values.get(field)?.origin));
    match &draft.click {
        Some(given) if given.origin.layer() == Layer::CommandLine => {
            if let Some(set) = origins.find(|origin| origin.is_set()) {
                let message = format!("the click target is given by {} and by {set}", given.origin);
                found.problem(Kind::ContradictoryFields, message, "keep one of the two", set);
            }
            of_target(given, found)
        }
        _ if fields.iter().any(|field| draft.unreadable.contains(field)) => None,
        _ if origins.next().is_some() => of_fields(draft, found),
        Some(given) => of_target(given, found),
        None => None,
    }
}

fn of_target(given: &Given<Target>, found: &mut Found) -> Option<Click> {
    let (number, examined) = match &given.value {
        Target::OpenApp => return Some(Click { number: OPEN_APP, companion: None }),
        Target::Url(url) => (WEB_PAGE, click::examine_url(url)),
        Target::Activity(class) => (ACTIVITY, click::examine_activity(class, None)),
        Target::Intent(action) => (INTENT, click::examine_intent(action)),
    };
    let value = take(examined, &given.origin, found)?;
    Some(Click { number, companion: companion(number).map(|field| (field, value)) })
}

/// The number and its companion; each number wants exactly one of them, or none.
fn of_fields(draft: &Draft, found: &mut Found) -> Option<Click> {
    let Some((number, type_origin)) = draft.number(Field::ClickActionType) else {
        let field = COMPANIONS.into_iter().find(|field| draft.values.contains_key(field))?;
        let origin = &draft.values.get(&field)?.origin;
        let numbers = match field {
            Field::ClickActionActivity => "4 (Activity) or 1 (intent action)",
            _ => "2 (web page)",
        };
        let message = format!("{} is given without click_action_type", field.name());
        let hint = format!("add click_action_type {numbers}");
        found.problem(Kind::MissingField, message, hint, origin);
        return None;
    };
    let companion = companion(number);
    for field in COMPANIONS.into_iter().filter(|field| Some(*field) != companion) {
        let Some((_, origin)) = draft.text(field) else { continue };
        let name = field.name();
        let message = format!("click_action_type {number} does not use {name}");
        let hint = format!("leave {name} out, or change click_action_type");
        found.problem(Kind::ContradictoryFields, message, hint, origin);
    }
    let Some(field) = companion else { return Some(Click { number, companion: None }) };
    let Some((value, origin)) = draft.text(field) else {
        let message = format!("click_action_type {number} needs {}", field.name());
        found.problem(Kind::MissingField, message, format!("add {}", field.name()), type_origin);
        return None;
    };
    let value = match number {
        INTENT => take(click::examine_intent(value), origin, found)?,
        WEB_PAGE => take(click::examine_url(value), origin, found)?,
        ACTIVITY => take(click::examine_activity(value, None), origin, found)?,
        _ => intent_url(value, origin, found).then(|| value.to_owned())?,
    };
    Some(Click { number, companion: Some((field, value)) })
}

/// What Android reads as an intent: `intent:…#Intent;…;end`.
fn intent_url(text: &str, origin: &Origin, found: &mut Found) -> bool {
    let form =
        "write intent://HOST/PATH#Intent;scheme=…;component=PACKAGE/CLASS;end, as Intent.toUri gives it";
    let before = found.problems.len();
    let shown = click::quoted(text);
    let field = Field::ClickActionUrl;
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        let message = format!("{} {shown} contains white space or a control character", field.name());
        found.problem(Kind::ControlCharacter, message, "take it out, or write %20 for a space", origin);
    }
    let fragment = text.strip_prefix("intent:").and_then(|rest| rest.split_once("#Intent;"));
    if !fragment.is_some_and(|(_, parts)| parts == "end" || parts.ends_with(";end")) {
        let message = format!("{} {shown} is not an intent scheme URL", field.name());
        found.problem(Kind::BadIntent, message, form, origin);
    }
    if let Type::Click(limit) = field.row().kind {
        found.length(field.name(), text, limit, origin);
    }
    found.problems.len() == before
}

/// The value of an examined click target; its errors become problems, its warnings warnings.
fn take(examined: Examined, origin: &Origin, found: &mut Found) -> Option<String> {
    for finding in examined.findings {
        match finding.severity {
            Severity::Error => found.problems.push(finding.explain().at(origin.to_string())),
            Severity::Warning => {
                let warning = Warning::new(finding.evidence, finding.remedy).with_id(finding.id);
                found.warnings.push(warning.at(origin));
            }
            Severity::Note => {}
        }
    }
    examined.value
}
