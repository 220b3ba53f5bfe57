//! Names that a unicast's notification does not have: what is said about each, and which are sent all the same.
//! The lists of names are in `limits`.

use super::file::is_around;
use super::limits::{BROADCAST_ONLY, FIELDS, PAID_ONLY};
use super::{Draft, Origin, warning};
use crate::failure::{Kind, Problem};
use serde_json::Value;

/// The answer to any wish for a sound or vibration (OPPO reference, section 5).
pub(crate) fn no_sound(place: impl Into<String>) -> Problem {
    Problem::new(
        Kind::NoSound,
        "OPPO has no custom sounds: a push cannot choose sound or vibration",
        "The app's notification channel and the system's settings decide: set them on the channel that channel_id \
         names. A category with notify level 16 (banner, vibration, sound) makes the phone alert, if OPPO granted it",
    )
    .at(place)
}

impl Draft {
    /// A name that is no field of a unicast: an explanation, or from `--set` a field sent as it is.
    pub(super) fn put_unknown(&mut self, key: &str, value: Value, origin: Origin) -> &mut Self {
        let place = origin.to_string();
        if let Some(problem) = never_sent(key, &place) {
            self.problems.push(problem);
            return self;
        }
        if origin.is_set() {
            if self.set_fields.insert(key.to_owned(), value).is_some() {
                let message = format!("{key} is given twice by --set");
                self.problems
                    .push(Problem::new(Kind::DuplicateField, message, "Keep one of the two").at(place));
            } else {
                let mut message = format!("{key} is not a field of OPPO's notification that opush knows");
                if let Some(meant) = meant(key) {
                    message.push_str(&format!("; {meant} is"));
                }
                self.warnings.push(warning::SET_UNKNOWN.warning(message, place));
            }
            return self;
        }
        let message = format!("a notification has no field {}", crate::click::quoted(key));
        let hint = match meant(key) {
            Some(meant) => {
                format!("Did you mean \"{meant}\"? A field that opush does not know goes with --set")
            }
            None if PAID_ONLY.contains(&key) => format!(
                "It belongs to OPPO's paid value-added API. To send it all the same: --set '{key}=JSON'"
            ),
            None => format!("Leave it out, or send it as it is with --set '{key}=JSON'"),
        };
        self.problems.push(Problem::new(Kind::UnknownField, message, hint).at(place));
        self
    }
}

/// What may not be sent even with `--set`.
fn never_sent(key: &str, place: &str) -> Option<Problem> {
    let plain = key.to_ascii_lowercase();
    if ["sound", "vibrat", "ringtone"].iter().any(|word| plain.contains(word)) {
        return Some(no_sound(place));
    }
    if let Some((name, reason)) = BROADCAST_ONLY.iter().find(|(name, _)| *name == snake_case(key)) {
        let message = format!("{name} is not for a push to one phone: {reason}");
        return Some(Problem::new(Kind::NotForUnicast, message, "Leave it out").at(place));
    }
    if is_around(key) {
        let message = format!("{key} belongs to the message around the notification");
        let hint = "Give the target by --reg-id, --alias or --user";
        return Some(Problem::new(Kind::UnknownField, message, hint).at(place));
    }
    None
}

/// The field that an unknown name probably means.
fn meant(key: &str) -> Option<&'static str> {
    let snake = snake_case(key);
    if let Some(field) = FIELDS.iter().find(|field| field.name == snake || snake_case(field.name) == snake) {
        return Some(field.name);
    }
    if PAID_ONLY.contains(&key) || key.len() > 40 {
        return None;
    }
    FIELDS
        .iter()
        .map(|field| (strsim::damerau_levenshtein(field.name, &snake), field.name))
        .filter(|(distance, name)| *distance <= name.len() / 4)
        .min()
        .map(|(_, name)| name)
}

/// `offLineTtl` and `off-line-ttl` as `off_line_ttl`.
fn snake_case(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        out.push(if c == '-' { '_' } else { c.to_ascii_lowercase() });
    }
    out
}
