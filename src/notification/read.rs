//! Untyped values into typed fields: which JSON type each field takes, and what is said when it is another.
//! Limits and rules between fields are checked later, in `check`; unknown names are answered in `unknown`.

use super::draft::known;
use super::values::{Network, NotifyLevel, ShowTime, Style};
use super::{Draft, Origin, json, warning};
use crate::clock::Timestamp;
use crate::failure::{Kind, Problem};
use serde_json::{Map, Value};
use std::time::Duration;

/// Why a value could not be read: kind, what is wrong after the field's name, what to do.
type Refusal = (Kind, String, String);

impl Draft {
    /// `--set key=json`: a field sent as it is if it is not known, and checked if it is.
    pub(crate) fn set(&mut self, assignment: &str) -> &mut Self {
        let Some((key, text)) = assignment.split_once('=').filter(|(key, _)| !key.trim().is_empty()) else {
            let message = format!("{} is not of the form key=json", crate::click::quoted(assignment));
            let hint = "Write for example --set notify_id=7 or --set 'category=\"IM\"'";
            self.problems.push(Problem::new(Kind::MalformedFlag, message, hint).at("--set"));
            return self;
        };
        let origin = Origin::Set(key.to_owned());
        match json::parse(text) {
            Ok(value) => {
                if let Some(field) = known(key) {
                    let message = format!("{} is a field that opush knows", field.name);
                    self.warnings.push(warning::SET_KNOWN.warning(message, &origin));
                }
                self.put_value(key, value, origin)
            }
            Err(error) => {
                let message = format!("the value of {key} is not JSON: {error}");
                let hint = format!("Text needs quotes of its own: --set '{key}=\"…\"'");
                self.problems.push(Problem::new(Kind::NotJson, message, hint).at(origin.to_string()));
                self
            }
        }
    }

    /// One field by its wire name, from a message file or `--set`.
    pub(super) fn put_value(&mut self, key: &str, value: Value, origin: Origin) -> &mut Self {
        match key {
            "app_message_id" => self.take(key, value, origin, text, Draft::app_message_id),
            "style" => self.take(key, value, origin, style, Draft::style),
            "title" => self.take(key, value, origin, text, Draft::title),
            "sub_title" => self.take(key, value, origin, text, Draft::sub_title),
            "content" => self.take(key, value, origin, text, Draft::content),
            "click_action_type" => self.take(key, value, origin, whole, Draft::click_action_type),
            "click_action_activity" => self.take(key, value, origin, text, Draft::click_action_activity),
            "click_action_url" => self.take(key, value, origin, text, Draft::click_action_url),
            "action_parameters" => self.take(key, value, origin, object, Draft::extras),
            "show_time_type" => self.take(key, value, origin, show_time, Draft::show_time_type),
            "show_start_time" => self.take(key, value, origin, time, Draft::show_start_time),
            "show_end_time" => self.take(key, value, origin, time, Draft::show_end_time),
            "off_line" => self.take(key, value, origin, boolean, Draft::off_line),
            "off_line_ttl" => self.take(key, value, origin, seconds, Draft::off_line_ttl),
            "push_time_type" => self.take(key, value, origin, whole, Draft::push_time_type),
            "fix_speed" => self.take(key, value, origin, boolean, Draft::fix_speed),
            "network_type" => self.take(key, value, origin, network, Draft::network_type),
            "call_back_url" => self.take(key, value, origin, text, Draft::call_back_url),
            "call_back_parameter" => self.take(key, value, origin, text, Draft::call_back_parameter),
            "channel_id" => self.take(key, value, origin, text, Draft::channel_id),
            "show_ttl" => self.take(key, value, origin, seconds, Draft::show_ttl),
            "notify_id" => self.take(key, value, origin, whole, Draft::notify_id),
            "category" => self.take(key, value, origin, text, Draft::category),
            "notify_level" => self.take(key, value, origin, notify_level, Draft::notify_level),
            "private_msg_template_id" => self.take(key, value, origin, text, Draft::private_msg_template_id),
            "private_title_parameters" => {
                self.take(key, value, origin, object, Draft::private_title_parameters)
            }
            "private_content_parameters" => {
                self.take(key, value, origin, object, Draft::private_content_parameters)
            }
            "small_picture_id" => self.take(key, value, origin, text, Draft::small_picture_id),
            "badge_operation_type" => self.take(key, value, origin, whole, Draft::badge_operation_type),
            "badge_message_count" => self.take(key, value, origin, whole, Draft::badge_message_count),
            "auditResponse" => self.take(key, value, origin, text_or_object, Draft::audit_response),
            _ => self.put_unknown(key, value, origin),
        }
    }

