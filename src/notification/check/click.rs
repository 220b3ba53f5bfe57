//! What a tap opens: the target of a flag or certificate, or OPPO's number with its companion field.

use super::found::Found;
use super::notes;
use crate::click::{self, Examined, Severity, Target};
use crate::failure::{Explain, Kind, Warning};
use crate::notification::fields::Field;
use crate::notification::origin::Layer;
use crate::notification::wire::Click;
use crate::notification::{Draft, Given, Origin, warning};

// OPPO's numbers (reference, section 5).
const OPEN_APP: i64 = 0;
const INTENT: i64 = 1;
pub(super) const WEB_PAGE: i64 = 2;
const ACTIVITY: i64 = 4;
const SCHEME: i64 = 5;

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
                found.problem(Kind::DuplicateField, message, "keep one of the two", set);
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
        Target::Scheme(url) => (SCHEME, click::examine_scheme(url)),
    };
    let value = take(examined, &given.origin, found)?;
    Some(Click { number, companion: companion(number).map(|field| (field, value)) })
}

/// The number and its companion; each number uses exactly one of them, or none.
fn of_fields(draft: &Draft, found: &mut Found) -> Option<Click> {
    let given_type = draft.number(Field::ClickActionType);
    let (number, type_origin) = match given_type {
        Some((number, origin)) => (number, Some(origin)),
        None => (OPEN_APP, None),
    };
    let companion = companion(number);
    for field in COMPANIONS.into_iter().filter(|field| Some(*field) != companion) {
        let Some((_, origin)) = draft.text(field) else { continue };
        if given_type.is_some() {
            notes::not_used(field, &format!("click_action_type is {number}"), origin, found);
        } else {
            let message = format!("{} is given without click_action_type", field.name());
            found.warn(warning::CLICK_TYPE_MISSING, message, origin);
        }
    }
    let Some(field) = companion else { return Some(Click { number, companion: None }) };
    let Some((value, origin)) = draft.text(field) else {
        let message = format!("click_action_type {number} needs {}", field.name());
        let other = COMPANIONS.into_iter().find(|other| draft.text(*other).is_some());
        let hint = match other {
            Some(other) => format!("add {}; the message has {} instead", field.name(), other.name()),
            None => format!("add {}", field.name()),
        };
        found.problem(
            Kind::MissingField,
            message,
            hint,
            type_origin.map(ToString::to_string).unwrap_or_default(),
        );
        return None;
    };
    let examined = match number {
        INTENT => click::examine_intent(value),
        WEB_PAGE => click::examine_url(value),
        ACTIVITY => click::examine_activity(value, None),
        _ => click::examine_scheme(value),
    };
    Some(Click { number, companion: Some((field, take(examined, origin, found)?)) })
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
