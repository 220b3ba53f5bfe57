//! One broadcast under way: its targets one after the other, what it counts, and what of it is due later.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::ToSql;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::{Map, Value};

use super::super::super::draw;
use super::super::super::hex::hex;
use super::super::super::http::context::{Context, Setup};
use super::super::super::http::notes::{Notes, Stop};
use super::super::super::moment::Moment;
use super::super::super::words::{Json, from_row};
use super::super::push::{Outgoing, Pusher};
use super::super::{alias, reg_id};
use super::targets::Targets;

/// So many of all users are pushed to at once; the others a moment later, so that no other call waits for all of them.
const AT_ONCE: i64 = 10_000;

/// Older broadcasts are forgotten.
const KEPT: i64 = 10_000;

pub(super) struct Task {
    id: i64,
    pub(super) task_id: String,
    app_id: String,
    message_id: String,
    notification: Map<String, Value>,
    target_type: i64,
    target_value: String,
    after_phone: i64,
}

from_row! {
    Task: id, task_id, app_id, message_id, notification as Json, target_type, target_value, after_phone
}

/// Targets by the code that each failed with.
pub(super) type Failed = BTreeMap<i32, Vec<String>>;

#[derive(Clone, Copy)]
enum Target<'a> {
    RegId(&'a str),
    Alias(&'a str),
    /// The regId of a phone of this app that is subscribed.
    Known(&'a str),
}

#[derive(Default)]
struct Counts {
    targets: usize,
    valid: usize,
    sent: usize,
}

pub(super) fn begin(
    context: &Context<'_>,
    app_id: &str,
    message_id: &str,
    notification: Map<String, Value>,
    (target_type, target_value): (i64, &str),
    due_at: Option<i64>,
) -> rusqlite::Result<Task> {
    let task_id = hex(&draw::one::<[u8; 12]>(context.tx)?);
    context
        .tx
        .prepare_cached(
            "INSERT INTO broadcast (task_id, app_id, message_id, notification, target_type, target_value, at_ms, due_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            task_id,
            app_id,
            message_id,
            Json(&notification),
            target_type,
            target_value,
            context.now,
            due_at
        ])?;
    let id = context.tx.last_insert_rowid();
    context
        .tx
        .prepare_cached("DELETE FROM broadcast WHERE id <= ?1 AND due_at IS NULL")?
        .execute([id - KEPT])?;
    Ok(Task {
        id,
        task_id,
        app_id: app_id.into(),
        message_id: message_id.into(),
        notification,
        target_type,
        target_value: target_value.into(),
        after_phone: 0,
    })
}

/// Whether there is a broadcast to go on with.
pub(in crate::sandbox) fn is_due(connection: &Connection, now: i64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM broadcast WHERE due_at <= ?1)")?
        .query_row([now], |row| row.get(0))
}

/// Goes on with the broadcasts that are due. True when there is more to do at once.
pub(in crate::sandbox) fn run_due(at: Moment<'_>) -> rusqlite::Result<bool> {
    let due: Vec<Task> = at
        .tx
        .prepare_cached("SELECT * FROM broadcast WHERE due_at <= ?1 ORDER BY id LIMIT 10")?
        .query_map([at.now], Task::read)?
        .collect::<rusqlite::Result<_>>()?;
    let more = !due.is_empty();
    let setup = Setup::read(at.tx)?;
    for mut task in due {
        // What was in order when it was taken is so still.
        let mut notes = Notes::of_item();
        let Moment { tx, rules, now } = at;
        let mut context = Context { tx, rules, now, server_time: now, setup, notes: &mut notes };
        let (app_id, value) = (task.app_id.clone(), task.target_value.clone());
        let done = Targets::read(&mut context, &app_id, task.target_type, &value)
            .and_then(|targets| task.run(&mut context, &targets));
        match done {
            Err(Stop::Database(error)) => return Err(error),
            Err(Stop::Refused(_)) => task.wait_until(at, None)?,
            Ok(_) => {}
        }
    }
    Ok(more)
}

impl Task {
    /// Pushes to the targets, or of all users to the next of them.
    pub(super) fn run(&mut self, context: &mut Context<'_>, targets: &Targets) -> Result<Failed, Stop> {
        let mut failed = Failed::new();
        let mut counts = Counts::default();
        let app_id = self.app_id.clone();
        let mut pusher = Pusher::new(context, &app_id, "broadcast")?;
        match targets {
            Targets::RegIds(list) | Targets::Aliases(list) => {
                let aliases = matches!(targets, Targets::Aliases(_));
                let named = if aliases { Target::Alias } else { Target::RegId };
                let mut seen = BTreeSet::new();
                for (at, target) in list.iter().enumerate() {
                    let sent = match seen.insert(target) {
                        true => self.one(context, &mut pusher, at, named(target), &mut counts)?,
                        false => repeat(context, at, aliases),
                    };
                    if let Err(code) = sent {
                        failed.entry(code).or_default().push(target.clone());
                    }
                }
                self.wait_until(context.moment(), None)?;
            }
            Targets::All | Targets::Tags(_) => {
                let next = self.next_of_all(context, targets)?;
                for (at, reg_id) in next.iter().enumerate() {
                    if let Err(code) =
                        self.one(context, &mut pusher, at, Target::Known(reg_id), &mut counts)?
                    {
                        failed.entry(code).or_default().push(reg_id.clone());
                    }
                }
                let full = i64::try_from(next.len()).is_ok_and(|length| length == self.at_once());
                let pause = if self.rate().is_some() { 1000 } else { 0 };
                self.wait_until(context.moment(), full.then_some(context.now + pause))?;
            }
        }
        pusher.finish(context)?;
        context.notes.pass("targets", format!("{} of {} taken", counts.sent, counts.targets));
        self.count(context.moment(), &counts)?;
        Ok(failed)
    }

