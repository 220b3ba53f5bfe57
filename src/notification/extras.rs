//! Custom content: the pairs that reach the opened Activity as extras, from `--ext`, `--ext-json` and message files.

use super::{Draft, Origin, json, read};
use crate::click::quoted;
use crate::failure::{Kind, Problem};
use serde_json::{Map, Value};

impl Draft {
    /// `--ext key=value`; the value is text.
    pub(crate) fn ext(&mut self, assignment: &str) -> &mut Self {
        match assignment.split_once('=').filter(|(key, _)| !key.is_empty()) {
            Some((key, value)) => {
                self.extra(key.to_owned(), Value::String(value.to_owned()), Origin::Flag("--ext"));
            }
            None => {
                let message = format!("{} is not of the form key=value", quoted(assignment));
                let hint = "write for example --ext extKey=hello";
                self.problems.push(Problem::new(Kind::MalformedFlag, message, hint).at("--ext"));
            }
        }
        self
    }

    /// `--ext-json`: a JSON object, given directly or read from `file`.
    pub(crate) fn ext_json(&mut self, text: &str, file: Option<&str>) -> &mut Self {
        let source = file.map_or_else(String::new, |file| format!(" in {file}"));
        match json::parse(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(map)) => self.extras(map, Origin::Flag("--ext-json")),
            Ok(other) => {
                let what = read::kind_of(&other);
                let message = format!("the custom content{source} is {what}; it must be an object");
                let hint = "give an object, such as {\"extKey\": \"value\"}: each key becomes one extra";
                self.problems.push(Problem::new(Kind::NotAnObject, message, hint).at("--ext-json"));
                self
            }
            Err(error) => {
                let twice = error.to_string().contains(json::TWICE);
                let kind = if twice { Kind::DuplicateField } else { Kind::NotJson };
                let message = format!("the custom content{source} is not usable JSON: {error}");
                let hint = "give an object, such as '{\"extKey\": \"value\"}', or --ext extKey=value";
                self.problems.push(Problem::new(kind, message, hint).at("--ext-json"));
                self
            }
        }
    }

    /// The custom content as the wire has it: a JSON object in text; none if there are no pairs.
    pub(super) fn action_parameters(&self) -> Option<String> {
        if self.extras.is_empty() {
            return None;
        }
        let map: Map<String, Value> =
            self.extras.iter().map(|(key, given)| (key.clone(), given.value.clone())).collect();
        Some(Value::Object(map).to_string())
    }

    /// Where the custom content came from, each place once.
    pub(super) fn extras_place(&self) -> String {
        let mut places: Vec<String> = Vec::new();
        for given in self.extras.values() {
            let place = given.origin.to_string();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places.join(", ")
    }
}
