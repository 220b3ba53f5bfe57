//! De-duplication: one app_message_id reaches one target once (OPPO reference, section 5).

use rusqlite::{OptionalExtension, params};

use super::super::http::context::Context;
use super::super::rules::Window;

/// The message id this app_message_id had for this target, while it is remembered.
pub(crate) fn earlier(
    context: &Context<'_>,
    app_id: &str,
    target: &str,
    id: &str,
) -> rusqlite::Result<Option<String>> {
    let since = match context.rules.repeat_window {
        Window::UntilReset => i64::MIN,
        Window::For(window) => context.now - window.0,
    };
    context
        .tx
        .prepare_cached(
            "SELECT message_id FROM pushed WHERE app_id = ?1 AND target = ?2 AND app_message_id = ?3 AND at_ms > ?4",
        )?
        .query_row(params![app_id, target, id, since], |row| row.get(0))
        .optional()
}

pub(crate) fn remember(
    context: &Context<'_>,
    app_id: &str,
    target: &str,
    id: &str,
    message_id: &str,
) -> rusqlite::Result<()> {
    context
        .tx
        .prepare_cached(
            "INSERT OR REPLACE INTO pushed (app_id, target, app_message_id, message_id, at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![app_id, target, id, message_id, context.now])?;
    Ok(())
}
