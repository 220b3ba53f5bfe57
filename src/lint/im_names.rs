//! What OPPO gets of an OfflinePushInfo, by the names of the REST API and of every client SDK (IM reference, section 7).
//! Whether the IM server takes the message is judged by `im`.

use serde_json::{Map, Value};

use super::item::{Fields, Found, Mapped};
use super::kind::PayloadKind;
use super::path::{below, unpacked};
use super::warning;
use crate::failure::{Problem, Warning};
use crate::im::message::{Draft, meant, text_body};
use crate::notification::{Field, Form};

/// The field of the REST API, and OPPO's.
const ROWS: [(&str, Field); 8] = [
    ("Title", Field::Title),
    ("Desc", Field::Content),
    ("Ext", Field::ActionParameters),
    ("OPPOChannelID", Field::ChannelId),
    ("OPPOCategory", Field::Category),
    ("OPPONotifyLevel", Field::NotifyLevel),
    ("OPPOPrivateMsgTemplateId", Field::PrivateMsgTemplateId),
    ("OPPOPrivateTitleParameters", Field::PrivateTitleParameters),
];
const CONTENT_PARAMETERS: (&str, Field) = ("OPPOPrivateContentParameters", Field::PrivateContentParameters);

/// Names that only an SDK's own object has; `offlinePushInfo` is the option of the Web SDK's sendMessage.
const SDK_MARKS: [&str; 13] = [
    "offlinepushinfo",
    "androidoppochannelid",
    "androidoppocategory",
    "androidopponotifylevel",
    "androidfcmchannelid",
    "androidhuaweichannelid",
    "androidxiaomichannelid",
    "disablepush",
    "iossound",
    "ignoreiosbadge",
    "androidsound",
    "vendorparams",
    "androidvivoclassification",
];

/// The C API puts this before its names.
const C_PREFIXES: [&str; 3] =
    ["android_offline_push_config_", "ios_offline_push_config_", "offline_push_config_"];

/// An IM message or push settings, if the object is one.
pub(super) fn find(map: &Map<String, Value>, path: &str) -> Option<(PayloadKind, Found)> {
    let form = Form::of(map);
    let by_rest = match form {
        Form::ImMessage | Form::ImBatch | Form::ImGroup | Form::PushPlugin => {
            map.contains_key("OfflinePushInfo").then_some(PayloadKind::ImMessage)
        }
        Form::OfflinePushInfo => Some(PayloadKind::OfflinePushInfo),
        _ => None,
    };
    if let Some(kind) = by_rest {
        return Some((kind, rest(map, path, kind)));
    }
    let info = map.iter().find(|(name, value)| {
        plain(name) == SDK_MARKS[0] && name.as_str() != "OfflinePushInfo" && value.is_object()
    });
    if let Some((name, Value::Object(info))) = info {
        return Some((PayloadKind::ImSdk, sdk(info, &below(path, name))));
    }
    let is_sdk = map.keys().any(|name| {
        SDK_MARKS[1..].contains(&plain(name).as_str())
            || C_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
    }) || map.contains_key("extension")
        && (map.contains_key("description") || map.contains_key("androidInfo"));
    is_sdk.then(|| (PayloadKind::ImSdk, sdk(map, path)))
}

/// A body of the REST API: the IM server's own rules, and what OPPO gets of it.
fn rest(map: &Map<String, Value>, path: &str, kind: PayloadKind) -> Found {
    let empty = Map::new();
    let (info, info_path) = match map.get("OfflinePushInfo") {
        Some(Value::Object(info)) if kind == PayloadKind::ImMessage => (info, below(path, "OfflinePushInfo")),
        _ if kind == PayloadKind::ImMessage => (&empty, below(path, "OfflinePushInfo")),
        _ => (map, path.to_owned()),
    };
    let form = Form::of(map);
    let (problems, mut warnings) = match form {
        Form::ImMessage => judged(map, path, ""),
        _ => judged(info, &info_path, "OfflinePushInfo"),
    };
    if !matches!(form, Form::ImMessage | Form::OfflinePushInfo) {
        let warning = warning::OTHER_CALL.warning(<&str>::from(form), path);
        let hint = form.instead().unwrap_or_else(|| warning.hint.clone());
        warnings.push(Warning { hint, ..warning });
    }
    let mut names = Vec::new();
    collect(info, &info_path, &mut names, 0);
    default_text(map, path, &mut names);
    Found { path: path.to_owned(), fields: Fields::Mapped(names), problems, warnings, to_alias: false }
}

