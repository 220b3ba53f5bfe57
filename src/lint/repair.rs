//! The corrected message: what can only be meant in one way is put right, and each change is said.
//! Secrets are left out.

use serde_json::{Map, Value};

use super::item::{Fields, Item};
use super::judge::{call_back_url, draft, hide};
use super::path::json_in;
use super::warning;
use crate::clock::Timestamp;
use crate::failure::{Kind, Problem, Warning};
use crate::masking;
use crate::notification::{Field, TargetKind, meant, snake_case};

/// A message for `send --message-file`, and what was changed.
#[derive(Clone, Debug)]
pub(crate) struct Fixed {
    pub(crate) message: Map<String, Value>,
    pub(crate) changes: Vec<Warning>,
}

/// The corrected message, or what only a person can decide.
pub(crate) fn fix(item: &Item, now: Timestamp) -> Result<Fixed, Vec<Problem>> {
    let mut repair = Repair { message: Map::new(), changes: Vec::new() };
    let url = call_back_url(&item.found.fields);
    repair.names(&item.found.fields);
    repair.click();
    repair.values();
    repair.secrets();
    // What a push to one phone can't have is left out; each round takes at least one name.
    loop {
        let fields = Fields::AsGiven(repair.message.clone());
        match draft(&fields, "").check(now, TargetKind::RegId) {
            Ok(checked) => return Ok(Fixed { message: checked.wire, changes: repair.changes }),
            Err(problems) if repair.leave_out(&problems) => {}
            Err(problems) => {
                let hide = |text: &str| hide(text, url.as_deref());
                let problems = problems.into_iter().map(|mut problem| {
                    problem.message = hide(&problem.message);
                    *problem.hint = problem.hint.reworded(hide);
                    problem.place =
                        problem.place.trim_start_matches("payload: ").trim_start_matches("--").to_owned();
                    problem
                });
                return Err(problems.collect());
            }
        }
    }
}

struct Repair {
    message: Map<String, Value>,
    changes: Vec<Warning>,
}

impl Repair {
    fn say(&mut self, message: String, place: &str) {
        self.changes.push(warning::REPAIRED.warning(message, place));
    }

    /// Each name as OPPO has it; what has no field is left out.
    fn names(&mut self, fields: &Fields) {
        let pairs: Vec<(&str, &str, &Value)> = match fields {
            Fields::AsGiven(map) => {
                map.iter().map(|(name, value)| (name.as_str(), name.as_str(), value)).collect()
            }
            Fields::Mapped(names) => {
                names.iter().map(|one| (one.from.as_str(), one.to.as_str(), &one.value)).collect()
            }
        };
        let is_field = |name: &str| Field::named(name).or_else(|| Field::named(&snake_case(name)));
        let mut others = Vec::new();
        for (from, name, value) in pairs {
            match is_field(name) {
                Some(field) => drop(self.message.entry(field.name()).or_insert_with(|| value.clone())),
                None => others.push((from, name, value)),
            }
        }
        for (from, name, value) in others {
            let shown = crate::click::quoted(name);
            match meant(name).filter(|field| !self.message.contains_key(*field)) {
                _ if masking::is_secret(name) => {
                    let message = format!("{shown} is left out");
                    self.changes.push(warning::SECRET_LEFT_OUT.warning(message, from));
                }
                Some(field) => {
                    self.message.insert(field.to_owned(), value.clone());
                    self.say(format!("{shown} is {field}"), from);
                }
                None => self.say(format!("{shown} is left out: a notification has no such field"), from),
            }
        }
    }

    fn text(&self, field: Field) -> Option<&str> {
        self.message.get(field.name())?.as_str().filter(|text| !text.is_empty())
    }

