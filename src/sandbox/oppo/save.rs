//! The save_message_content call: a notification kept for broadcasts (OPPO reference, section 4.3).

use rusqlite::{OptionalExtension, params};
use serde_json::{Map, Value, json};

use super::super::draw;
use super::super::http::context::Context;
use super::super::http::form::Form;
use super::super::http::notes::Stop;
use super::super::words::Json;
use super::fields::Findings;
use super::notification::{self, Sent, SentTo};
use super::{dedup, envelope, push};

/// Older ones are forgotten.
const KEPT: i64 = 10_000;

const TOKEN: &str = "auth_token";

/// The token, and beside it the fields of the notification.
pub(super) const FIELDS: [&str; notification::KNOWN.len() + 1] = {
    let mut fields = [TOKEN; notification::KNOWN.len() + 1];
    let mut at = 0;
    while at < notification::KNOWN.len() {
        fields[at + 1] = notification::KNOWN[at];
        at += 1;
    }
    fields
};

/// The notification as it will be sent; a repeated app_message_id saves nothing more.
pub(super) fn call(context: &mut Context<'_>, app_id: &str, form: &Form) -> Result<Value, Stop> {
    let fields = form.fields.iter().filter(|(name, _)| name != TOKEN);
    let object: Map<String, Value> =
        fields.map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
    let mut findings = Findings::default();
    let sent = Sent { to: SentTo::Saved, now: context.now };
    let mut notification = notification::read(object, sent, context.rules, context.notes, &mut findings);
    findings.settle(context.notes)?;
    context.notes.pass("notification", "");
    push::complete(context, app_id, &mut notification)?;
    let app_message_id = notification.get("app_message_id").and_then(Value::as_str);
    if let Some(id) = app_message_id
        && let Some(earlier) = earlier(context, app_id, id)?
    {
        push::repeated(context, "a message was saved with this app_message_id before", "not saved again")?;
        return Ok(saved(&earlier));
    }
    let message_id = dedup::message_id(app_id, &draw::one(context.tx)?);
    context
        .tx
        .prepare_cached(
            "INSERT INTO saved (message_id, app_id, app_message_id, notification, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![message_id, app_id, app_message_id, Json(&notification), context.now])?;
    context
        .tx
        .prepare_cached("DELETE FROM saved WHERE id <= ?1")?
        .execute([context.tx.last_insert_rowid() - KEPT])?;
    Ok(saved(&message_id))
}

/// The notification that was saved under this message id, as it was saved; 31 where there is none.
pub(super) fn find(
    context: &mut Context<'_>,
    app_id: &str,
    message_id: &str,
) -> Result<Map<String, Value>, Stop> {
    let since = context.rules.saved_lifetime.since(context.now);
    let found: Option<Json<Map<String, Value>>> = context
        .tx
        .prepare_cached(
            "SELECT notification FROM saved WHERE message_id = ?1 AND app_id = ?2 AND at_ms > ?3",
        )?
        .query_row(params![message_id, app_id, since], |row| row.get(0))
        .optional()?;
    match found {
        Some(Json(notification)) => {
            context.notes.pass("message_id", "");
            Ok(notification)
        }
        None => Err(context.notes.refuse("message_id", 31, "this app has saved no message with this id")),
    }
}

/// The message that this app_message_id saved, while it is remembered.
fn earlier(context: &Context<'_>, app_id: &str, id: &str) -> rusqlite::Result<Option<String>> {
    let remembered = context.rules.repeat_window.since(context.now);
    let kept = context.rules.saved_lifetime.since(context.now);
    context
        .tx
        .prepare_cached(
            "SELECT message_id FROM saved WHERE app_id = ?1 AND app_message_id = ?2 AND at_ms > ?3
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![app_id, id, remembered.max(kept)], |row| row.get(0))
        .optional()
}

fn saved(message_id: &str) -> Value {
    envelope::success("success", Some(json!({ "message_id": message_id })))
}