    fn take<T>(
        &mut self,
        key: &str,
        value: Value,
        origin: Origin,
        read: fn(Value) -> Result<T, Refusal>,
        set: fn(&mut Draft, T, Origin) -> &mut Draft,
    ) -> &mut Self {
        match read(value) {
            Ok(value) => set(self, value, origin),
            Err((kind, what, hint)) => {
                self.unreadable.extend(known(key).map(|field| field.name));
                self.problems.push(Problem::new(kind, format!("{key} {what}"), hint).at(origin.to_string()));
                self
            }
        }
    }
}

/// What a value is, for messages: "text of 5 characters", "a number".
pub(super) fn kind_of(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("the boolean {value}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("text of {} characters", text.chars().count()),
        Value::Array(items) => format!("an array of {}", items.len()),
        Value::Object(map) => format!("an object of {} keys", map.len()),
    }
}

fn mismatch<T>(value: &Value, expected: &str) -> Result<T, Refusal> {
    let hint = if value.is_null() {
        "Leave the key out instead of giving null".to_owned()
    } else {
        format!("Give {expected}")
    };
    Err((Kind::WrongFieldType, format!("is {}; it must be {expected}", kind_of(value)), hint))
}

fn text(value: Value) -> Result<String, Refusal> {
    match value {
        Value::String(text) => Ok(text),
        other => mismatch(&other, "text in quotes"),
    }
}

fn text_or_object(value: Value) -> Result<Value, Refusal> {
    match value {
        Value::String(_) | Value::Object(_) => Ok(value),
        other => mismatch(&other, "text or an object"),
    }
}

fn boolean(value: Value) -> Result<bool, Refusal> {
    value.as_bool().map_or_else(|| mismatch(&value, "true or false"), Ok)
}

fn whole(value: Value) -> Result<i64, Refusal> {
    value.as_i64().map_or_else(|| mismatch(&value, "a whole number without quotes"), Ok)
}

fn seconds(value: Value) -> Result<Duration, Refusal> {
    let number = whole(value)?;
    u64::try_from(number).map(Duration::from_secs).map_err(|_| {
        let what = format!("is {number} seconds; it must not be negative");
        (Kind::OutOfRange, what, "Give a number of seconds".to_owned())
    })
}

fn time(value: Value) -> Result<Timestamp, Refusal> {
    let number = whole(value)?;
    let range = super::limits::TIME;
    let refusal = |hint: &str| {
        let what = format!("is {number}; it must be 13 digits of milliseconds since 1970");
        (Kind::BadTime, what, hint.to_owned())
    };
    if (1_000_000_000..=9_999_999_999).contains(&number) {
        return Err(refusal(&format!("These look like seconds; did you mean {number}000?")));
    }
    if !(range.min..=range.max).contains(&number) {
        return Err(refusal("Give milliseconds, such as `date +%s000` prints"));
    }
    Timestamp::from_millisecond(number)
        .map_err(|_| refusal("Give milliseconds, such as `date +%s000` prints"))
}

fn choice<T>(value: Value, from_wire: fn(i64) -> Option<T>, choices: &str) -> Result<T, Refusal> {
    let number = whole(value)?;
    from_wire(number).ok_or_else(|| {
        (Kind::OutOfRange, format!("is {number}; OPPO knows {choices}"), format!("Give one of {choices}"))
    })
}

fn style(value: Value) -> Result<Style, Refusal> {
    let elsewhere = match value.as_i64() {
        Some(3) => "is 3 (big picture), which is for broadcasts only",
        Some(4) => "is 4, which belongs to OPPO's paid value-added API",
        _ => return choice(value, Style::from_wire, Style::CHOICES),
    };
    Err((Kind::NotForUnicast, elsewhere.to_owned(), format!("For one phone give {}", Style::CHOICES)))
}

fn notify_level(value: Value) -> Result<NotifyLevel, Refusal> {
    choice(value, NotifyLevel::from_wire, NotifyLevel::CHOICES)
}

fn network(value: Value) -> Result<Network, Refusal> {
    choice(value, Network::from_wire, Network::CHOICES)
}

fn show_time(value: Value) -> Result<ShowTime, Refusal> {
    choice(value, ShowTime::from_wire, ShowTime::CHOICES)
}

/// An object, or text that holds one as the wire wants it.
fn object(value: Value) -> Result<Map<String, Value>, Refusal> {
    let hint = || "Give an object of keys and texts, such as {\"extKey\": \"value\"}".to_owned();
    match value {
        Value::Object(map) => Ok(map),
        Value::String(text) => match json::parse(&text) {
            Ok(Value::Object(map)) => Ok(map),
            Ok(other) => Err((
                Kind::NotAnObject,
                format!("holds {}; it must hold a JSON object", kind_of(&other)),
                hint(),
            )),
            Err(error) => Err((Kind::NotJson, format!("does not hold JSON: {error}"), hint())),
        },
        other => mismatch(&other, "an object, or text that holds a JSON object"),
    }
}
