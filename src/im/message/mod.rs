//! One message with its OfflinePushInfo: put together from flags and a file, validated whole, sent (IM reference, 7 and 8).
//! Whether a push follows is the IM server's decision; OPPO's own notification belongs to `notification`.

mod check;
mod draft;
mod fields;
mod no_push;
mod push_rules;
mod shape;
mod twice;
mod warning;

use serde_json::{Map, Value};

use super::client::commands::SENDMSG;
use super::envelope::text;
use super::{Client, ImError};
use crate::failure::Warning;

pub(crate) use draft::Draft;
pub(crate) use fields::{Field, MESSAGE, Shape};
pub(crate) use no_push::{shows_nothing, switched_off};
#[cfg(test)]
pub(crate) use warning::WARNINGS;

/// A message that passed every rule. Only [`Draft::check`] makes one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Checked {
    body: Map<String, Value>,
    warnings: Vec<Warning>,
}

/// What the server says of a message that it took. It says nothing of a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// `MsgKey`, by which webhooks name the message.
    pub(crate) key: Option<String>,
    /// `MsgId` of newer servers.
    pub(crate) id: Option<String>,
    /// Seconds since 1970-01-01 UTC.
    pub(crate) time: Option<i64>,
    /// The whole answer, secrets masked.
    pub(crate) answer: Map<String, Value>,
}

impl Checked {
    /// The request's body, with this MsgRandom if the message has none of its own.
    pub(crate) fn body(&self, random: u32) -> Value {
        let mut body = self.body.clone();
        body.entry("MsgRandom").or_insert_with(|| random.into());
        Value::Object(body)
    }

    pub(crate) fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    pub(crate) fn to(&self) -> &str {
        self.body.get("To_Account").and_then(Value::as_str).unwrap_or_default()
    }
}

impl Client {
    /// Sends the message once. The server's de-duplication by MsgRandom lasts a second, so it is never repeated.
    pub(crate) async fn send(&self, message: &Checked) -> Result<Taken, ImError> {
        let answer = self.call(SENDMSG, &message.body(rand::random())).await?;
        let taken = Taken {
            key: text(answer.body.get("MsgKey")),
            id: text(answer.body.get("MsgId")),
            time: super::envelope::int(answer.body.get("MsgTime")),
            answer: answer.body,
        };
        if taken.key.is_none() && taken.id.is_none() {
            return Err(self.lacks(SENDMSG, "MsgKey"));
        }
        Ok(taken)
    }
}

#[cfg(test)]
mod tests;