    /// One target, with notes of its own.
    fn one(
        &self,
        context: &mut Context<'_>,
        pusher: &mut Pusher<'_>,
        at: usize,
        target: Target<'_>,
        counts: &mut Counts,
    ) -> Result<Result<(), i32>, Stop> {
        counts.targets += 1;
        let mut notes = Notes::of_item();
        let sent = self.push(&mut context.with_notes(&mut notes), pusher, target, counts);
        context.notes.take_in("targets", at, notes);
        match sent {
            Ok(()) => Ok(Ok(())),
            Err(Stop::Refused(code)) => Ok(Err(code)),
            Err(error) => Err(error),
        }
    }

    fn push(
        &self,
        context: &mut Context<'_>,
        pusher: &mut Pusher<'_>,
        target: Target<'_>,
        counts: &mut Counts,
    ) -> Result<(), Stop> {
        let holder;
        let mut phone = None;
        let reg_id = match target {
            Target::Known(reg_id) => reg_id,
            Target::RegId(reg_id) => {
                phone = reg_id::examine(context, &self.app_id, reg_id)?;
                reg_id
            }
            Target::Alias(name) => {
                (holder, phone) = alias::resolve(context, &self.app_id, name)?;
                &holder
            }
        };
        counts.valid += 1;
        pusher.count(context, reg_id)?;
        counts.sent += 1;
        let outgoing = Outgoing {
            message_id: &self.message_id,
            task_id: Some(&self.task_id),
            reg_id,
            phone,
            notification: &self.notification,
        };
        Ok(pusher.take(context, outgoing)?)
    }

    /// The regIds of the next phones, in the order in which they were made.
    fn next_of_all(&mut self, context: &Context<'_>, targets: &Targets) -> rusqlite::Result<Vec<String>> {
        let mut tags = Vec::new();
        let condition = match targets {
            Targets::Tags(expression) => expression.condition(&mut tags),
            _ => "1".to_owned(),
        };
        let mut parameters: Vec<&dyn ToSql> = vec![&self.app_id, &self.after_phone];
        parameters.extend(tags.iter().map(|tag| tag as &dyn ToSql));
        let at_once = self.at_once();
        parameters.push(&at_once);
        let mut query = context.tx.prepare_cached(&format!(
            "SELECT p.id, p.reg_id FROM phone p WHERE p.app_id = ? AND p.id > ? AND p.registered AND {condition}
             ORDER BY p.id LIMIT ?"
        ))?;
        let rows: Vec<(i64, String)> = query
            .query_map(params_from_iter(parameters), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        if let Some((last, _)) = rows.last() {
            self.after_phone = *last;
        }
        Ok(rows.into_iter().map(|(_, reg_id)| reg_id).collect())
    }

    /// Pushes a second, where its speed is fixed.
    fn rate(&self) -> Option<i64> {
        let fixed = self.notification.get("fix_speed").and_then(Value::as_bool) == Some(true);
        self.notification.get("fix_speed_rate").filter(|_| fixed)?.as_i64()
    }

    /// So many phones in one go.
    fn at_once(&self) -> i64 {
        self.rate().map_or(AT_ONCE, |rate| rate.min(AT_ONCE))
    }

    fn wait_until(&self, at: Moment<'_>, due_at: Option<i64>) -> rusqlite::Result<()> {
        at.tx
            .prepare_cached("UPDATE broadcast SET due_at = ?1, after_phone = ?2 WHERE id = ?3")?
            .execute(params![due_at, self.after_phone, self.id])?;
        Ok(())
    }

    fn count(&self, at: Moment<'_>, counts: &Counts) -> rusqlite::Result<()> {
        at.tx
            .prepare_cached(
                "UPDATE broadcast SET targets = targets + ?1, valid = valid + ?2, sent = sent + ?3 WHERE id = ?4",
            )?
            .execute(params![counts.targets as i64, counts.valid as i64, counts.sent as i64, self.id])?;
        Ok(())
    }
}

/// A target that is in the list twice is pushed to once.
fn repeat(context: &mut Context<'_>, at: usize, is_alias: bool) -> Result<(), i32> {
    let code = if is_alias { 10005 } else { 10004 };
    let mut notes = Notes::of_item();
    notes.fail("target", "in the list a second time");
    context.notes.take_in("targets", at, notes);
    Err(code)
}
