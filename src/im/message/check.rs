//! The rules of a whole message: every violation at once, each with its field and place.
//! Types of single fields are in `shape`, the rules of OfflinePushInfo in `push_rules`.

use serde_json::{Map, Value};

use super::shape::{kind_of, walk};
use super::warning;
use super::{Checked, Draft, MESSAGE, push_rules, switched_off};
use crate::failure::{Kind, Problem, Warning};

/// The looser reading of the disputed limit of a message; longer is refused.
const LONGEST: usize = 12 * 1024;

/// The stricter one; longer is warned about.
const LONG: usize = 8 * 1024;

/// The elements that a message may have (IM reference, sections 7 and 8).
const ELEMENTS: [&str; 8] = [
    "TIMTextElem",
    "TIMLocationElem",
    "TIMFaceElem",
    "TIMCustomElem",
    "TIMSoundElem",
    "TIMImageElem",
    "TIMFileElem",
    "TIMVideoFileElem",
];

pub(super) fn check(draft: &Draft) -> Result<Checked, Vec<Problem>> {
    let mut problems = draft.problems.clone();
    let mut warnings = Vec::new();
    let body = &draft.body;
    // A file that could not be read lacks everything; to say so of each field would be noise.
    if problems.is_empty() {
        needed(draft, &mut problems);
    }
    walk(draft, body, MESSAGE, "", &mut problems);
    users(draft, &mut warnings);
    online_only(draft, &mut warnings);
    for (at, element) in array(body, "MsgBody").iter().enumerate() {
        let kind = element.get("MsgType").and_then(Value::as_str).unwrap_or_default();
        if !kind.is_empty() && !ELEMENTS.contains(&kind) {
            let message = format!("MsgBody[{at}] is a {kind:?}, which the documents do not have");
            warnings.push(warning::ELEMENT_UNKNOWN.warning(message, draft.place("MsgBody")));
        }
    }
    push_rules::check(draft, &mut problems, &mut warnings);
    let length = Value::Object(body.clone()).to_string().len();
    if length > LONGEST {
        let message =
            format!("the message has {length} bytes of JSON; the IM server takes at most {LONGEST}");
        problems.push(Problem::new(Kind::TooLong, message, "shorten it").at(draft.place("MsgBody")));
    } else if length > LONG {
        let message = format!("the message has {length} bytes of JSON");
        warnings.push(warning::MESSAGE_LENGTH.warning(message, draft.place("MsgBody")));
    }
    if problems.is_empty() { Ok(Checked { body: body.clone(), warnings }) } else { Err(problems) }
}

fn needed(draft: &Draft, problems: &mut Vec<Problem>) {
    for (name, flag, hint) in [
        ("To_Account", "--to", "give the receiver: --to U"),
        ("MsgBody", "--text", "give a text: --text T, or elements in a message file"),
    ] {
        if !draft.body.contains_key(name) {
            problems
                .push(Problem::new(Kind::MissingField, format!("the message has no {name}"), hint).at(flag));
        }
    }
}

fn users(draft: &Draft, warnings: &mut Vec<Warning>) {
    for name in ["From_Account", "To_Account"] {
        if let Some(user) = text(&draft.body, name)
            && let Some(odd) = user.chars().find(|c| !c.is_ascii_graphic() && !c.is_control())
        {
            let message = format!("the UserID holds {odd:?}");
            warnings.push(warning::USER_ODD.warning(message, draft.place(name)));
        }
    }
}

fn online_only(draft: &Draft, warnings: &mut Vec<Warning>) {
    for switch in switched_off(&draft.body).filter(|switch| !switch.in_push_info) {
        let message = format!("{switch} means: only to those who are online");
        warnings.push(warning::NOT_PUSHED.warning(message, draft.place(switch.name)));
    }
}

/// The shape of MsgBody.
pub(super) fn elements(elements: &[Value], path: &str, place: &str, problems: &mut Vec<Problem>) {
    let mut say = |kind, message: String, hint: &'static str| {
        problems.push(Problem::new(kind, message, hint).at(place));
    };
    if elements.is_empty() {
        say(Kind::Empty, format!("{path} has no element"), "give a text: --text T");
    }
    for (at, element) in elements.iter().enumerate() {
        let Value::Object(element) = element else {
            let message = format!("{path}[{at}] must be an object, not {}", kind_of(element));
            say(Kind::WrongFieldType, message, "write {\"MsgType\": …, \"MsgContent\": { … }}");
            continue;
        };
        for (name, fits) in [
            (
                "MsgType",
                element.get("MsgType").is_some_and(|kind| kind.as_str().is_some_and(|kind| !kind.is_empty())),
            ),
            ("MsgContent", element.get("MsgContent").is_some_and(Value::is_object)),
        ] {
            match element.get(name) {
                _ if fits => {}
                None => say(
                    Kind::MissingField,
                    format!("{path}[{at}] has no {name}"),
                    "write {\"MsgType\": …, \"MsgContent\": { … }}",
                ),
                Some(value) => {
                    let message = format!("{path}[{at}].{name} can not be {}", kind_of(value));
                    say(Kind::WrongFieldType, message, "MsgType is a name, MsgContent an object");
                }
            }
        }
        if element.get("MsgType").and_then(Value::as_str) == Some("TIMTextElem")
            && let Some(Value::Object(content)) = element.get("MsgContent")
        {
            match content.get("Text") {
                Some(Value::String(text)) if !text.is_empty() => {}
                Some(Value::String(_)) => {
                    say(Kind::Empty, format!("{path}[{at}] has an empty Text"), "give a text: --text T");
                }
                Some(other) => {
                    let message =
                        format!("{path}[{at}].MsgContent.Text must be a string, not {}", kind_of(other));
                    say(Kind::WrongFieldType, message, "put it in quotes");
                }
                None => say(Kind::MissingField, format!("{path}[{at}] has no Text"), "give a text: --text T"),
            }
        }
    }
}

/// The array under a key, empty if there is none.
pub(super) fn array<'a>(map: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    map.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn text<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    map.get(key).and_then(Value::as_str)
}

pub(super) fn int(map: &Map<String, Value>, key: &str) -> Option<i64> {
    map.get(key).and_then(Value::as_i64)
}
