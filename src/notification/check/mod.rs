//! The rules of a whole notification: every violation at once, each with its field, its limit and its place.
//! The limits themselves are in `limits`; types of single values were settled when they were read.

mod class;
mod click;
mod receipts;
mod text;
mod times;

use super::limits::{Length, Range};
use super::warning;
use super::{Checked, Draft, Given, Origin, TargetKind, wire};
use crate::clock::Timestamp;
use crate::failure::{Kind, Problem, Remedy, Warning, WarningKind};
use serde_json::Value;

pub(super) use click::Click;

/// What the rules found so far.
struct Found {
    problems: Vec<Problem>,
    warnings: Vec<Warning>,
}

pub(super) fn check(draft: &Draft, now: Timestamp, target: TargetKind) -> Result<Checked, Vec<Problem>> {
    let mut found = Found { problems: draft.problems.clone(), warnings: draft.warnings.clone() };
    text::check(draft, &mut found);
    let click = click::check(draft, &mut found);
    extras(draft, click.as_ref(), &mut found);
    times::check(draft, now, &mut found);
    receipts::check(draft, target, &mut found);
    class::check(draft, &mut found);
    numbers(draft, &mut found);
    if !found.problems.is_empty() {
        return Err(found.problems);
    }
    Ok(Checked { wire: wire::build(draft, click.as_ref()), warnings: found.warnings })
}

fn extras(draft: &Draft, click: Option<&Click>, found: &mut Found) {
    let Some(text) = draft.action_parameters() else { return };
    let place = draft.extras_place();
    found.length("action_parameters", &text, super::limits::ACTION_PARAMETERS, &place);
    for (key, given) in &draft.extras {
        if !matches!(given.value, Value::String(_)) {
            let what = super::read::kind_of(&given.value);
            let message = format!("the custom content's {} is {what}", crate::click::quoted(key));
            found.warn(warning::EXTRA_NOT_TEXT, message, &given.origin);
        }
    }
    if let Some(Click::Url(_)) = click {
        found.custom_content_with_url(&place);
    }
}

fn numbers(draft: &Draft, found: &mut Found) {
    use super::limits::{COUNT, INT};
    if let Some(given) = &draft.notify_id {
        found.range("notify_id", given.value, INT, &given.origin);
    }
    if let Some(given) = &draft.badge_message_count {
        found.range("badge_message_count", given.value, COUNT, &given.origin);
    }
    if let Some(given) = &draft.badge_operation_type {
        found.range("badge_operation_type", given.value, INT, &given.origin);
        if ![0, 1].contains(&given.value) {
            let message = format!("badge_operation_type is {}", given.value);
            found.warn(warning::BADGE_OPERATION_UNKNOWN, message, &given.origin);
        }
    }
    let incomplete = match (&draft.badge_operation_type, &draft.badge_message_count) {
        (Some(given), None) => Some((given, "badge_operation_type is given without badge_message_count")),
        (None, Some(given)) => Some((given, "badge_message_count is given without badge_operation_type")),
        _ => None,
    };
    if let Some((given, message)) = incomplete {
        found.warn(warning::BADGE_INCOMPLETE, message, &given.origin);
    }
    if let Some(given) = draft.fix_speed.as_ref().filter(|given| given.value) {
        let message = "fix_speed is true, and only a broadcast has a speed";
        found.problem(Kind::NotForUnicast, message, "Leave it out", &given.origin);
    }
}

impl Found {
    fn problem(
        &mut self,
        kind: Kind,
        message: impl Into<String>,
        hint: impl Into<Remedy>,
        place: impl ToString,
    ) {
        self.problems.push(Problem::new(kind, message, hint).at(place.to_string()));
    }

    fn warn(&mut self, kind: WarningKind, message: impl Into<String>, place: impl ToString) {
        self.warnings.push(kind.warning(message, place));
    }

    /// Code points decide; where only UTF-16 units are over, or only the stricter reading, it is a warning.
    fn length(&mut self, field: &str, text: &str, limit: Length, place: impl ToString) {
        let points = text.chars().count();
        let units = text.encode_utf16().count();
        match limit {
            Length { max: Some(max), .. } if points > max => {
                let message = format!("{field} has {points} characters; OPPO takes at most {max}");
                self.problem(Kind::TooLong, message, format!("Shorten it by {}", points - max), place);
            }
            Length { max: Some(max), .. } if units > max => {
                let message = format!(
                    "{field} has {points} characters but {units} UTF-16 units; OPPO takes at most {max}"
                );
                self.warn(warning::LENGTH_UNIT_DISPUTED, message, place);
            }
            Length { warn: Some(warn), max: Some(max) } if units > warn => {
                let message =
                    format!("{field} has {points} characters; some sources allow {max}, others {warn}");
                self.warn(warning::LENGTH_DISPUTED, message, place);
            }
            _ => {}
        }
    }

    fn range(&mut self, field: &str, number: i64, range: Range, place: impl ToString) {
        let Range { min, max, warn, unit } = range;
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        if number < min || number > max {
            let message = format!("{field} is {number}{unit}; OPPO takes {min} to {max}{unit}");
            self.problem(Kind::OutOfRange, message, format!("Give {min} to {max}{unit}"), place);
        } else if let Some((low, high)) = warn.filter(|(low, high)| number < *low || number > *high) {
            let message =
                format!("{field} is {number}{unit}; all sources agree on {low} to {high}{unit} only");
            self.warn(warning::RANGE_DISPUTED, message, place);
        }
    }

    /// An id that must match something elsewhere to the letter: not empty, nothing invisible in or around it.
    fn identifier(&mut self, field: &str, given: &Option<Given<String>>) {
        let Some(Given { value, origin }) = given else { return };
        if value.trim().is_empty() {
            self.problem(Kind::Empty, format!("{field} is empty"), "Give a value, or leave it out", origin);
        } else if value.contains(char::is_control) {
            let message = format!("{field} contains a control character: {}", crate::click::quoted(value));
            self.problem(Kind::ControlCharacter, message, "Take it out", origin);
        } else if value.trim() != value {
            let message = format!("{field} has white space around it: {}", crate::click::quoted(value));
            self.problem(Kind::SurroundingSpace, message, "Take it away", origin);
        }
    }

    /// Words about a missing partner of two fields.
    fn missing(&mut self, message: &str, hint: impl Into<Remedy>, origin: &Origin) {
        self.problem(Kind::MissingField, message, hint, origin);
    }
}
