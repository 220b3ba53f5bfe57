//! The unicast_batch call: up to 1,000 messages, each answered for itself, in their order (OPPO reference, section 4.2).

use serde_json::{Map, Value};

use super::super::http::context::Context;
use super::super::http::form::Form;
use super::super::http::notes::{Notes, Stop};
use super::super::rules::{BatchAlias, BatchInvalidItem, Rules, YesNo};
use super::early::{Early, Item};
use super::message::{self, Target};
use super::push::Pusher;
use super::{envelope, twice};

const MOST: usize = 1000;

/// Reads all of them: the first is sent only then.
pub(super) fn read(rules: &Rules, now: i64, form: &Form) -> Early {
    Early::new(|notes| {
        let values = array(rules, notes, form.get("messages"))?;
        let mut items = Vec::with_capacity(values.len());
        for (at, value) in values.into_iter().enumerate() {
            let named = value.get("target_value").or_else(|| value.get("targetValue")).cloned();
            let mut own = Notes::of_item();
            let message = refused(message::of(rules, now, &mut own, value))?;
            notes.take_in("messages", at, own);
            if let Err(code) = message
                && rules.batch_invalid_item == BatchInvalidItem::Whole
            {
                return Err(Stop::Refused(code));
            }
            items.push(Item { named: named.unwrap_or_default(), message });
        }
        Ok(items)
    })
}

/// Sends those that are in order.
pub(super) fn call(context: &mut Context<'_>, app_id: &str, items: Vec<Item>) -> Result<Value, Stop> {
    let mut pusher = Pusher::new(context, app_id, "unicast_batch")?;
    let mut answers = Vec::with_capacity(items.len());
    let mut taken = 0;
    for (at, Item { named, message }) in items.into_iter().enumerate() {
        let sent = match message {
            Ok(mut message) => each(context, at, |context| {
                let (reg_id, message_id) = pusher.unicast(context, &mut message)?;
                let by_alias = matches!(message.target, Target::Alias(_));
                let as_named = by_alias && context.rules.batch_alias == BatchAlias::Alias;
                Ok((message_id, if as_named { None } else { Some(reg_id) }))
            })?,
            Err(code) => Err(code),
        };
        taken += usize::from(sent.is_ok());
        answers.push(answer(context, &mut pusher, named, sent));
    }
    pusher.finish(context)?;
    context.notes.pass("messages", format!("{taken} of {} taken", answers.len()));
    Ok(envelope::success("", Some(answers.into())))
}

/// Does something for one item with notes of its own, which go under its place.
fn each<T>(
    context: &mut Context<'_>,
    at: usize,
    work: impl FnOnce(&mut Context<'_>) -> Result<T, Stop>,
) -> Result<Result<T, i32>, Stop> {
    let mut notes = Notes::of_item();
    let done = refused(work(&mut context.with_notes(&mut notes)))?;
    context.notes.take_in("messages", at, notes);
    Ok(done)
}

/// A code that refuses one item refuses no other.
fn refused<T>(done: Result<T, Stop>) -> Result<Result<T, i32>, Stop> {
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(Stop::Refused(code)) => Ok(Err(code)),
        Err(error) => Err(error),
    }
}

fn array(rules: &Rules, notes: &mut Notes, text: Option<&str>) -> Result<Vec<Value>, Stop> {
    let Some(text) = text else {
        return Err(notes.refuse("messages", 40, "missing"));
    };
    if !rules.duplicate_keys.accepts()
        && let Some(key) = twice::key_in(text)
    {
        return Err(notes.refuse("messages", 41, format!("the key `{key}` is there twice")));
    }
    let items: Vec<Value> = match serde_json::from_str(text) {
        Ok(items) => items,
        Err(error) => return Err(notes.refuse("messages", 41, format!("not a JSON array: {error}"))),
    };
    match items.len() {
        0 => Err(notes.refuse("messages", 40, "an empty array")),
        1..=MOST => Ok(items),
        many => Err(notes.refuse("messages", 41, format!("{many} messages, at most {MOST}"))),
    }
}

/// The keys are camelCase, as documented.
fn answer(
    context: &Context<'_>,
    pusher: &mut Pusher<'_>,
    named: Value,
    sent: Result<(String, Option<String>), i32>,
) -> Value {
    let mut item = Map::new();
    match sent {
        Ok((message_id, reg_id)) => {
            item.insert("messageId".into(), message_id.into());
            item.insert("registrationId".into(), reg_id.map_or(named, Value::from));
        }
        Err(code) => {
            if context.rules.batch_failed_message_id == YesNo::Yes {
                item.insert("messageId".into(), pusher.unused_message_id().into());
            }
            item.insert("registrationId".into(), named);
            item.insert("errorCode".into(), code.into());
            item.insert("errorMessage".into(), envelope::words(code).into());
        }
    }
    item.into()
}
