//! `--set key=json`: one field by its wire name.

use super::fields::Field;
use super::{Draft, Origin, json, warning};
use crate::failure::Kind;

impl Draft {
    /// `--set key=json`: a field that opush does not know is sent as it is; one that it knows is checked.
    pub(crate) fn set(&mut self, assignment: &str) -> &mut Self {
        let Some((key, text)) = assignment.split_once('=').filter(|(key, _)| !key.trim().is_empty()) else {
            let message = format!("{} is not of the form key=json", crate::click::quoted(assignment));
            let hint = "write for example --set notify_id=7 or --set 'category=\"IM\"'";
            return self.wrong(Kind::MalformedFlag, message, hint, "--set");
        };
        let origin = Origin::Set(key.to_owned());
        match json::parse(text) {
            Ok(value) => {
                if Field::named(key).is_some() {
                    let message = format!("{key} is a field that opush knows");
                    self.warnings.push(warning::SET_KNOWN.warning(message, &origin));
                }
                self.field(key, value, origin)
            }
            Err(error) => {
                let message = format!("the value of {key} is not JSON: {error}");
                let hint = format!("text needs quotes of its own: --set '{key}=\"…\"'");
                self.wrong(Kind::NotJson, message, hint, origin)
            }
        }
    }
}
