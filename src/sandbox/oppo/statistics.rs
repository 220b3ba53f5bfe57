//! The statistics call: what became of a message, as the sandbox's own records have it (OPPO reference, section 4.5).

use rusqlite::{OptionalExtension, Row, params};
use serde_json::{Value, json};

use super::super::faults;
use super::super::http::context::Context;
use super::super::http::form::Form;
use super::super::http::notes::Stop;
use super::super::rules::YesNo;
use super::{envelope, save};

pub(super) const FIELDS: &[&str] = &["auth_token", "message_id", "task_id"];

#[derive(Clone, Copy, Default)]
struct Counts {
    targets: i64,
    valid: i64,
    sent: i64,
    arrived: i64,
    shown: i64,
    opened: i64,
}

/// Of one task, or where none is named of all broadcasts of the message; of a unicast both ids are the same.
pub(super) fn call(context: &mut Context<'_>, app_id: &str, form: &Form) -> Result<Value, Stop> {
    if context.rules.statistics_offered == YesNo::No {
        return Err(context.notes.refuse("statistics", 27, "no longer offered"));
    }
    let Some(message_id) = form.get("message_id") else {
        return Err(context.notes.refuse("message_id", 40, "missing"));
    };
    let task_id = form.get("task_id");
    if task_id.is_none() && !context.rules.statistics_without_task.accepts() {
        return Err(context.notes.refuse("task_id", 40, "missing"));
    }
    let counts = match of_broadcasts(context, app_id, message_id, task_id)? {
        Some(counts) => Some(counts),
        None if task_id.is_none_or(|task_id| task_id == message_id) => {
            of_unicast(context, app_id, message_id)?
        }
        None => None,
    };
    let counts = match counts {
        Some(counts) => counts,
        // Saved, and not sent yet.
        None if task_id.is_none() => save::find(context, app_id, message_id).map(|_| Counts::default())?,
        None => return Err(context.notes.refuse("task_id", 31, "this app has sent nothing with these ids")),
    };
    context.notes.pass("statistics", "");
    let data = json!({
        "targetCount": counts.targets, "validCount": counts.valid, "sendCount": counts.sent,
        "arriveCount": counts.arrived, "showCount": counts.shown, "openCount": counts.opened,
    });
    Ok(envelope::success("success", Some(data)))
}

/// What it counts itself, with what became of the pushes that are still remembered.
fn of_broadcasts(
    context: &Context<'_>,
    app_id: &str,
    message_id: &str,
    task_id: Option<&str>,
) -> rusqlite::Result<Option<Counts>> {
    let read = |row: &Row<'_>| {
        let counts = Counts {
            targets: row.get(1)?,
            valid: row.get(2)?,
            sent: row.get(3)?,
            arrived: row.get(4)?,
            shown: row.get(5)?,
            opened: row.get(6)?,
        };
        Ok((row.get::<_, i64>(0)?, counts))
    };
    let (found, mut counts) = context
        .tx
        .prepare_cached(
            "SELECT count(*), sum(targets), sum(valid), sum(sent), sum(arrived), sum(shown), sum(opened) FROM broadcast
             WHERE message_id = ?1 AND app_id = ?2 AND (?3 IS NULL OR task_id = ?3)",
        )?
        .query_row(params![message_id, app_id, task_id], |row| {
            if row.get::<_, i64>(0)? == 0 { Ok((0, Counts::default())) } else { read(row) }
        })?;
    if found == 0 {
        return Ok(None);
    }
    let live = deliveries(
        context,
        "task_id IS NOT NULL AND (?3 IS NULL OR task_id = ?3)",
        app_id,
        message_id,
        task_id,
    )?;
    counts.arrived += live.arrived;
    counts.shown += live.shown;
    counts.opened += live.opened;
    Ok(Some(counts))
}

fn of_unicast(context: &Context<'_>, app_id: &str, message_id: &str) -> rusqlite::Result<Option<Counts>> {
    let counts = deliveries(context, "task_id IS NULL AND ?3 IS NULL", app_id, message_id, None)?;
    if counts.targets > 0 {
        return Ok(Some(counts));
    }
    // It was taken, and a fault kept it from its phone.
    let own = message_id.split('-').next() == Some(app_id);
    let taken = own && faults::of_message(context.tx, message_id)?.is_some();
    Ok(taken.then_some(Counts { targets: 1, valid: 1, sent: 1, ..Counts::default() }))
}

/// The pushes that phones still remember.
fn deliveries(
    context: &Context<'_>,
    which: &str,
    app_id: &str,
    message_id: &str,
    task_id: Option<&str>,
) -> rusqlite::Result<Counts> {
    let counts = context
        .tx
        .prepare_cached(&format!(
            "SELECT count(*), count(d.reached_at), count(d.shown_at), count(CASE d.stage WHEN 'opened' THEN 1 END)
             FROM delivery d JOIN registration r ON r.reg_id = d.reg_id
             WHERE d.message_id = ?1 AND r.app_id = ?2 AND {which}"
        ))?
        .query_row(params![message_id, app_id, task_id], |row| {
            let sent = row.get(0)?;
            Ok(Counts {
                targets: sent,
                valid: sent,
                sent,
                arrived: row.get(1)?,
                shown: row.get(2)?,
                opened: row.get(3)?,
            })
        })
        .optional()?;
    Ok(counts.unwrap_or_default())
}
