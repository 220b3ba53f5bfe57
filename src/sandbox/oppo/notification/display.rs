//! What the phone shows: style, texts, pictures, channel, classification, private templates, badge.
//! Whether the phone has the channel is found out there.

use serde_json::Value;

use super::super::super::rules::{PrivateTemplate, ShowTtl, TemplateForm, YesNo};
use super::super::fields::{Fields, kind};
use super::delivery::Sent;
use super::form;

const TITLE_LIMIT: usize = 50;
const SUB_TITLE_LIMIT: usize = 10;
const LONG_TEXT_LIMIT: usize = 128;
const BIG_PICTURE_TEXT_LIMIT: usize = 50;
const VALUE_ADDED_URL_LIMIT: usize = 300;
const NOTIFY_LEVELS: &[i64] = &[1, 2, 16];
const CATEGORIES: &[&str] = &[
    "IM",
    "ACCOUNT",
    "TODO",
    "DEVICE_REMINDER",
    "ORDER",
    "SUBSCRIPTION",
    "NEWS",
    "CONTENT",
    "MARKETING",
    "SOCIAL",
];
const HOUR: i64 = 3600;

pub(super) fn check(fields: &mut Fields<'_>, sent: Sent) {
    let style = fields.choice("style", &[1, 2, 3]).unwrap_or(1);
    fields.keep("style", style);
    if style == 3 {
        fields.require("big_picture_id");
        if sent.only_unicast(fields.rules) {
            fields.findings.wrong("style", "3 is for broadcasts only");
        }
    }
    fields.text("big_picture_id", None);
    identifier(fields, "small_picture_id", None);
    let has_category = fields.has("category");
    let template = private_template(fields, has_category);
    texts(fields, style, template);
    classification(fields, has_category);
    channel(fields);
    show_ttl(fields, has_category);
    // Android's notification id is a Java int.
    fields.int("notify_id", i32::MIN.into(), i32::MAX.into());
    match fields.rules.badge_operation_values {
        YesNo::Yes => fields.choice("badge_operation_type", &[0, 1]),
        YesNo::No => fields.int("badge_operation_type", i32::MIN.into(), i32::MAX.into()),
    };
    fields.int("badge_message_count", 0, i32::MAX.into());
    audit_response(fields);
    value_added(fields);
}

fn texts(fields: &mut Fields<'_>, style: i64, template: bool) {
    let content_limit = match style {
        2 => LONG_TEXT_LIMIT,
        3 => BIG_PICTURE_TEXT_LIMIT,
        _ => fields.rules.content_limit.0 as usize,
    };
    for (name, limit) in [("title", TITLE_LIMIT), ("content", content_limit)] {
        if !template {
            fields.require(name);
        } else if fields.has(name) && !fields.rules.title_with_template.accepts() {
            fields.findings.wrong(name, "not sent with a private template");
        }
        if let Some(text) = fields.text(name, Some(limit)) {
            form::shown(fields, name, &text);
        }
    }
    if let Some(text) = fields.text("sub_title", Some(SUB_TITLE_LIMIT)) {
        form::shown(fields, "sub_title", &text);
    }
}

fn identifier(fields: &mut Fields<'_>, name: &str, limit: Option<usize>) -> Option<String> {
    let text = fields.text(name, limit)?;
    form::identifier(fields, name, &text);
    Some(text)
}

/// Whether a private template is named.
fn private_template(fields: &mut Fields<'_>, has_category: bool) -> bool {
    let mut has_parameters = false;
    for name in ["private_title_parameters", "private_content_parameters"] {
        has_parameters |= fields.has(name);
        template_parameters(fields, name);
    }
    let template = identifier(fields, "private_msg_template_id", None).is_some();
    let needed = match fields.rules.private_template {
        PrivateTemplate::Never => false,
        PrivateTemplate::WithParameters => has_parameters,
        PrivateTemplate::WithCategory => has_parameters || has_category,
    };
    if needed && !template {
        fields.findings.coded(54, "private_msg_template_id", "missing");
    }
    template
}

/// Kept as a string holding a JSON object, whichever form it came in.
fn template_parameters(fields: &mut Fields<'_>, name: &str) {
    let Some(value) = fields.take(name) else { return };
    let taken = fields.rules.template_parameters;
    let object = match &value {
        Value::String(text) if taken != TemplateForm::Object => match form::object(text, fields.rules) {
            Some(object) => object,
            None => return fields.findings.wrong(name, "a string that does not hold a JSON object"),
        },
        Value::Object(object) if taken != TemplateForm::Text => object.clone(),
        other => {
            return fields.findings.wrong(name, format!("{} is not the form it is sent in", kind(other)));
        }
    };
    if object.is_empty() && !fields.rules.empty_template_parameters.accepts() {
        return fields.findings.wrong(name, "an empty object");
    }
    fields.keep(name, Value::Object(object).to_string());
}

fn classification(fields: &mut Fields<'_>, has_category: bool) {
    if let Some(category) = identifier(fields, "category", None)
        && fields.rules.category_values == YesNo::Yes
        && !CATEGORIES.contains(&category.as_str())
    {
        fields.findings.coded(67, "category", format!("`{category}` is none of {CATEGORIES:?}"));
    }
    let Some(level) = fields.int("notify_level", i64::MIN, i64::MAX) else { return };
    if fields.rules.notify_level_values == YesNo::Yes && !NOTIFY_LEVELS.contains(&level) {
        fields.findings.coded(67, "notify_level", format!("{level}, not one of {NOTIFY_LEVELS:?}"));
    }
    if !has_category {
        fields.findings.coded(67, "notify_level", "without category");
    }
}

fn channel(fields: &mut Fields<'_>) {
    if fields.rules.channel_required == YesNo::Yes {
        fields.require("channel_id");
    }
    identifier(fields, "channel_id", fields.rules.channel_id_limit.map(|limit| limit as usize));
}

fn show_ttl(fields: &mut Fields<'_>, has_category: bool) {
    let (least, most) = match fields.rules.show_ttl {
        ShowTtl::Newer if has_category => (0, 24 * HOUR),
        ShowTtl::Newer => (0, 12 * HOUR),
        ShowTtl::Older => (6 * HOUR, 48 * HOUR),
        ShowTtl::Either => (0, 48 * HOUR),
    };
    fields.int("show_ttl", least, most);
}

fn audit_response(fields: &mut Fields<'_>) {
    match fields.take("auditResponse") {
        None => {}
        Some(value @ (Value::String(_) | Value::Object(_) | Value::Array(_))) => {
            fields.keep("auditResponse", value)
        }
        Some(other) => {
            fields
                .findings
                .wrong("auditResponse", format!("{} where a string, object or array belongs", kind(&other)));
        }
    }
}

/// Fields of the paid value-added API: only the length of the URLs is known.
fn value_added(fields: &mut Fields<'_>) {
    const URLS: [&str; 3] = ["small_picture_url", "medium_picture_url", "big_picture_url"];
    for name in URLS.into_iter().chain(["buttons", "option"]) {
        if fields.has(name) && !fields.rules.value_added_fields.accepts() {
            fields.findings.coded(27, name, "belongs to the paid value-added API");
        }
    }
    for name in URLS {
        fields.text(name, Some(VALUE_ADDED_URL_LIMIT));
    }
}
