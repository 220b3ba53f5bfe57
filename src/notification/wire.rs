//! The wire form of a draft that passed every rule: snake_case keys in the order of the reference's table.
//! Nothing is decided here but where each value stands; form encoding belongs to `oppo`.

use super::check::Click;
use super::{Draft, Given};
use serde_json::{Map, Value};

pub(super) fn build(draft: &Draft, click: Option<&Click>) -> Map<String, Value> {
    let mut wire = Wire(Map::new());
    // OPPO makes both from a private template (section 5), so they are not sent with one.
    let templated = draft.private_msg_template_id.is_some();
    wire.text("app_message_id", &draft.app_message_id);
    wire.number("style", draft.style.as_ref().map(|given| given.value.to_wire()));
    if !templated {
        wire.text("title", &draft.title);
    }
    wire.text("sub_title", &draft.sub_title);
    if !templated {
        wire.text("content", &draft.content);
    }
    if let Some(click) = click {
        wire.number("click_action_type", Some(click.number()));
        match click {
            Click::OpenApp => {}
            Click::Activity(name) | Click::Intent(name) => wire.put("click_action_activity", name.clone()),
            Click::Url(url) | Click::IntentUrl(url) => wire.put("click_action_url", url.clone()),
        }
    }
    if let Some(parameters) = draft.action_parameters() {
        wire.put("action_parameters", parameters);
    }
    let time =
        |given: &Option<Given<crate::clock::Timestamp>>| given.as_ref().map(|g| g.value.as_millisecond());
    wire.number("show_time_type", draft.show_time_type.as_ref().map(|given| given.value.to_wire()));
    wire.number("show_start_time", time(&draft.show_start_time));
    wire.number("show_end_time", time(&draft.show_end_time));
    wire.boolean("off_line", &draft.off_line);
    wire.seconds("off_line_ttl", &draft.off_line_ttl);
    wire.plain("push_time_type", &draft.push_time_type);
    wire.boolean("fix_speed", &draft.fix_speed);
    wire.number("network_type", draft.network_type.as_ref().map(|given| given.value.to_wire()));
    wire.text("call_back_url", &draft.call_back_url);
    wire.text("call_back_parameter", &draft.call_back_parameter);
    wire.text("channel_id", &draft.channel_id);
    wire.seconds("show_ttl", &draft.show_ttl);
    wire.plain("notify_id", &draft.notify_id);
    wire.text("category", &draft.category);
    wire.number("notify_level", draft.notify_level.as_ref().map(|given| given.value.to_wire()));
    wire.text("private_msg_template_id", &draft.private_msg_template_id);
    wire.template("private_title_parameters", &draft.private_title_parameters);
    wire.template("private_content_parameters", &draft.private_content_parameters);
    wire.text("small_picture_id", &draft.small_picture_id);
    wire.plain("badge_operation_type", &draft.badge_operation_type);
    wire.plain("badge_message_count", &draft.badge_message_count);
    if let Some(given) = &draft.audit_response {
        wire.put("auditResponse", given.value.clone());
    }
    for (key, value) in &draft.set_fields {
        wire.put(key, value.clone());
    }
    wire.0
}

struct Wire(Map<String, Value>);

impl Wire {
    fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    fn text(&mut self, key: &str, given: &Option<Given<String>>) {
        if let Some(given) = given {
            self.put(key, given.value.clone());
        }
    }

    fn number(&mut self, key: &str, value: Option<i64>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    fn plain(&mut self, key: &str, given: &Option<Given<i64>>) {
        self.number(key, given.as_ref().map(|given| given.value));
    }

    fn seconds(&mut self, key: &str, given: &Option<Given<std::time::Duration>>) {
        if let Some(given) = given {
            self.put(key, given.value.as_secs());
        }
    }

    fn boolean(&mut self, key: &str, given: &Option<Given<bool>>) {
        if let Some(given) = given {
            self.put(key, given.value);
        }
    }

    /// Disputed (section 5): one client sends text that holds JSON, another an object. We send text, the form of the
    /// client that follows OPPO's document; an empty object is left out, for it fails where there is no placeholder.
    fn template(&mut self, key: &str, given: &Option<Given<Map<String, Value>>>) {
        if let Some(given) = given.as_ref().filter(|given| !given.value.is_empty()) {
            self.put(key, Value::Object(given.value.clone()).to_string());
        }
    }
}
