//! The control API's events: what happens in the sandbox, as server-sent events, each with a number to go on from.

use std::collections::HashSet;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use rusqlite::Transaction;
use serde::Serialize;
use serde_json::json;
use tokio::sync::mpsc::{self, Sender};
use tokio::time::{Instant, interval_at, sleep};

use super::super::changes::Change;
use super::super::faults;
use super::super::http::calls;
use super::super::moment::Moment;
use super::super::phone;
use super::super::state::{State, StateError};
use super::brief::Brief;
use super::refusal::{Answered, Refusal};
use super::with_session::with_session;
use crate::listen::Response;

/// Changes that one piece of the answer is made from, and the time between two pieces: a follower holds up no call.
const AT_ONCE: usize = 200;
const PAUSE: Duration = Duration::from_millis(30);
/// An idle stream says so often that it is still there. As often it is noticed that its reader is gone.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often phones are brought up to date while they are followed.
const LOOK: Duration = Duration::from_millis(500);

/// Answers with the events after the one that is named; without a name, or where they are forgotten, from now on.
pub(super) fn follow(state: &Arc<State>, after: Option<&str>) -> Answered {
    let newest = *state.changes.follow().borrow();
    let run = format!("{:x}", state.changes.run);
    let (from, missed) = match after {
        None => (newest, false),
        Some(id) => {
            let (of, number) = id.split_once('-').unwrap_or_default();
            let number: u64 = number
                .parse()
                .map_err(|_| Refusal::bad("bad-query", format!("{id:?} is not the id of an event")))?;
            let known = of == run && state.changes.between(number, newest, 0).is_some();
            if known { (number, false) } else { (newest, true) }
        }
    };
    let (pieces, following) = mpsc::channel(2);
    let follower = Follower { state: state.clone(), run, last: from };
    tokio::spawn(follower.run(pieces, missed));
    let response = Response::pieces("text/event-stream; charset=utf-8", following);
    Ok(response.with("cache-control", "no-store").with("x-accel-buffering", "no"))
}

struct Follower {
    state: Arc<State>,
    run: String,
    /// The number of the last change that was told.
    last: u64,
}

impl Follower {
    /// Until the reader is gone.
    async fn run(mut self, pieces: Sender<Bytes>, missed: bool) {
        let mut committed = self.state.changes.follow();
        let mut text = String::from("retry: 1000\n\n");
        let first = if missed { "missed" } else { "ready" };
        self.event(&mut text, self.last, first, &json!({}));
        let mut look = interval_at(Instant::now() + LOOK, LOOK);
        let mut told = Instant::now();
        loop {
            if !text.is_empty() {
                if pieces.send(std::mem::take(&mut text).into()).await.is_err() {
                    return;
                }
                told = Instant::now();
                sleep(PAUSE).await;
            }
            let newest = *committed.borrow_and_update();
            if newest == self.last {
                tokio::select! {
                    () = pieces.closed() => return,
                    changed = committed.changed() => if changed.is_err() { return },
                    _ = look.tick() => self.look(),
                }
                if told.elapsed() >= HEARTBEAT {
                    text.push_str(": still here\n\n");
                }
                continue;
            }
            // What can't be read now is read with the next change.
            if self.tell(newest, &mut text).is_err() {
                sleep(LOOK).await;
            }
        }
    }

    /// Brings the phones up to date: time alone changes them. An error shows itself where a call is answered.
    fn look(&self) {
        let now = self.state.now();
        let _ = self.state.with(|tx| phone::settle_due(tx, now));
    }

    fn tell(&mut self, newest: u64, text: &mut String) -> Result<(), StateError> {
        let Some((changes, last)) = self.state.changes.between(self.last, newest, AT_ONCE) else {
            self.last = newest;
            self.event(text, newest, "missed", &json!({}));
            return Ok(());
        };
        let mut seen = HashSet::new();
        // Of several changes of a row the last counts: what is read is what it is now.
        let numbered = (self.last + 1..).zip(changes).collect::<Vec<_>>();
        let mut latest: Vec<_> =
            numbered.into_iter().rev().filter(|(_, change)| seen.insert(*change)).collect();
        latest.reverse();
        let state = self.state.clone();
        state.look(|connection| {
            let tx = connection.unchecked_transaction()?;
            latest.iter().try_for_each(|(number, change)| self.one(state.moment(&tx), *number, *change, text))
        })?;
        self.last = last;
        Ok(())
    }

    fn one(&self, at: Moment<'_>, number: u64, change: Change, text: &mut String) -> rusqlite::Result<()> {
        let tx: &Transaction<'_> = at.tx;
        match change {
            Change::Call(id) => {
                if let Some(call) = calls::find(tx, id)? {
                    self.event(text, number, "call", &Brief::of(call));
                }
            }
            Change::Message(row) => {
                if let Some(message) = phone::message_of_row(tx, row)? {
                    self.event(text, number, "message", &message);
                }
            }
            Change::Phone(_) | Change::Session(_) => {
                let found = match change {
                    Change::Phone(row) => phone::of_row(tx, row)?,
                    Change::Session(row) => phone::of_session(tx, row)?,
                    _ => None,
                };
                if let Some(phone) = found {
                    self.event(text, number, "phone", &with_session(at, phone)?);
                }
            }
            Change::Phones => self.event(text, number, "phones", &json!({})),
            Change::Apps => self.event(text, number, "apps", &json!({})),
            Change::Faults => self.event(text, number, "faults", &json!({ "items": faults::list(tx)? })),
            Change::Clock => self.event(text, number, "clock", &self.state.time()),
            Change::Cleared => self.event(text, number, "cleared", &json!({})),
            Change::Reset => self.event(text, number, "reset", &json!({})),
        }
        Ok(())
    }

    fn event(&self, text: &mut String, number: u64, name: &str, data: &impl Serialize) {
        if let Ok(data) = serde_json::to_string(data) {
            let _ = write!(text, "event: {name}\nid: {}-{number}\ndata: {data}\n\n", self.run);
        }
    }
}
