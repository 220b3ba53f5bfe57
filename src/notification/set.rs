//! `--set key=json`: one field by its wire name, sent as it is given.

use super::fields::Field;
use super::origin::Layer;
use super::read::{self, Read};
use super::{Draft, Given, Origin, json, unknown, warning};
use crate::failure::Kind;
use serde_json::Value;

impl Draft {
    /// `--set key=json`: sent to the letter. What opush would refuse of it is a warning.
    pub(crate) fn set(&mut self, assignment: &str) -> &mut Self {
        let Some((key, text)) = assignment.split_once('=').filter(|(key, _)| !key.trim().is_empty()) else {
            let message = format!("{} is not of the form key=json", crate::click::quoted(assignment));
            let hint = "write for example --set notify_id=7 or --set 'category=\"IM\"'";
            return self.wrong(Kind::MalformedFlag, message, hint, "--set");
        };
        let origin = Origin::Set(key.to_owned());
        match json::parse(text) {
            Ok(value) => self.set_field(key, value, origin),
            Err(error) => {
                let message = format!("the value of {key} is not JSON: {error}");
                let hint = format!("text needs quotes of its own: --set '{key}=\"…\"'");
                self.wrong(Kind::NotJson, message, hint, origin)
            }
        }
    }

    pub(super) fn set_field(&mut self, key: &str, value: Value, origin: Origin) -> &mut Self {
        let field = Field::named(key);
        let of_extras =
            || self.extras.values().map(|given| &given.origin).max_by_key(|origin| origin.layer());
        let old = match field {
            Some(Field::ActionParameters) => of_extras().cloned(),
            Some(field) => self.values.get(&field).map(|given| given.origin.clone()),
            None => None,
        };
        if let Some(old) = old.filter(|old| old.layer() == Layer::CommandLine) {
            self.given_twice(key, &old, &origin);
            return self;
        }
        if self.set_fields.insert(key.to_owned(), value.clone()).is_some() {
            let message = format!("{key} is given twice by --set");
            return self.wrong(Kind::DuplicateField, message, "keep one of the two", origin);
        }
        let Some(field) = field else {
            self.warnings.push(unknown::warn(key, &origin));
            return self;
        };
        self.warnings.push(warning::SET_KNOWN.warning(format!("{key} is sent as it is given"), &origin));
        self.values.remove(&field);
        match read::read(field, value, self.broadcast) {
            Ok(Read::AsDocumented(Value::Object(pairs))) if field == Field::ActionParameters => {
                self.extras.clear();
                return self.extras(pairs, origin);
            }
            Ok(Read::AsDocumented(value) | Read::Converted(value)) => {
                self.values.insert(field, Given { value, origin });
            }
            // It is there, whatever it is.
            Ok(Read::Unset) => drop(self.unreadable.insert(field)),
            Err(problem) => {
                self.unreadable.insert(field);
                self.warnings.push(warning::SET_REFUSED.warning(problem.message, &origin));
            }
        }
        self
    }
}
