//! `MsgBody`: a message's elements, and the text that a push shows for them (IM reference, sections 7.1 and 8).

use serde_json::Value;

use super::super::http::request::Object;
use super::super::rules::{DefaultText, MediaText, Rules};

/// One element, as far as a push cares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Text(String),
    Location,
    Face,
    Image,
    Sound,
    File,
    Video,
    Custom { desc: Option<String>, ext: Option<String> },
}

/// Reads the array; the error says what is wrong with which element.
pub(super) fn read(list: &[Value]) -> Result<Vec<Element>, String> {
    if list.is_empty() {
        return Err("empty".into());
    }
    list.iter()
        .enumerate()
        .map(|(at, element)| one(element).map_err(|error| format!("element {at}: {error}")))
        .collect()
}

fn one(element: &Value) -> Result<Element, String> {
    let Some(kind) = element.get("MsgType").and_then(Value::as_str) else {
        return Err("MsgType is not a string".into());
    };
    let Some(content) = element.get("MsgContent").and_then(Value::as_object) else {
        return Err("MsgContent is not an object".into());
    };
    Ok(match kind {
        "TIMTextElem" => {
            Element::Text(optional(content, "Text")?.ok_or_else(|| "Text is missing".to_owned())?)
        }
        "TIMLocationElem" => Element::Location,
        "TIMFaceElem" => Element::Face,
        "TIMImageElem" => Element::Image,
        "TIMSoundElem" => Element::Sound,
        "TIMFileElem" => Element::File,
        "TIMVideoFileElem" => Element::Video,
        "TIMCustomElem" => {
            optional(content, "Data")?;
            let given = |text: Option<String>| text.filter(|text| !text.is_empty());
            Element::Custom { desc: given(optional(content, "Desc")?), ext: given(optional(content, "Ext")?) }
        }
        other => return Err(format!("{other:?} is not a MsgType")),
    })
}

fn optional(content: &Object, name: &str) -> Result<Option<String>, String> {
    match content.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("{name} is not a string")),
    }
}

/// The text of a push without Desc; `None` when there is nothing to show.
pub(super) fn default_text(elements: &[Element], rules: &Rules) -> Option<String> {
    let chinese = rules.im_default_text == DefaultText::Chinese;
    let word = |zh: &str, en: &str| if chinese { zh.to_owned() } else { en.to_owned() };
    let medium = |zh: &str, en: &str| match rules.im_media_text {
        MediaText::Named => word(zh, en),
        MediaText::Nothing => String::new(),
    };
    let text: String = elements
        .iter()
        .map(|element| match element {
            Element::Text(text) => text.clone(),
            Element::Location => word("[位置]", "[Location]"),
            Element::Face => word("[表情]", "[Face]"),
            Element::Image => medium("[图片]", "[Image]"),
            Element::Sound => medium("[语音]", "[Voice]"),
            Element::File => medium("[文件]", "[File]"),
            Element::Video => medium("[视频]", "[Video]"),
            Element::Custom { desc, .. } => desc.clone().unwrap_or_default(),
        })
        .collect();
    Some(text).filter(|text| !text.is_empty())
}

/// The Ext of the first custom element, which counts only where there is no OfflinePushInfo.
pub(super) fn custom_ext(elements: &[Element]) -> Option<String> {
    elements.iter().find_map(|element| match element {
        Element::Custom { ext, .. } => ext.clone(),
        _ => None,
    })
}
