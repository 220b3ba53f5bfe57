//! The rules of OfflinePushInfo beyond types: Ext, category and level, templates, a text to show (IM reference, section 7).
//! What OPPO itself would say of the notification belongs to `notification`.

use serde_json::{Map, Value};

use super::values::{key_twice_in, kind_of, text};
use super::warning;
use super::{Draft, shows_nothing, switched_off};
use crate::failure::{Kind, Problem, Warning};
use crate::notification::{categories, is_escaped_twice};

/// Bytes of Ext, and of Desc and Ext together, that Tencent advises.
const EXT: usize = 1024;
const DESC_AND_EXT: usize = 3 * 1024;

/// OPPO's own limits, in characters, at their most generous (OPPO reference, section 5).
const TITLE: usize = 50;
const TEXT: usize = 200;

pub(super) fn check(draft: &Draft, problems: &mut Vec<Problem>, warnings: &mut Vec<Warning>) {
    let empty = Map::new();
    let push = draft.body.get("OfflinePushInfo").and_then(Value::as_object).unwrap_or(&empty);
    let place = |name: &str| draft.place(&format!("OfflinePushInfo.{name}"));
    for switch in switched_off(&draft.body).filter(|switch| switch.in_push_info) {
        let message = format!("{switch} means: no offline push");
        warnings.push(warning::NOT_PUSHED.warning(message, place(switch.name)));
    }
    if shows_nothing(&draft.body) {
        let message = "the message is a single custom element without Desc, so that no push is made";
        warnings.push(warning::NOTHING_TO_SHOW.warning(message, draft.place("MsgBody")));
    }
    ext(push, &place("Ext"), problems, warnings);
    let together = ["Desc", "Ext"].iter().filter_map(|name| text(push, name)).map(str::len).sum::<usize>();
    if together > DESC_AND_EXT {
        let message = format!("Desc and Ext have {together} bytes together");
        warnings.push(warning::PUSH_LENGTH.warning(message, place("Desc")));
    }
    for (name, limit) in [("Title", TITLE), ("Desc", TEXT)] {
        let length = text(push, name).map_or(0, |text| text.chars().count());
        if length > limit {
            let message = format!("{name} has {length} characters");
            warnings.push(warning::OPPO_LENGTH.warning(message, place(name)));
        }
    }
    if let Some(android) = push.get("AndroidInfo").and_then(Value::as_object) {
        oppo(draft, android, problems, warnings);
    }
}

/// Ext must be JSON text of an object: OPPO drops the push otherwise, and each top-level key becomes one extra.
fn ext(push: &Map<String, Value>, place: &str, problems: &mut Vec<Problem>, warnings: &mut Vec<Warning>) {
    let Some(ext) = text(push, "Ext") else { return };
    if ext.len() > EXT {
        let message = format!("Ext has {} bytes", ext.len());
        warnings.push(warning::EXT_LENGTH.warning(message, place));
    }
    let object = match serde_json::from_str(ext) {
        Ok(Value::Object(object)) => object,
        other => {
            let (kind, message) = match other {
                Ok(_) if is_escaped_twice(ext) => {
                    (Kind::NotAnObject, "Ext is escaped twice: it is JSON text in JSON text".to_owned())
                }
                Ok(other) => (Kind::NotAnObject, format!("Ext holds {}, not an object", kind_of(&other))),
                Err(_) if is_escaped_twice(ext) => {
                    let message =
                        "Ext is escaped twice: its text holds backslashes before its quotes".to_owned();
                    (Kind::NotJson, message)
                }
                Err(error) => (Kind::NotJson, format!("Ext is not JSON: {error}")),
            };
            let hint = "write an object, such as {\"extKey\":\"value\"}; OPPO phones get no push otherwise";
            return problems.push(Problem::new(kind, message, hint).at(place));
        }
    };
    if let Some(key) = key_twice_in(ext) {
        let message = format!("the key {key:?} is twice in Ext");
        let problem =
            Problem::new(Kind::DuplicateField, message, "keep one of the two: each key is one extra");
        problems.push(problem.at(place));
    }
    for (key, value) in &object {
        let key = super::super::envelope::cut(key);
        let kind = match value {
            Value::String(_) => continue,
            // Tencent's own apps and its push plugin read these two as JSON text.
            Value::Object(_) if key == "entity" || key == "timPushFeatures" => continue,
            Value::Object(_) | Value::Array(_) => warning::EXT_NESTED,
            _ => warning::EXT_NOT_TEXT,
        };
        let message = format!("the value of {key:?} in Ext is {}", kind_of(value));
        warnings.push(kind.warning(message, place));
    }
}

/// What AndroidInfo says of OPPO.
fn oppo(
    draft: &Draft,
    android: &Map<String, Value>,
    problems: &mut Vec<Problem>,
    warnings: &mut Vec<Warning>,
) {
    let place = |name: &str| draft.place(&format!("OfflinePushInfo.AndroidInfo.{name}"));
    let category = text(android, "OPPOCategory").filter(|category| !category.is_empty());
    if android.contains_key("OPPONotifyLevel") && category.is_none() {
        let message = "OPPONotifyLevel is given without OPPOCategory";
        let hint = "give the category that OPPO granted the app: --category NAME";
        problems.push(Problem::new(Kind::MissingField, message, hint).at(place("OPPONotifyLevel")));
    }
    if let Some(unusual) = category.and_then(categories::unusual) {
        let message = format!("OPPOCategory is {unusual}");
        warnings.push(warning::CATEGORY_UNUSUAL.warning(message, place("OPPOCategory")));
    }
    let template = text(android, "OPPOPrivateMsgTemplateId").filter(|id| !id.is_empty());
    if let (Some(_), Some(category)) = (template, category)
        && categories::is_marketing(category)
    {
        let message = format!("a private template is named with category {category}");
        warnings.push(warning::TEMPLATE_VOID.warning(message, place("OPPOPrivateMsgTemplateId")));
    }
    if text(android, "Sound").is_some_and(|sound| !sound.is_empty()) {
        warnings.push(warning::NO_SOUND.warning("a sound is named", place("Sound")));
    }
}
