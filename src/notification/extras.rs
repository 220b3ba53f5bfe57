//! Custom content: the pairs that reach the opened Activity as extras, from `--ext`, `--ext-json` and message files.

use super::{Draft, Origin, json};
use crate::click::quoted;
use crate::failure::Kind;
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
                self.wrong(Kind::MalformedFlag, message, "write for example --ext extKey=hello", "--ext");
            }
        }
        self
    }

    /// `--ext-json`: a JSON object, given directly or read from `file`.
    pub(crate) fn ext_json(&mut self, text: &str, file: Option<&str>) -> &mut Self {
        let what = format!("the custom content{}", file.map_or(String::new(), |file| format!(" in {file}")));
        match json::object(text, &what) {
            Ok(map) => self.extras(map, Origin::Flag("--ext-json")),
            Err((kind, message, _)) => {
                let hint = "give an object, such as '{\"extKey\": \"value\"}', or --ext extKey=value";
                self.wrong(kind, message, hint, "--ext-json")
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
