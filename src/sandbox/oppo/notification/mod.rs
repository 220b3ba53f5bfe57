//! The notification object: every field of the OPPO reference's section 5, checked and brought into canonical form.

mod click;
mod delivery;
mod display;

use serde_json::{Map, Value};

use super::super::rules::Rules;
use super::fields::{Fields, Findings};
use crate::sandbox::http::notes::Notes;

const KNOWN: &[&str] = &[
    "app_message_id",
    "style",
    "title",
    "sub_title",
    "content",
    "click_action_type",
    "click_action_activity",
    "click_action_url",
    "action_parameters",
    "show_time_type",
    "show_start_time",
    "show_end_time",
    "off_line",
    "off_line_ttl",
    "push_time_type",
    "push_start_time",
    "time_zone",
    "fix_speed",
    "fix_speed_rate",
    "network_type",
    "call_back_url",
    "call_back_parameter",
    "channel_id",
    "show_ttl",
    "notify_id",
    "category",
    "notify_level",
    "private_msg_template_id",
    "private_title_parameters",
    "private_content_parameters",
    "big_picture_id",
    "small_picture_id",
    "badge_operation_type",
    "badge_message_count",
    "auditResponse",
    "small_picture_url",
    "medium_picture_url",
    "big_picture_url",
    "buttons",
    "option",
];

/// Checks every field; what is wrong goes to `findings`, the canonical notification is returned.
pub(crate) fn read(
    object: Map<String, Value>,
    to_alias: bool,
    rules: &Rules,
    notes: &mut Notes,
    findings: &mut Findings,
) -> Map<String, Value> {
    let mut fields = Fields::read(object, KNOWN, rules, notes, findings);
    app_message_id(&mut fields);
    display::check(&mut fields);
    click::check(&mut fields);
    delivery::check(&mut fields, to_alias);
    fields.into_kept()
}

/// A string; the Node client sends a number (OPPO reference, section 11).
fn app_message_id(fields: &mut Fields<'_>) {
    let limit = fields.rules.app_message_id_limit.map(|limit| limit as usize);
    match fields.take("app_message_id") {
        None => {}
        Some(Value::String(text)) => {
            fields.within("app_message_id", &text, limit);
            fields.keep("app_message_id", text);
        }
        Some(Value::Number(number)) => {
            fields.notes.dialect("numeric-app-message-id");
            fields.within("app_message_id", &number.to_string(), limit);
            fields.keep("app_message_id", number.to_string());
        }
        Some(_) => fields.findings.wrong("app_message_id", "not a string"),
    }
}