/// What `im` says of a body, or of an OfflinePushInfo by itself, whose fields it names with `prefix`.
fn judged(map: &Map<String, Value>, path: &str, prefix: &str) -> (Vec<Problem>, Vec<Warning>) {
    const PASTED: &str = "payload";
    let mut draft = Draft::default();
    draft.read_json(&Value::Object(map.clone()).to_string(), PASTED);
    if !prefix.is_empty() {
        draft.set("OfflinePushInfo", map.clone(), "OfflinePushInfo");
        draft.flag("--to", "someone").flag("--text", text_body("text"));
    }
    let here = |place: &str| {
        let place = place.strip_prefix(PASTED).map_or(place, |place| place.trim_start_matches(": "));
        let place = place.strip_prefix(prefix).unwrap_or(place).trim_start_matches('.');
        if place.is_empty() { path.to_owned() } else { below(path, place) }
    };
    match draft.check() {
        Ok(checked) => {
            let kept = checked.warnings().iter().filter(|warning| warning.id != Some("unwrapped"));
            (
                Vec::new(),
                kept.map(|warning| Warning { place: here(&warning.place), ..warning.clone() }).collect(),
            )
        }
        Err(problems) => (
            problems.into_iter().map(|problem| Problem { place: here(&problem.place), ..problem }).collect(),
            Vec::new(),
        ),
    }
}

fn sdk(info: &Map<String, Value>, path: &str) -> Found {
    let mut names = Vec::new();
    collect(info, path, &mut names, 0);
    Found { path: path.to_owned(), fields: Fields::Mapped(names), ..Found::default() }
}

/// Without Desc the server shows the text of a text element.
fn default_text(map: &Map<String, Value>, path: &str, names: &mut Vec<Mapped>) {
    if names.iter().any(|mapped| mapped.to == Field::Content.name()) {
        return;
    }
    if let Some([only]) = map.get("MsgBody").and_then(Value::as_array).map(Vec::as_slice)
        && let Some(text) = only.pointer("/MsgContent/Text").filter(|text| text.as_str() != Some(""))
    {
        let from = below(path, "MsgBody[0].MsgContent.Text");
        names.push(Mapped { from, to: Field::Content.name().to_owned(), value: text.clone() });
    }
}

/// Every name that OPPO's notification has a field for; objects of one vendor lie one or two levels below.
fn collect(map: &Map<String, Value>, path: &str, names: &mut Vec<Mapped>, depth: usize) {
    for (name, value) in map {
        let from = below(path, name);
        let inner = ["androidinfo", "vendorparams", "androidconfig", "androidofflinepushconfig"];
        let plain_name = plain(name);
        if depth < 2
            && inner.iter().any(|inner| plain_name.ends_with(inner))
            && let Some(below_it) = unpacked(value)
            && let Value::Object(below_it) = below_it.as_ref()
        {
            collect(below_it, &from, names, depth + 1);
            continue;
        }
        let bare = C_PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
        let Some(rest) = meant(bare) else { continue };
        let leaf = rest.rsplit('.').next().unwrap_or_default();
        // What iOS shows is in an object of the same names.
        let rows = ROWS.into_iter().chain([CONTENT_PARAMETERS]);
        let Some((_, field)) = rows.into_iter().find(|(known, _)| *known == leaf) else { continue };
        let unset =
            value.is_null() || value.as_str() == Some("") || field == Field::NotifyLevel && *value == 0;
        if !unset && !names.iter().any(|mapped| mapped.to == field.name()) {
            names.push(Mapped { from, to: field.name().to_owned(), value: value.clone() });
        }
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).take(40).map(|c| c.to_ascii_lowercase()).collect()
}
