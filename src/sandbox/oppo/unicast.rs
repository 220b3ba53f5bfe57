//! The unicast call: one message to one phone (OPPO reference, section 4.1).

use serde_json::{Value, json};

use super::super::draw;
use super::super::faults::{self, PushLoss};
use super::super::http::context::Context;
use super::super::http::form::Form;
use super::super::http::notes::Stop;
use super::super::phone::{self, Push};
use super::super::receipts::{self, Event};
use super::super::rules::{RepeatAnswer, WithoutChannel};
use super::message::{self, Target};
use super::{alias, dedup, envelope, quota, reg_id};

/// The message first, then its target, then what the app has left.
pub(super) fn call(context: &mut Context<'_>, app_id: &str, form: &Form) -> Result<Value, Stop> {
    let mut message = message::read(context, form.get("message"))?;
    if context.rules.without_channel == WithoutChannel::Content {
        message.notification.entry("channel_id").or_insert_with(|| phone::CONTENT_CHANNEL.into());
    }
    let reg_id = match &message.target {
        Target::RegId(reg_id) => {
            reg_id::examine(context, app_id, reg_id)?;
            reg_id.clone()
        }
        Target::Alias(name) => alias::resolve(context, app_id, name)?,
    };

    let app_message_id = message.notification.get("app_message_id").and_then(Value::as_str);
    if let Some(id) = app_message_id
        && let Some(earlier) = dedup::earlier(context, app_id, &reg_id, id)?
    {
        if context.rules.repeat_answer == RepeatAnswer::Duplicate {
            return Err(context.notes.refuse(
                "app_message_id",
                32,
                "this target had this app_message_id before",
            ));
        }
        context.notes.pass("app_message_id", "a repeat: not delivered again");
        return Ok(accepted(&earlier));
    }
    quota::count_push(context, app_id, &reg_id)?;

    let unique = draw::one(context.tx)?;
    let message_id = dedup::message_id(app_id, &unique);
    if let Some(id) = app_message_id {
        dedup::remember(context, app_id, &reg_id, id, &unique)?;
    }
    if let Some(url) = message.notification.get("call_back_url").and_then(Value::as_str)
        && !receipts::is_on_this_machine(url)
    {
        context.notes.pass(
            "receipts",
            "call_back_url leads away from this machine: posted only with --allow-callbacks",
        );
    }
    if let Some((fate, fault)) = faults::of_push(context.tx, context.now, app_id, &reg_id, &message_id)? {
        context.notes.fail("fault", faults::words(&fault));
        let event = match fate {
            PushLoss::StaleRegId => Some(Event::RegidInvalid),
            PushLoss::DailyLimit => Some(Event::UserDailyLimit),
            PushLoss::LostPush => None,
        };
        if let Some(event) = event {
            let event = (event, context.now);
            receipts::note(context.tx, app_id, &message_id, &reg_id, &message.notification, event)?;
        }
        return Ok(accepted(&message_id));
    }
    let push = Push { app_id, message_id: &message_id, reg_id: &reg_id, notification: &message.notification };
    phone::arrive(context.tx, context.now, &push)?;
    Ok(accepted(&message_id))
}

fn accepted(message_id: &str) -> Value {
    envelope::success("", Some(json!({ "messageId": message_id })))
}
