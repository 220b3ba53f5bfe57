//! What OPPO would make of each message of a payload. The rules are those of `notification`, the reader is that of `send`.

use serde_json::{Map, Value};

use super::answers::Meaning;
use super::item::{Fields, Found, Item};
use super::kind::{Layer, PayloadKind};
use super::layers::{Peeled, peel};
use super::path::{below, json_in};
use super::payload::Payload;
use super::warning;
use crate::clock::Timestamp;
use crate::failure::{Kind, Problem, Warning};
use crate::masking;
use crate::notification::{Draft, Field, Judged, Origin, TargetKind};

/// A text, and what is in it.
#[derive(Clone, Debug)]
pub(crate) struct Linted {
    pub(crate) kind: PayloadKind,
    pub(crate) layers: Vec<Layer>,
    pub(crate) items: Vec<Item>,
    pub(crate) meanings: Vec<Meaning>,
    /// About the whole.
    pub(crate) problems: Vec<Problem>,
    pub(crate) warnings: Vec<Warning>,
}

/// At most so many messages are in one call (OPPO reference, section 4.2).
const MOST: usize = 1000;

/// Says what a text holds, and judges each message in it.
pub(crate) fn lint(text: &str, now: Timestamp) -> Linted {
    let Peeled { payload, broken, mut warnings } = peel(text);
    if masking::in_text(text) != text {
        warnings
            .push(warning::SECRET_IN_PAYLOAD.warning("the text holds a secret; it is not shown here", ""));
    }
    let Some(Payload { kind, layers, items, meanings }) = payload else {
        let unknown = broken.unwrap_or_else(|| nothing(text, &warnings));
        return Linted {
            kind: PayloadKind::Unknown,
            layers: Vec::new(),
            items: Vec::new(),
            meanings: Vec::new(),
            problems: vec![hidden(unknown, &masking::in_text)],
            warnings,
        };
    };
    let kind = kind.unwrap_or(PayloadKind::Unknown);
    let mut problems = Vec::new();
    if items.len() > MOST {
        let message = format!("messages has {}; OPPO takes at most {MOST} in one call", items.len());
        problems.push(Problem::new(Kind::TooLong, message, "split it into several calls").at("messages"));
    }
    warnings.extend(meanings.iter().filter_map(|meaning| meaning.warning.clone()));
    let items = items.into_iter().map(|found| judge(found, kind, now)).collect();
    Linted { kind, layers, items, meanings, problems, warnings }
}

/// What a text without a payload looks like, and what is accepted.
fn nothing(text: &str, warnings: &[Warning]) -> Problem {
    let trimmed = text.trim();
    let looks = match json_in(trimmed) {
        _ if trimmed.is_empty() => "the text is empty".to_owned(),
        _ if !warnings.is_empty() && trimmed.contains("curl") => {
            "the curl command holds no payload itself".to_owned()
        }
        Some(Value::Object(map)) => {
            let keys: Vec<String> = map.keys().take(5).map(|key| crate::click::quoted(key)).collect();
            let more = if map.len() > 5 { " …" } else { "" };
            format!("this is a JSON object with the keys {}{more}", keys.join(", "))
        }
        Some(Value::Array(items)) => format!("this is a JSON array of {}", items.len()),
        _ if trimmed.starts_with('<') => "this looks like a web page or XML".to_owned(),
        _ => format!("this is text of {} characters without a payload", trimmed.chars().count()),
    };
    let hint = "give OPPO's notification or request, an IM message with OfflinePushInfo, a payload of a push service, a \
                receipt or an answer: as JSON, a form body, a curl command or a line of a log";
    Problem::new(Kind::UnknownPayload, looks, hint)
}

/// The path that the reader of message files gets; it is taken off again.
const PASTED: &str = "payload";

/// A draft of the fields, read as `send --message-file` reads them.
pub(super) fn draft(fields: &Fields, path: &str) -> Draft {
    let mut draft = Draft::new();
    match fields {
        Fields::AsGiven(map) => {
            let inside = if path.is_empty() { String::new() } else { format!("{path}.") };
            draft.read_part(map.clone(), PASTED, &inside);
        }
        Fields::Mapped(names) => {
            for mapped in names {
                let origin = Origin::File { path: PASTED.to_owned(), key: mapped.from.clone() };
                draft.field(&mapped.to, mapped.value.clone(), origin);
            }
        }
    }
    draft
}