    /// What a tap opens is in the field that its number needs.
    fn click(&mut self) {
        let (activity, url) = (Field::ClickActionActivity, Field::ClickActionUrl);
        let is_url = |text: &str| text.contains("://") || text.starts_with("intent:");
        let is_class = |text: &str| {
            text.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_uppercase()))
        };
        let (in_activity, in_url) =
            (self.text(activity).map(str::to_owned), self.text(url).map(str::to_owned));
        let number = self.message.get(Field::ClickActionType.name()).and_then(|value| match value {
            Value::String(text) => text.parse().ok(),
            other => other.as_i64(),
        });
        let (from, to) = match (number, &in_activity, &in_url) {
            (Some(2 | 5), Some(text), None) if is_url(text) => (activity, url),
            (Some(1 | 4), None, Some(text)) if !is_url(text) => (url, activity),
            _ => (activity, activity),
        };
        if from != to
            && let Some(value) = self.message.shift_remove(from.name())
        {
            self.message.insert(to.name().to_owned(), value);
            let number = number.unwrap_or_default();
            self.say(format!("click_action_type {number} has it in {}", to.name()), from.name());
        }
        let given = |text: &str| if text.starts_with("http") { 2 } else { 5 };
        let implied = match (number, self.text(activity), self.text(url)) {
            (None, None, Some(text)) if is_url(text) => Some(given(text)),
            (None, Some(text), None) if text.contains('.') && !is_url(text) => {
                Some(if is_class(text) { 4 } else { 1 })
            }
            (Some(2), _, Some(text)) if is_url(text) && given(text) == 5 => Some(5),
            _ => None,
        };
        if let Some(number) = implied {
            let name = Field::ClickActionType.name();
            self.message.insert(name.to_owned(), number.into());
            self.say(format!("click_action_type is {number}"), name);
        }
    }

    /// Times in seconds, objects that are escaped twice, white space around a name.
    fn values(&mut self) {
        for field in [Field::ShowStartTime, Field::ShowEndTime] {
            let seconds = self.message.get(field.name()).and_then(|value| match value {
                Value::String(text) => text.parse::<i64>().ok(),
                other => other.as_i64(),
            });
            if let Some(seconds) = seconds.filter(|seconds| (1_000_000_000..=9_999_999_999).contains(seconds))
            {
                self.message.insert(field.name().to_owned(), (seconds * 1000).into());
                self.say(format!("{} is in milliseconds", field.name()), field.name());
            }
        }
        for field in [Field::ActionParameters, Field::PrivateTitleParameters, Field::PrivateContentParameters]
        {
            let text = self.text(field).filter(|text| crate::notification::is_escaped_twice(text));
            if let Some(value @ Value::Object(_)) = text.and_then(json_in) {
                self.message.insert(field.name().to_owned(), value);
                self.say(format!("{} is escaped once", field.name()), field.name());
            }
        }
        for field in [
            Field::ChannelId,
            Field::Category,
            Field::PrivateMsgTemplateId,
            Field::ClickActionActivity,
            Field::ClickActionUrl,
        ] {
            let Some(text) = self.text(field).filter(|text| text.trim() != *text) else { continue };
            let trimmed = Value::from(text.trim());
            self.message.insert(field.name().to_owned(), trimmed);
            self.say(format!("{} has no white space around it", field.name()), field.name());
        }
    }

    /// No secret is printed: not in the path of the callback URL, not in custom content, not in any text.
    fn secrets(&mut self) {
        let name = Field::CallBackUrl.name();
        let shown = self.text(Field::CallBackUrl).filter(|url| hide(url, Some(url)) != *url);
        if shown.is_some() {
            self.message.shift_remove(name);
            self.message.shift_remove(Field::CallBackParameter.name());
            let message = "call_back_url is left out: its path may be a secret".to_owned();
            self.changes.push(warning::SECRET_LEFT_OUT.warning(message, name));
        }
        let mut changed = Vec::new();
        for (name, value) in &mut self.message {
            let before = value.clone();
            without_secrets(value);
            if *value != before {
                changed.push(name.clone());
            }
        }
        for name in changed {
            let message = format!("a secret in {name} is left out");
            self.changes.push(warning::SECRET_LEFT_OUT.warning(message, name));
        }
    }

    /// Leaves out the names that can't go to one phone; whether there was one.
    fn leave_out(&mut self, problems: &[Problem]) -> bool {
        let kinds = [Kind::NotForUnicast, Kind::NoSound, Kind::UnknownField];
        let mut any = false;
        for problem in problems.iter().filter(|problem| kinds.contains(&problem.kind)) {
            let name = problem.place.trim_start_matches("payload: ");
            if self.message.shift_remove(name).is_some() {
                self.changes.push(
                    warning::REPAIRED.warning(format!("{name} is left out: {}", problem.message), name),
                );
                any = true;
            }
        }
        any
    }
}

fn without_secrets(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|name, _| !masking::is_secret(name));
            map.values_mut().for_each(without_secrets);
        }
        Value::Array(items) => items.iter_mut().for_each(without_secrets),
        Value::String(text) => match json_in(text) {
            Some(mut inner) => {
                let before = inner.clone();
                without_secrets(&mut inner);
                if inner != before {
                    *text = inner.to_string();
                }
            }
            None => *text = masking::in_text(text).replace(&format!("{}@", masking::MASK), ""),
        },
        _ => {}
    }
}
