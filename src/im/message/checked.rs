//! A message that passed every rule, and its way to the IM server.

use serde_json::{Map, Value};

use super::super::client::commands::SENDMSG;
use super::super::envelope::{int, text};
use super::super::{Client, ImError};
use crate::failure::Warning;

/// A message that passed every rule. Only [`Draft::check`] makes one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Checked {
    pub(super) body: Map<String, Value>,
    pub(super) warnings: Vec<Warning>,
}

/// What the server says of a message that it took. It says nothing of a push.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SentMessage {
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
    pub(crate) async fn send(&self, message: &Checked) -> Result<SentMessage, ImError> {
        let answer = self.call(SENDMSG, &message.body(rand::random())).await?;
        let taken = SentMessage {
            key: text(answer.body.get("MsgKey")),
            id: text(answer.body.get("MsgId")),
            time: int(answer.body.get("MsgTime")),
            answer: answer.body,
        };
        if taken.key.is_none() && taken.id.is_none() {
            return Err(self.lacks(SENDMSG, "MsgKey"));
        }
        Ok(taken)
    }
}
