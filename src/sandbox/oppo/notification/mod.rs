//! The notification object: every field of the OPPO reference's section 5, checked and brought into canonical form.

mod click;
mod delivery;
mod display;
mod form;

use serde_json::{Map, Value};

pub(crate) use self::delivery::{Sent, SentTo};
use super::super::rules::Rules;
use super::fields::{Fields, Findings};
use crate::sandbox::http::notes::Notes;

/// The fields of a notification.
pub(crate) const KNOWN: &[&str] = &[
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

/// Optional numbers with which a 0 says nothing. With the others it is a value of its own.
const ZERO_IS_ABSENT: [&str; 9] = [
    "style",
    "show_start_time",
    "show_end_time",
    "push_start_time",
    "fix_speed_rate",
    "off_line_ttl",
    "show_ttl",
    "notify_id",
    "notify_level",
];

/// Checks every field; what is wrong goes to `findings`, the canonical notification is returned.
pub(crate) fn read(
    object: Map<String, Value>,
    sent: Sent,
    rules: &Rules,
    notes: &mut Notes,
    findings: &mut Findings,
) -> Map<String, Value> {
    let mut fields = Fields::read(object, KNOWN, rules, notes, findings);
    // Saved, its fields are those of a form: text all of them.
    fields.all_text = sent.to == SentTo::Saved;
    ZERO_IS_ABSENT.into_iter().for_each(|name| fields.zero_is_absent(name));
    app_message_id(&mut fields);
    display::check(&mut fields, sent);
    click::check(&mut fields);
    delivery::check(&mut fields, sent);
    fields.into_kept()
}

/// A string; the Node client sends a number (OPPO reference, section 11).
fn app_message_id(fields: &mut Fields<'_>) {
    let limit = fields.rules.app_message_id_limit.map(|limit| limit as usize);
    match fields.take("app_message_id") {
        None => {}
        Some(Value::String(text)) => {
            fields.within("app_message_id", &text, limit);
            form::identifier(fields, "app_message_id", &text);
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
