//! What the rules found so far, and the words for lengths and ranges.

use crate::click::quoted;
use crate::failure::{Kind, Problem, Remedy, Warning, WarningKind};
use crate::notification::fields::{Length, Range};
use crate::notification::{Origin, warning};

pub(super) struct Found {
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Warning>,
}

impl Found {
    pub(super) fn problem(
        &mut self,
        kind: Kind,
        message: impl Into<String>,
        hint: impl Into<Remedy>,
        place: impl ToString,
    ) {
        self.problems.push(Problem::new(kind, message, hint).at(place.to_string()));
    }

    pub(super) fn warn(&mut self, kind: WarningKind, message: impl Into<String>, place: impl ToString) {
        self.warnings.push(kind.warning(message, place));
    }

    /// What is given by `--set` is sent as it is: what a rule says against it, from this problem on, is a warning.
    pub(super) fn let_set_pass(&mut self, from: usize) {
        let of_set = |problem: &mut Problem| {
            problem.place.starts_with("--set ") && problem.kind != Kind::DuplicateField
        };
        for problem in self.problems.extract_if(from.., of_set) {
            self.warnings.push(warning::SET_REFUSED.warning(problem.message, problem.place));
        }
    }

    /// Code points decide; if only UTF-16 units are over, or only the stricter reading, it is a warning.
    pub(super) fn length(&mut self, field: &str, text: &str, limit: Length, place: impl ToString) {
        let points = text.chars().count();
        let units = text.encode_utf16().count();
        match (limit.warn, limit.max) {
            (_, Some(max)) if points > max => {
                let message = format!("{field} has {points} characters; OPPO takes at most {max}");
                self.problem(Kind::TooLong, message, format!("shorten it by {}", points - max), place);
            }
            (_, Some(max)) if units > max => {
                let message = format!(
                    "{field} has {points} characters but {units} UTF-16 units; OPPO takes at most {max}"
                );
                self.warn(warning::LENGTH_UNIT_DISPUTED, message, place);
            }
            (Some(warn), Some(max)) if units > warn => {
                let message =
                    format!("{field} has {points} characters; some sources allow {max}, others {warn}");
                self.warn(warning::LENGTH_DISPUTED, message, place);
            }
            (Some(warn), None) if units > warn => {
                let message = format!("{field} has {units} characters");
                self.warn(warning::CHANNEL_LENGTH_UNKNOWN, message, place);
            }
            _ => {}
        }
    }

    pub(super) fn range(&mut self, field: &str, number: i64, range: Range, place: impl ToString) {
        let Range { min, max, agreed, unit } = range;
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        if number < min || number > max {
            let message = format!("{field} is {number}{unit}; OPPO takes {min} to {max}{unit}");
            self.problem(Kind::OutOfRange, message, format!("give {min} to {max}{unit}"), place);
        } else if let Some((low, high)) = agreed.filter(|(low, high)| number < *low || number > *high) {
            let message =
                format!("{field} is {number}{unit}; all sources agree on {low} to {high}{unit} only");
            self.warn(warning::RANGE_DISPUTED, message, place);
        }
    }

    /// A text that people see must show something; characters that show nothing are pointed out.
    pub(super) fn shown(&mut self, field: &str, text: &str, may_break: bool, origin: &Origin) {
        if text.trim().is_empty() {
            self.problem(Kind::Empty, format!("{field} is empty"), "give some text", origin);
        }
        if let Some(c) = text.chars().find(|c| c.is_control() && !(may_break && *c == '\n')) {
            let message = format!("{field} contains the control character U+{:04X}", c as u32);
            self.warn(warning::CONTROL_CHARACTER, message, origin);
        }
    }

    /// An id that must equal something elsewhere to the letter: not empty, nothing invisible in or around it.
    pub(super) fn identifier(&mut self, field: &str, text: &str, origin: &Origin) {
        if text.trim().is_empty() {
            self.problem(Kind::Empty, format!("{field} is empty"), "give a value, or leave it out", origin);
        } else if text.contains(char::is_control) {
            let message = format!("{field} contains a control character: {}", quoted(text));
            self.problem(Kind::ControlCharacter, message, "take it out", origin);
        } else if text.trim() != text {
            let message = format!("{field} has white space around it: {}", quoted(text));
            self.problem(Kind::SurroundingSpace, message, "take it away", origin);
        }
    }
}