fn judge(mut found: Found, kind: PayloadKind, now: Timestamp) -> Item {
    mask(&mut found.fields);
    let target = if found.to_alias { TargetKind::Alias } else { TargetKind::RegId };
    let has_no_fields = found.fields == Fields::AsGiven(Map::new()) && !found.problems.is_empty()
        || kind == PayloadKind::Receipt;
    let judged = match has_no_fields {
        true => Judged { problems: Vec::new(), warnings: Vec::new(), wire: None },
        false => draft(&found.fields, &found.path).judge(now, target),
    };
    let Judged { mut problems, mut warnings, mut wire } = judged;
    if kind.fills_in_texts() {
        let missing =
            |problem: &Problem| problem.kind == Kind::MissingField && problem.message.ends_with("is missing");
        for problem in problems.extract_if(.., |problem| missing(problem)) {
            warnings.push(warning::FILLED_IN.warning(problem.message, problem.place));
        }
    }
    let url = call_back_url(&found.fields);
    let hide = |text: &str| hide(text, url.as_deref());
    let path = if matches!(found.fields, Fields::AsGiven(_)) { found.path.as_str() } else { "" };
    for problem in &mut problems {
        problem.place = place(&problem.place, path);
    }
    for warning in &mut warnings {
        warning.place = place(&warning.place, path);
    }
    problems.splice(0..0, found.problems.iter().cloned());
    warnings.splice(0..0, found.warnings.iter().cloned());
    once(&mut problems, &mut warnings);
    wire.iter_mut().flat_map(Map::iter_mut).for_each(|(_, value)| hide_in(value, &hide));
    let names = match &found.fields {
        Fields::AsGiven(_) => Vec::new(),
        Fields::Mapped(names) => {
            names.iter().map(|mapped| (mapped.from.clone(), mapped.to.clone())).collect()
        }
    };
    Item {
        path: found.path.clone(),
        names,
        notification: wire,
        problems: problems.into_iter().map(|problem| hidden(problem, &hide)).collect(),
        warnings: warnings
            .into_iter()
            .map(|warning| Warning {
                message: hide(&warning.message),
                place: hide(&warning.place),
                ..warning
            })
            .collect(),
        found,
    }
}

/// The IM server's rules and OPPO's may say the same of one name.
fn once(problems: &mut Vec<Problem>, warnings: &mut Vec<Warning>) {
    let mut seen = std::collections::HashSet::new();
    problems.retain(|problem| {
        problem.place.is_empty() || seen.insert((problem.kind.as_str(), problem.place.clone()))
    });
    let mut seen = std::collections::HashSet::new();
    warnings.retain(|warning| seen.insert((warning.id, warning.place.clone())));
}

fn mask(fields: &mut Fields) {
    match fields {
        Fields::AsGiven(map) => {
            let mut whole = Value::Object(std::mem::take(map));
            mask_value(&mut whole);
            if let Value::Object(masked) = whole {
                *map = masked;
            }
        }
        Fields::Mapped(names) => names.iter_mut().for_each(|mapped| mask_value(&mut mapped.value)),
    }
}

/// Values of secret names are masked before anything looks at them, in JSON texts too.
fn mask_value(value: &mut Value) {
    masking::in_value(value);
    match value {
        Value::Array(items) => items.iter_mut().for_each(mask_value),
        Value::Object(map) => map.values_mut().for_each(mask_value),
        Value::String(text) => {
            if let Some(mut inner) = json_in(text) {
                let before = inner.clone();
                mask_value(&mut inner);
                if inner != before {
                    *text = inner.to_string();
                }
            }
        }
        _ => {}
    }
}

/// Where a problem is, as a path of the payload: `payload: a.title` is `a.title`, `--title` what is missing.
fn place(place: &str, path: &str) -> String {
    if let Some(flag) = place.strip_prefix("--") {
        return below(path, &flag.replace('-', "_"));
    }
    match place.strip_prefix(PASTED) {
        Some("") => path.to_owned(),
        Some(rest) => rest.trim_start_matches(": ").replace(&format!(", {PASTED}: "), ", "),
        None => place.to_owned(),
    }
}

pub(super) fn call_back_url(fields: &Fields) -> Option<String> {
    let name = Field::CallBackUrl.name();
    let value = match fields {
        Fields::AsGiven(map) => map.get(name).or_else(|| map.get("callBackUrl")),
        Fields::Mapped(names) => names.iter().find(|mapped| mapped.to == name).map(|mapped| &mapped.value),
    };
    value.and_then(Value::as_str).map(str::to_owned)
}

/// The path of a callback URL lets anybody post receipts.
pub(super) fn hide(text: &str, url: Option<&str>) -> String {
    let text = masking::in_text(text);
    let Some(url) = url.filter(|url| url.len() > 8) else { return text };
    let masked = masking::in_text(url);
    let shown = match masked.find("://").and_then(|at| masked[at + 3..].find('/').map(|slash| at + 3 + slash))
    {
        Some(slash) if slash + 1 < masked.len() => format!("{}/{}", &masked[..slash], masking::MASK),
        _ => return text,
    };
    // A quotation may be cut.
    let cut: String = masked.chars().take(80).collect();
    text.replace(&masked, &shown).replace(&cut, &shown)
}

fn hide_in(value: &mut Value, hide: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = hide(text),
        Value::Array(items) => items.iter_mut().for_each(|item| hide_in(item, hide)),
        Value::Object(map) => map.values_mut().for_each(|value| hide_in(value, hide)),
        _ => {}
    }
}

fn hidden(mut problem: Problem, hide: &impl Fn(&str) -> String) -> Problem {
    problem.message = hide(&problem.message);
    problem.place = hide(&problem.place);
    *problem.hint = problem.hint.reworded(hide);
    problem
}
