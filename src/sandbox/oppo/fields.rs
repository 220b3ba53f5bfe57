//! The members of a JSON object under their documented names, read by type with the dialects taken and noted.

use serde_json::{Map, Value};

use super::super::http::notes::{Notes, Stop};
use super::super::rules::{CharacterCount, Rules};

/// What is wrong with a request's fields. All of it is noted; missing is answered before invalid.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    missing: Vec<String>,
    wrong: Vec<(i32, String, String)>,
}

impl Findings {
    pub(crate) fn missing(&mut self, field: &str) {
        self.missing.push(field.into());
    }

    pub(crate) fn wrong(&mut self, field: &str, detail: impl Into<String>) {
        self.coded(41, field, detail);
    }

    pub(crate) fn coded(&mut self, code: i32, field: &str, detail: impl Into<String>) {
        self.wrong.push((code, field.into(), detail.into()));
    }

    /// Notes everything found and stops with the code that goes first.
    pub(crate) fn settle(self, notes: &mut Notes) -> Result<(), Stop> {
        let mut stop = None;
        for field in self.missing {
            let refused = notes.refuse(&field, 40, "missing");
            stop.get_or_insert(refused);
        }
        for (code, field, detail) in self.wrong {
            let refused = notes.refuse(&field, code, detail);
            stop.get_or_insert(refused);
        }
        stop.map_or(Ok(()), Err)
    }
}

/// One object's fields. Each is taken out once, and what was understood is kept in canonical form.
pub(crate) struct Fields<'f> {
    /// Few, and asked for by many names: looking through them is cheaper than a hash of each name.
    values: Vec<(String, Value)>,
    kept: Map<String, Value>,
    pub(crate) rules: &'f Rules,
    pub(crate) notes: &'f mut Notes,
    pub(crate) findings: &'f mut Findings,
    /// Whether numbers and booleans can only come as text: from a form.
    pub(crate) all_text: bool,
}

impl<'f> Fields<'f> {
    /// Sorts the members of `object` under the names of `known`. Null and the empty string count as absent: clients
    /// written in Java send every field they know (OPPO reference, section 11).
    pub(crate) fn read(
        object: Map<String, Value>,
        known: &[&str],
        rules: &'f Rules,
        notes: &'f mut Notes,
        findings: &'f mut Findings,
    ) -> Fields<'f> {
        let mut values: Vec<(String, Value)> = Vec::with_capacity(object.len());
        let mut strangers = Vec::new();
        for (key, value) in object {
            let name = known.iter().find(|name| **name == key).or_else(|| {
                let same = |name: &&&str| is_camel_case(&key, name) || is_camel_case(name, &key);
                let other = known.iter().find(same)?;
                if !rules.camel_case.accepts() {
                    return None;
                }
                notes.dialect("camel-case-keys");
                Some(other)
            });
            let Some(name) = name else {
                strangers.push(key);
                continue;
            };
            if value.is_null() || value.as_str().is_some_and(str::is_empty) {
                notes.dialect("empty-values");
            } else if values.iter().any(|(given, _)| given == name) {
                findings.wrong(name, "given in both spellings");
            } else {
                let name = if key == **name { key } else { (*name).to_owned() };
                values.push((name, value));
            }
        }
        if !strangers.is_empty() {
            if !rules.unknown_fields.accepts() {
                strangers.iter().for_each(|name| findings.wrong(name, "no such field"));
            }
            notes.dialect(format!("unknown-fields: {}", strangers.join(", ")));
        }
        Fields { values, kept: Map::new(), rules, notes, findings, all_text: false }
    }

    /// What was understood, under snake_case names and in canonical types.
    pub(crate) fn into_kept(self) -> Map<String, Value> {
        self.kept
    }

    fn takes_text(&self) -> bool {
        self.all_text || self.rules.numbers_as_strings.accepts()
    }

    /// Of a form, that it is text is no dialect.
    fn dialect(&mut self, name: impl Into<String>) {
        if !self.all_text {
            self.notes.dialect(name);
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(known, _)| known == name)
    }

    /// The value as it came, if the field is there.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.values.iter().position(|(known, _)| known == name)?;
        Some(self.values.swap_remove(at).1)
    }

    /// Takes a 0 for a number that is not set, as clients that know no "absent" send it (OPPO reference, section 5).
    pub(crate) fn zero_is_absent(&mut self, name: &str) {
        let text_too = self.takes_text();
        let zero = |value: &Value| value.as_i64() == Some(0) || text_too && value.as_str() == Some("0");
        if self.values.iter().any(|(known, value)| known == name && zero(value)) {
            self.take(name);
            self.dialect("zero-values");
        }
    }

    pub(crate) fn kept(&self, name: &str) -> Option<&Value> {
        self.kept.get(name)
    }

    pub(crate) fn keep(&mut self, name: &str, value: impl Into<Value>) {
        self.kept.insert(name.into(), value.into());
    }

    /// Notes a missing field unless it is there.
    pub(crate) fn require(&mut self, name: &str) {
        if !self.has(name) {
            self.findings.missing(name);
        }
    }

    /// A string of at most `limit` characters.
    pub(crate) fn text(&mut self, name: &str, limit: Option<usize>) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => {
                self.within(name, &text, limit);
                self.keep(name, text.clone());
                Some(text)
            }
            other => {
                self.findings.wrong(name, format!("{} where a string belongs", kind(&other)));
                None
            }
        }
    }

    pub(crate) fn required_text(&mut self, name: &str, limit: Option<usize>) -> Option<String> {
        self.require(name);
        self.text(name, limit)
    }

    /// Notes a text that is too long.
    pub(crate) fn within(&mut self, name: &str, text: &str, limit: Option<usize>) {
        let length = match self.rules.character_count {
            CharacterCount::CodePoints => text.chars().count(),
            CharacterCount::Utf16 => text.encode_utf16().count(),
        };
        if let Some(limit) = limit.filter(|limit| length > *limit) {
            self.findings.wrong(name, format!("{length} characters, at most {limit}"));
        }
    }

    /// A whole number from `least` to `most`.
    pub(crate) fn int(&mut self, name: &str, least: i64, most: i64) -> Option<i64> {
        let value = self.take(name)?;
        let number = match &value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) if self.takes_text() => {
                let number = text.parse().ok().filter(|_| !text.starts_with('+'));
                if number.is_some() {
                    self.dialect("numbers-as-strings");
                }
                number
            }
            _ => None,
        };
        match number {
            None => {
                self.findings.wrong(name, format!("{} where a whole number belongs", kind(&value)));
                None
            }
            Some(number) => {
                if number < least || number > most {
                    self.findings.wrong(name, format!("{number}, not from {least} to {most}"));
                }
                self.keep(name, number);
                Some(number)
            }
        }
    }

    /// One of the listed numbers.
    pub(crate) fn choice(&mut self, name: &str, choices: &[i64]) -> Option<i64> {
        let number = self.int(name, i64::MIN, i64::MAX)?;
        if !choices.contains(&number) {
            self.findings.wrong(name, format!("{number}, not one of {choices:?}"));
        }
        Some(number)
    }

    pub(crate) fn flag(&mut self, name: &str) -> Option<bool> {
        let value = self.take(name)?;
        let flag = match &value {
            Value::Bool(flag) => Some(*flag),
            other if self.takes_text() => {
                let text = other.as_str().map_or_else(|| other.to_string(), str::to_owned);
                let flag = ["false", "true", "0", "1"].iter().position(|word| *word == text);
                if flag.is_some() {
                    self.dialect(format!("booleans-as-{}s", kind(other).trim_start_matches("a ")));
                }
                flag.map(|at| at % 2 == 1)
            }
            _ => None,
        };
        match flag {
            Some(flag) => self.keep(name, flag),
            None => self.findings.wrong(name, format!("{} where true or false belongs", kind(&value))),
        }
        flag
    }
}

