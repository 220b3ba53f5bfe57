//! A message while it is put together: a file's fields, then the flags, which go before them, each with its place.
//! What it may contain is decided in `check`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{fields, values, warning};
use crate::failure::{Kind, Problem, Remedy, Warning};
use crate::notification::Form;

/// A message that is not checked yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(super) body: Map<String, Value>,
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Warning>,
    /// Of the file.
    form: Option<Form>,
    /// Flags by the path of the field that they set.
    places: BTreeMap<String, &'static str>,
    file: Option<String>,
    pairs: Vec<(String, String)>,
}

impl Draft {
    /// Takes the fields of a message file: the JSON object that `openim/sendmsg` takes. `path` is for messages.
    pub(crate) fn read_json(&mut self, text: &str, path: &str) -> &mut Self {
        self.file = Some(path.to_owned());
        match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(body)) => self.read_object(body, path),
            Ok(_) => self.problems.push(
                Problem::new(
                    Kind::NotAnObject,
                    "the message file holds JSON, but not an object",
                    "write the request of sendmsg: {\"MsgBody\": [ … ], \"OfflinePushInfo\": { … }}",
                )
                .at(path),
            ),
            Err(error) => {
                let place = format!("{path}:{}:{}", error.line(), error.column());
                let hint = "correct the file at that place; python3 -m json.tool FILE checks it too";
                let message = format!("the message file is not JSON: {error}");
                self.problems.push(Problem::new(Kind::NotJson, message, hint).at(place));
            }
        }
        self
    }

    /// The request itself, or an OfflinePushInfo by itself; what another call takes is named by the rules.
    fn read_object(&mut self, body: Map<String, Value>, path: &str) {
        let form = Form::of(&body);
        self.form = Some(form);
        if form == Form::OfflinePushInfo {
            let message = format!("the message file is {}", <&str>::from(form));
            self.warnings.push(warning::UNWRAPPED.warning(message, path));
            self.body = Map::from_iter([("OfflinePushInfo".to_owned(), Value::Object(body))]);
        } else {
            self.body = body;
        }
    }

    /// Sets the field of a flag, as the table of fields has it.
    pub(crate) fn flag(&mut self, flag: &'static str, value: impl Into<Value>) -> &mut Self {
        match fields::of_flag(flag) {
            Some(path) => self.set(&path, value, flag),
            None => self,
        }
    }

    /// Sets the field of this path, such as `OfflinePushInfo.Ext`.
    pub(crate) fn set(&mut self, path: &str, value: impl Into<Value>, flag: &'static str) -> &mut Self {
        let (above, name) = path.rsplit_once('.').unwrap_or(("", path));
        let mut above = above.split('.').filter(|key| !key.is_empty());
        if let Some(map) = above.try_fold(&mut self.body, |map, key| object(map, key)) {
            map.insert(name.to_owned(), value.into());
        }
        self.places.insert(path.to_owned(), flag);
        self
    }

    /// One `KEY=VALUE` of the custom content; pairs are added to what `--ext-json` or the file gives.
    pub(crate) fn ext_pair(&mut self, pair: &str) -> &mut Self {
        let problem = match pair.split_once('=') {
            Some(("", _)) => Some((Kind::Empty, "the key before = is empty".to_owned())),
            None => Some((Kind::MalformedFlag, format!("{pair:?} has no =; write KEY=VALUE"))),
            Some((key, _)) if self.pairs.iter().any(|(known, _)| known == key) => {
                Some((Kind::DuplicateField, format!("the key {key:?} is given twice")))
            }
            Some((key, value)) => {
                self.pairs.push((key.to_owned(), value.to_owned()));
                None
            }
        };
        let hint = "write each pair once, such as --ext extKey=value";
        self.problems.extend(problem.map(|(kind, message)| Problem::new(kind, message, hint).at("--ext")));
        self
    }

    /// Why the file is for another call, if it is. A flag for the receiver makes one message out of a batch.
    pub(super) fn other_call(&self) -> Option<Problem> {
        let file = self.file.as_ref()?;
        let form = self.form?;
        let hint = match form {
            Form::ImBatch if self.places.contains_key("To_Account") => return None,
            Form::Notification | Form::Message | Form::MessageBatch => {
                Remedy::run("send it to a phone by OPPO", "send --message-file <FILE> --reg-id <REG_ID>")
            }
            _ => form.instead().filter(|_| ![Form::ImMessage, Form::OfflinePushInfo].contains(&form))?,
        };
        let message = format!("the message file is {}, not of openim/sendmsg", <&str>::from(form));
        Some(Problem::new(Kind::UnknownField, message, hint.with("FILE", file)).at(file))
    }

    /// Where a field comes from: its flag, the file, or only its name.
    pub(super) fn place(&self, path: &str) -> String {
        match (self.places.get(path), &self.file) {
            (Some(flag), _) => (*flag).to_owned(),
            (None, Some(file)) if self.holds(path) => format!("{file}: {path}"),
            (None, _) => path.to_owned(),
        }
    }

    pub(super) fn is_by_flag(&self, path: &str) -> bool {
        self.places.contains_key(path)
    }

    fn holds(&self, path: &str) -> bool {
        let mut parts = path.split(['.', '[']);
        parts.next().is_some_and(|first| self.body.contains_key(first))
    }

    /// The message with the pairs in Ext; a base that is not an object is left for the rules to refuse.
    pub(super) fn with_pairs(&self) -> Draft {
        let mut whole = self.clone();
        if self.pairs.is_empty() {
            return whole;
        }
        if let Some(push) = object(&mut whole.body, "OfflinePushInfo") {
            let base = match push.get("Ext") {
                None => Some(Map::new()),
                Some(Value::String(text)) if values::key_twice_in(text).is_none() => {
                    serde_json::from_str(text).ok()
                }
                Some(_) => None,
            };
            if let Some(mut ext) = base {
                // A pair goes before what the file has; two flags that differ are a mistake.
                let by_flag = whole.places.contains_key("OfflinePushInfo.Ext");
                for (key, _) in self.pairs.iter().filter(|(key, _)| by_flag && ext.contains_key(key)) {
                    let message = format!("the key {key:?} is given twice, by --ext and by --ext-json");
                    let problem = Problem::new(Kind::DuplicateField, message, "keep one of the two");
                    whole.problems.push(problem.at("--ext"));
                }
                ext.extend(self.pairs.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))));
                push.insert("Ext".to_owned(), Value::Object(ext).to_string().into());
                whole.places.entry("OfflinePushInfo.Ext".to_owned()).or_insert("--ext");
            }
        }
        whole
    }
}

/// The body of a message of one text element.
pub(crate) fn text_body(text: &str) -> Value {
    json!([{ "MsgType": "TIMTextElem", "MsgContent": { "Text": text } }])
}

/// The object under a key, made if there is none; `None` if something else is there, which the types will say.
fn object<'a>(map: &'a mut Map<String, Value>, key: &str) -> Option<&'a mut Map<String, Value>> {
    map.entry(key).or_insert_with(|| Value::Object(Map::new())).as_object_mut()
}
