//! The broadcast call: a saved message to all users, to a list, or to those with tags (OPPO reference, section 4.4).

mod expression;
mod targets;
mod task;

use serde_json::{Map, Value};

use super::super::http::context::Context;
use super::super::http::form::Form;
use super::super::http::notes::Stop;
use super::{envelope, save};
use targets::Targets;
pub(in crate::sandbox) use task::{is_due, run_due};

pub(super) const FIELDS: &[&str] = &["auth_token", "message_id", "target_type", "target_value"];

/// What is missing first, then the message, then what it may not do with such targets.
pub(super) fn call(context: &mut Context<'_>, app_id: &str, form: &Form) -> Result<Value, Stop> {
    let Some(message_id) = form.get("message_id") else {
        return Err(context.notes.refuse("message_id", 40, "missing"));
    };
    let (kind, text) = targets::given(context, form)?;
    let targets = Targets::read(context, app_id, kind, &text)?;
    let notification = save::find(context, app_id, message_id)?;
    let by_reg_id = matches!(targets, Targets::RegIds(_));
    if notification.contains_key("call_back_url")
        && !by_reg_id
        && !context.rules.call_back_for_alias.accepts()
    {
        return Err(context.notes.refuse("call_back_url", 41, "for regId targets only"));
    }
    let due_at = scheduled(&notification).filter(|start| *start > context.now);
    if due_at.is_some() && !matches!(targets, Targets::All) && !context.rules.listed_schedule.accepts() {
        return Err(context.notes.refuse("push_time_type", 41, "1 is for pushes to all users only"));
    }
    context.notes.pass("target_value", "");
    let mut task = task::begin(context, app_id, message_id, notification, (kind, &text), due_at)?;
    let failed = match due_at {
        None => task.run(context, &targets)?,
        Some(_) => Default::default(),
    };
    let mut data = Map::new();
    data.insert("message_id".into(), message_id.into());
    data.insert("task_id".into(), task.task_id.into());
    data.insert("status".into(), "call_success".into());
    failed.into_iter().for_each(|(code, targets)| drop(data.insert(code.to_string(), targets.into())));
    Ok(envelope::success("success", Some(data.into())))
}

/// When it is to go, if not at once.
fn scheduled(notification: &Map<String, Value>) -> Option<i64> {
    let timed = notification.get("push_time_type").and_then(Value::as_i64) == Some(1);
    notification.get("push_start_time").filter(|_| timed)?.as_i64()
}
