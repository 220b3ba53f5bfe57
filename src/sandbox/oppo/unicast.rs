//! The unicast call: one message to one phone (OPPO reference, section 4.1).

use serde_json::{Value, json};

use super::super::http::context::Context;
use super::super::http::form::Form;
use super::super::http::notes::Stop;
use super::push::Pusher;
use super::{envelope, message};

/// The message first, then its target, then what the app has left.
pub(super) fn call(context: &mut Context<'_>, app_id: &str, form: &Form) -> Result<Value, Stop> {
    let mut message = message::read(context, form.get("message"))?;
    let mut pusher = Pusher::new(context, app_id, "unicast")?;
    let (_, message_id) = pusher.unicast(context, &mut message)?;
    pusher.finish(context)?;
    Ok(envelope::success("", Some(json!({ "messageId": message_id }))))
}
