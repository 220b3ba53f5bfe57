//! Names that a unicast's notification does not have: the explanation of each, and which are sent all the same.

use super::fields::{Applies, Field};
use super::{Origin, warning};
use crate::failure::{Kind, Problem, Warning};

/// Keys of the message around the notification (OPPO reference, section 4.1).
pub(super) const WHOLE_MESSAGE: [&str; 5] =
    ["notification", "target_type", "target_value", "verify_registration_id", "messages"];

/// The explanation for every field about sound or vibration (OPPO reference, section 5).
pub(crate) fn no_sound(place: impl Into<String>) -> Problem {
    Problem::new(
        Kind::NoSound,
        "OPPO has no custom sounds: a push cannot choose sound or vibration",
        "the app's notification channel and the system's settings decide: set them on the channel that channel_id \
         names. A category with notify level 16 (banner, vibration, sound) makes the phone alert, if OPPO granted it",
    )
    .at(place)
}

/// A name that is not a field of a unicast: an explanation, or, from `--set`, the warning with which it is sent.
pub(super) fn answer(key: &str, origin: &Origin) -> Result<Warning, Problem> {
    let place = origin.to_string();
    if let Some(problem) = never_sent(key, &place) {
        return Err(problem);
    }
    let meant = meant(key);
    if origin.is_set() {
        let mut message = format!("{key} is not a field of OPPO's notification that opush knows");
        if let Some(meant) = meant {
            message.push_str(&format!("; {meant} is"));
        }
        return Ok(warning::SET_UNKNOWN.warning(message, place));
    }
    let message = format!("a notification has no field {}", crate::click::quoted(key));
    let hint = match meant {
        Some(meant) => {
            format!("did you mean \"{meant}\"? A field that opush does not know goes with --set")
        }
        None if is_paid(key) => {
            format!("it belongs to OPPO's paid value-added API. To send it all the same: --set '{key}=JSON'")
        }
        None => format!("leave it out, or send it as it is with --set '{key}=JSON'"),
    };
    Err(Problem::new(Kind::UnknownField, message, hint).at(place))
}

fn is_paid(key: &str) -> bool {
    Field::try_from(key).is_ok_and(|field| field.row().applies == Applies::PaidOnly)
}

/// What may not be sent even with `--set`.
fn never_sent(key: &str, place: &str) -> Option<Problem> {
    let plain = key.to_ascii_lowercase();
    if ["sound", "vibrat", "ringtone"].iter().any(|word| plain.contains(word)) {
        return Some(no_sound(place));
    }
    let field = Field::try_from(snake_case(key).as_str()).ok();
    if let Some((field, reason)) = field.and_then(|field| Some((field, field.broadcast_only()?))) {
        let message = format!("{} is not for a push to one phone: {reason}", field.name());
        return Some(Problem::new(Kind::NotForUnicast, message, "leave it out").at(place));
    }
    if WHOLE_MESSAGE.contains(&key) {
        let message = format!("{key} belongs to the message around the notification");
        let hint = "give the target by --reg-id, --alias or --user";
        return Some(Problem::new(Kind::UnknownField, message, hint).at(place));
    }
    None
}

/// The field that an unknown name probably means.
fn meant(key: &str) -> Option<&'static str> {
    let snake = snake_case(key);
    if let Some(field) = Field::unicast().find(|field| snake_case(field.name()) == snake) {
        return Some(field.name());
    }
    if is_paid(key) || key.len() > 40 {
        return None;
    }
    Field::unicast()
        .map(|field| (strsim::damerau_levenshtein(field.name(), &snake), field.name()))
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
