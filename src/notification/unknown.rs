//! Names that a notification does not have: the explanation of each, and the name that is right.

use super::fields::Field;
use super::payload::snake_case;
use super::{Origin, warning};
use crate::failure::{Kind, Problem, Warning};
use strum::VariantArray;

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

/// Why a name is not a field of a notification, and what was probably meant.
pub(super) fn explain(key: &str, origin: &Origin) -> Problem {
    let place = origin.to_string();
    if is_sound(key) {
        return no_sound(place);
    }
    if WHOLE_MESSAGE.contains(&key) {
        let message = format!("{key} belongs to the message around the notification");
        let hint = "give the target by --reg-id, --alias or --user";
        return Problem::new(Kind::UnknownField, message, hint).at(place);
    }
    let message = format!("a notification has no field {}", crate::click::quoted(key));
    let hint = match meant(key) {
        Some(meant) => format!("did you mean \"{meant}\"? A field that opush does not know goes with --set"),
        None => format!("leave it out, or send it as it is with --set '{key}=JSON'"),
    };
    Problem::new(Kind::UnknownField, message, hint).at(place)
}

/// The warning with which `--set` sends an unknown field.
pub(super) fn warn(key: &str, origin: &Origin) -> Warning {
    if is_sound(key) {
        return Warning::from(&no_sound(origin.to_string())).with_id(warning::SET_UNKNOWN.id);
    }
    let mut message = format!("{key} is not a field of OPPO's notification that opush knows");
    if let Some(meant) = meant(key) {
        message.push_str(&format!("; {meant} is"));
    }
    warning::SET_UNKNOWN.warning(message, origin)
}

fn is_sound(key: &str) -> bool {
    let plain = key.to_ascii_lowercase();
    ["sound", "vibrat", "ringtone"].iter().any(|word| plain.contains(word))
}

/// Names of other interfaces, and the field that says the same here.
const ELSEWHERE: [(&str, &str); 37] = [
    ("body", "content"),
    ("text", "content"),
    ("message", "content"),
    ("desc", "content"),
    ("descr", "content"),
    ("description", "content"),
    ("subtitle", "sub_title"),
    ("ext", "action_parameters"),
    ("extra", "action_parameters"),
    ("extras", "action_parameters"),
    ("extension", "action_parameters"),
    ("payload", "action_parameters"),
    ("custom_content", "action_parameters"),
    ("parameters", "action_parameters"),
    ("channel", "channel_id"),
    ("android_channel_id", "channel_id"),
    ("oppochannel_id", "channel_id"),
    ("android_oppochannel_id", "channel_id"),
    ("oppocategory", "category"),
    ("android_oppocategory", "category"),
    ("opponotify_level", "notify_level"),
    ("android_opponotify_level", "notify_level"),
    ("oppo_template_id", "private_msg_template_id"),
    ("template_id", "private_msg_template_id"),
    ("oppo_title_param", "private_title_parameters"),
    ("oppo_content_param", "private_content_parameters"),
    ("show_expire_time", "show_end_time"),
    ("expire_time", "off_line_ttl"),
    ("ttl", "off_line_ttl"),
    ("time_to_live", "off_line_ttl"),
    ("offline", "off_line"),
    ("url", "click_action_url"),
    ("intent", "click_action_activity"),
    ("activity", "click_action_activity"),
    ("callback", "call_back_url"),
    ("callback_param", "call_back_parameter"),
    ("request_id", "app_message_id"),
];

/// The field that an unknown name probably means.
pub(crate) fn meant(key: &str) -> Option<&'static str> {
    let snake = snake_case(key);
    if let Some(field) = Field::VARIANTS.iter().find(|field| snake_case(field.name()) == snake) {
        return Some(field.name());
    }
    if let Some((_, field)) = ELSEWHERE.iter().find(|(name, _)| *name == snake) {
        return Some(field);
    }
    if key.len() > 40 {
        return None;
    }
    Field::unicast()
        .map(|field| (strsim::damerau_levenshtein(field.name(), &snake), field.name()))
        .filter(|(distance, name)| *distance <= name.len() / 4)
        .min()
        .map(|(_, name)| name)
}
