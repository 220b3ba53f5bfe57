//! What a call made: messages, a saved message, a broadcast, a picture; found by the ids in its answer.

use rusqlite::Transaction;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::http::calls::LoggedCall;
use super::super::moment::Moment;
use super::super::oppo::{self, Broadcast, Saved};
use super::super::pictures::{self, PictureShown};
use super::ask::Ask;
use super::refusal::{Answered, items};

/// What a call made beside messages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Made {
    /// The message that it saved for broadcasts.
    pub(crate) saved: Option<Saved>,
    /// The broadcast that it began.
    pub(crate) broadcast: Option<Broadcast>,
    /// The picture that it uploaded.
    pub(crate) picture: Option<PictureShown>,
}

impl Made {
    /// What is still known of it.
    pub(super) fn by(tx: &Transaction<'_>, call: &LoggedCall) -> rusqlite::Result<Made> {
        let Some(data) = data(call) else { return Ok(Made::default()) };
        let text = |name: &str| data.get(name).and_then(Value::as_str);
        let mut made = Made::default();
        match last_part(&call.path) {
            "save_message_content" => {
                made.saved = text("message_id").map(|id| oppo::find_saved(tx, id)).transpose()?.flatten();
            }
            "broadcast" => {
                made.broadcast =
                    text("task_id").map(|id| oppo::find_broadcast(tx, id)).transpose()?.flatten();
            }
            "big_picture" | "small_picture" => {
                let id = text("big_picture_id").or(text("small_picture_id"));
                made.picture = id.map(|id| pictures::shown(tx, id)).transpose()?.flatten();
            }
            _ => {}
        }
        Ok(made)
    }
}

/// In a few words, such as `3 messages, 1 failed`; empty where a call makes nothing.
pub(crate) fn in_words(call: &LoggedCall) -> String {
    let Some(data) = data(call) else { return String::new() };
    let text = |name: &str| data.get(name).and_then(Value::as_str).unwrap_or_default();
    match last_part(&call.path) {
        "unicast" => format!("message {}", text("messageId")),
        "unicast_batch" => {
            let list = data.as_array().map_or(&[][..], Vec::as_slice);
            let failed = list.iter().filter(|item| item.get("errorCode").is_some()).count();
            with_failed(format!("{} messages", list.len()), failed)
        }
        "save_message_content" => format!("saved {}", text("message_id")),
        "broadcast" => {
            let lists = data.as_object().into_iter().flatten();
            let codes = lists.filter(|(name, _)| name.bytes().all(|byte| byte.is_ascii_digit()));
            let failed = codes.filter_map(|(_, targets)| targets.as_array()).map(Vec::len).sum();
            with_failed(format!("broadcast {}", text("task_id")), failed)
        }
        "big_picture" => format!("picture {}", text("big_picture_id")),
        "small_picture" => format!("picture {}", text("small_picture_id")),
        _ => String::new(),
    }
}

fn with_failed(what: String, failed: usize) -> String {
    if failed == 0 { what } else { format!("{what}, {failed} failed") }
}

/// The part of the answer that a call which was carried out has.
fn data(call: &LoggedCall) -> Option<Value> {
    let answer: Value = serde_json::from_str(&call.answer).ok().filter(|_| call.code == 0)?;
    answer.get("data").cloned()
}

fn last_part(path: &str) -> &str {
    let path = path.split('?').next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

pub(super) fn list_saved(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let (after, limit) = ask.part()?;
    items(oppo::saved(at.tx, after, limit)?)
}

pub(super) fn list_broadcasts(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let (after, limit) = ask.part()?;
    items(oppo::broadcasts(at.tx, after, limit)?)
}

pub(super) fn list_pictures(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let (after, limit) = ask.part()?;
    items(pictures::list(at.tx, after, limit)?)
}
