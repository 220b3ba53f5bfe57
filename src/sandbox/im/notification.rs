//! From a chat message to the notification that OPPO gets (IM reference, sections 3, 7.1, 7.2 and 7.5).

use serde_json::{Value, json};

use super::super::http::request::Object;
use super::super::rules::{DefaultTitle, ExtNotObject, ExtValues, Rules};
use super::certificate::{Certificate, Click};
use super::elements;
use super::message::Message;

/// What the notification shows; `None` when there is nothing to show.
pub(super) fn text(message: &Message, rules: &Rules) -> Option<String> {
    let desc = message.push.as_ref().and_then(|push| push.desc.clone());
    desc.or_else(|| elements::default_text(&message.elements, rules))
}

/// Ext as it goes to OPPO; the error says why the push is dropped.
pub(super) fn extras(message: &Message, rules: &Rules) -> Result<Option<String>, String> {
    // OfflinePushInfo, where there is one, hides the settings inside a custom element.
    let ext = match &message.push {
        Some(push) => push.ext.clone(),
        None => elements::custom_ext(&message.elements),
    };
    let Some(ext) = ext else { return Ok(None) };
    match serde_json::from_str(&ext) {
        Ok(Value::Object(members)) => Ok(Some(match rules.im_ext_values {
            ExtValues::Unchanged => ext,
            ExtValues::Strings => Value::Object(as_strings(members)).to_string(),
        })),
        Ok(_) => match rules.im_ext_not_object {
            ExtNotObject::Drop => Err("Ext is JSON, but no object".into()),
            ExtNotObject::NoExtras => Ok(None),
        },
        Err(error) => Err(format!("Ext is not JSON: {error}")),
    }
}

fn as_strings(members: Object) -> Object {
    let text = |value: Value| match value {
        Value::String(text) => Value::String(text),
        other => Value::String(other.to_string()),
    };
    members.into_iter().map(|(key, value)| (key, text(value))).collect()
}

/// What a push shows and carries, and what it is sent with.
pub(super) struct PushParts<'a> {
    pub(crate) message: &'a Message,
    pub(crate) certificate: &'a Certificate,
    /// The sender's nickname or UserID.
    pub(crate) sender: &'a str,
    /// The app's name, for want of a better one its package.
    pub(crate) app: &'a str,
    pub(crate) text: String,
    pub(crate) extras: Option<String>,
    pub(crate) push_id: &'a str,
}

/// The `notification` member of a unicast.
pub(super) fn build(parts: PushParts<'_>, rules: &Rules) -> Value {
    let push = parts.message.push.clone().unwrap_or_default();
    let title = push.title.unwrap_or_else(|| match rules.im_default_title {
        DefaultTitle::Sender => parts.sender.to_owned(),
        DefaultTitle::App => parts.app.to_owned(),
    });
    let mut notification = json!({
        "app_message_id": parts.push_id,
        "style": if push.long_text { 2 } else { 1 },
        "title": title,
        "content": parts.text,
    });
    let (action, field, value) = match &parts.certificate.click {
        Click::OpenApp => (0, "", None),
        Click::Intent(action) => (1, "click_action_activity", Some(action)),
        Click::Url(url) => (2, "click_action_url", Some(url)),
        Click::Activity(class) => (4, "click_action_activity", Some(class)),
    };
    notification["click_action_type"] = action.into();
    if let Some(value) = value {
        notification[field] = value.clone().into();
    }
    let text_of = |value: Option<Value>| value.map(|value| Value::from(value.to_string()));
    for (name, value) in [
        ("action_parameters", parts.extras.map(Value::from)),
        ("channel_id", push.channel_id.or_else(|| parts.certificate.channel_id.clone()).map(Value::from)),
        ("category", push.category.map(Value::from)),
        ("notify_level", push.notify_level.map(Value::from)),
        ("private_msg_template_id", push.template_id.map(Value::from)),
        ("private_title_parameters", text_of(push.title_parameters)),
        ("private_content_parameters", text_of(push.content_parameters)),
    ] {
        if let Some(value) = value {
            notification[name] = value;
        }
    }
    notification
}