/// What a JSON value is, for a note.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Whether one is the other as camel case: `clickActionType` is, of `click_action_type`.
pub(super) fn is_camel_case(camel: &str, snake: &str) -> bool {
    let mut letters = camel.chars();
    let mut begins = false;
    for letter in snake.chars() {
        if letter == '_' {
            begins = true;
            continue;
        }
        let wanted = if begins { letter.to_ascii_uppercase() } else { letter };
        begins = false;
        if letters.next() != Some(wanted) {
            return false;
        }
    }
    letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(object: Value, work: impl FnOnce(&mut Fields<'_>)) -> (Map<String, Value>, Findings, Notes) {
        let (rules, mut notes, mut findings) = (Rules::default(), Notes::default(), Findings::default());
        let object = object.as_object().unwrap().clone();
        let known = ["target_type", "off_line", "auditResponse", "title"];
        let mut fields = Fields::read(object, &known, &rules, &mut notes, &mut findings);
        work(&mut fields);
        (fields.into_kept(), findings, notes)
    }

    #[test]
    fn both_spellings_and_text_forms_are_understood_and_noted() {
        let (kept, findings, notes) = read(
            json!({"targetType": "2", "off_line": "false", "audit_response": 1, "other": 1, "title": null}),
            |fields| {
                fields.int("target_type", 0, 5);
                fields.flag("off_line");
                assert!(fields.has("auditResponse") && !fields.has("title"));
            },
        );
        assert_eq!(Value::Object(kept), json!({"target_type": 2, "off_line": false}));
        assert!(findings.settle(&mut Notes::default()).is_ok());
        assert_eq!(
            notes.dialects,
            [
                "camel-case-keys",
                "empty-values",
                "unknown-fields: other",
                "numbers-as-strings",
                "booleans-as-strings"
            ]
        );
    }

    #[test]
    fn missing_goes_before_wrong_and_all_is_noted() {
        let (_, findings, mut notes) = read(json!({"target_type": "two", "off_line": 2}), |fields| {
            fields.int("target_type", 0, 5);
            fields.flag("off_line");
            fields.required_text("title", Some(1));
        });
        assert!(matches!(findings.settle(&mut notes), Err(Stop::Refused(40))));
        assert_eq!(notes.checks.len(), 3);
    }

    #[test]
    fn numbers_are_whole() {
        for value in [json!(1.5), json!("1.5"), json!("+1"), json!(true), json!([1]), json!(u64::MAX)] {
            let (_, findings, mut notes) = read(json!({ "target_type": value }), |fields| {
                assert_eq!(fields.int("target_type", 0, 5), None);
            });
            assert!(matches!(findings.settle(&mut notes), Err(Stop::Refused(41))));
        }
    }

    #[test]
    fn a_field_in_both_spellings_is_refused() {
        let (_, findings, mut notes) = read(json!({"target_type": 2, "targetType": 2}), |_| {});
        assert!(matches!(findings.settle(&mut notes), Err(Stop::Refused(41))));
    }
}
