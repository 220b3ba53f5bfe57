//! The unicast call: one message to one phone (OPPO reference, section 4.1).

use serde_json::{Value, json};

use super::super::http::context::Context;
use super::super::http::form::Form;
use super::super::http::notes::Stop;
use super::super::rules::Rules;
use super::early::{Early, Item};
use super::push::Pusher;
use super::{envelope, message};

/// Its one message.
pub(super) fn read(rules: &Rules, now: i64, form: &Form) -> Early {
    Early::new(|notes| {
        let message = message::read(rules, now, notes, form.get("message"))?;
        Ok(vec![Item { named: Value::Null, message: Ok(message) }])
    })
}

/// The message first, then its target, then what the app has left.
pub(super) fn call(context: &mut Context<'_>, app_id: &str, items: Vec<Item>) -> Result<Value, Stop> {
    let mut pusher = Pusher::new(context, app_id, "unicast")?;
    let mut message_id = String::new();
    for item in items {
        (_, message_id) = pusher.unicast(context, &mut item.message.map_err(Stop::Refused)?)?;
    }
    pusher.finish(context)?;
    Ok(envelope::success("", Some(json!({ "messageId": message_id }))))
}
