//! Answers of OPPO and of the IM server, explained by the tables of their codes.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use strum::{IntoStaticStr, VariantArray};

use super::kind::PayloadKind;
use super::path::{at, below};
use super::warning;
use crate::failure::{Remedy, Warning};
use crate::im::codes;
use crate::return_codes;

/// Whose word is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum CodeOf {
    /// a return code of OPPO
    OppoCode,
    /// an ErrorCode of the IM server
    ImCode,
    /// the event of a receipt
    Receipt,
}

/// A code or an event, and what it means.
#[derive(Clone, Debug)]
pub(crate) struct Meaning {
    pub(crate) of: CodeOf,
    pub(crate) code: Option<i64>,
    /// The name of the code, or the event.
    pub(crate) word: String,
    pub(crate) meaning: String,
    pub(crate) remedy: Option<Remedy>,
    pub(crate) count: u64,
    pub(crate) place: String,
    pub(crate) warning: Option<Warning>,
}

/// The codes of an answer, if the object is one.
pub(super) fn find(map: &Map<String, Value>, path: &str) -> Option<(PayloadKind, Vec<Meaning>)> {
    if map.contains_key("ActionStatus") && map.contains_key("ErrorCode") {
        let mut all = vec![im(integer(map.get("ErrorCode"))?, below(path, "ErrorCode"))];
        for (index, item) in list(map.get("ErrorList")) {
            let place = at(&below(path, "ErrorList"), index);
            all.extend(integer(item.get("ErrorCode")).map(|code| im(code, below(&place, "ErrorCode"))));
        }
        return Some((PayloadKind::ImAnswer, merged(all)));
    }
    let code = integer(map.get("code"))?;
    let is_envelope = map
        .keys()
        .all(|key| ["code", "message", "msg", "data", "requestId", "request_id"].contains(&key.as_str()))
        && (map.len() > 1);
    if !is_envelope {
        return None;
    }
    let mut all = vec![oppo(code, below(path, "code"))];
    let data = below(path, "data");
    for (index, item) in list(map.get("data")) {
        let place = below(&at(&data, index), "errorCode");
        all.extend(integer(item.get("errorCode")).map(|code| oppo(code, place)));
    }
    for (name, targets) in map.get("data").and_then(Value::as_object).into_iter().flatten() {
        let digits = name.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(code) = name.parse().ok().filter(|_| digits && targets.is_array()) {
            all.push(oppo(code, below(&data, name)));
        }
    }
    Some((PayloadKind::OppoAnswer, merged(all)))
}

fn list(value: Option<&Value>) -> impl Iterator<Item = (usize, &Value)> {
    value.and_then(Value::as_array).into_iter().flatten().enumerate()
}

fn oppo(code: i64, place: String) -> Meaning {
    let row = i32::try_from(code).ok().and_then(return_codes::find);
    let meaning = row.map(|row| (row.name.to_owned(), row.meaning, Remedy::from(row.remedy)));
    explained(CodeOf::OppoCode, code, place, meaning)
}

fn im(code: i64, place: String) -> Meaning {
    let known = codes::find(code).map(|row| ("ErrorCode".to_owned(), row.meaning, Remedy::from(row.remedy)));
    let accepted =
        ("OK".to_owned(), "the IM server took the call; it says nothing of a push", Remedy::default());
    explained(CodeOf::ImCode, code, place, if code == 0 { Some(accepted) } else { known })
}

fn explained(of: CodeOf, code: i64, place: String, row: Option<(String, &'static str, Remedy)>) -> Meaning {
    let warning =
        row.is_none().then(|| warning::UNKNOWN_CODE.warning(format!("the code {code} is not known"), &place));
    let (word, meaning, remedy) =
        row.unwrap_or_else(|| ("unknown".to_owned(), "no document has this code", Remedy::default()));
    let remedy = Some(remedy).filter(|remedy| !remedy.is_empty());
    Meaning { of, code: Some(code), word, meaning: meaning.to_owned(), remedy, count: 1, place, warning }
}

fn integer(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_i64(),
    }
}

/// Each word once, with how often it comes.
pub(super) fn merged(all: Vec<Meaning>) -> Vec<Meaning> {
    let mut merged: Vec<Meaning> = Vec::new();
    let mut seen = HashMap::new();
    for one in all {
        match seen.get(&(one.word.clone(), one.code)) {
            Some(&index) => {
                let first: &mut Meaning = &mut merged[index];
                first.count += 1;
            }
            None => {
                seen.insert((one.word.clone(), one.code), merged.len());
                merged.push(one);
            }
        }
    }
    merged
}
