//! The calls for broadcasts: a message saved once, then sent to an audience, and never sent again where it may have been
//! taken (OPPO reference, sections 4.3 and 4.4).

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::answer::message_id;
use super::ask::Question;
use super::deadline::Deadline;
use super::http::{Fault, Http, Reply};
use super::{
    Answer, Answered, Call, CallError, Cause, Client, Credentials, Exchange, Request, TokenCache, Unknown,
    VendorError,
};
use crate::config::Secret;

/// The most regIds or aliases of one call (OPPO reference, section 4.4).
pub(crate) const MOST_TARGETS: usize = 1000;

/// Who a broadcast goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience<'a> {
    All,
    /// At most [`MOST_TARGETS`].
    RegIds(&'a [String]),
    Aliases(&'a [String]),
    /// A JSON expression such as `{"and":["tag"]}`.
    Tags(&'a str),
}

/// What is known of a broadcast that left this machine.
#[derive(Clone, Debug)]
pub(crate) struct Broadcasted {
    pub(crate) outcome: BroadcastOutcome,
    pub(crate) exchanges: Vec<Exchange>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BroadcastOutcome {
    /// Accepted for sending, but for the targets that are listed under their code.
    Accepted {
        task_id: Option<String>,
        failed: BTreeMap<i64, Vec<String>>,
    },
    Refused(VendorError),
    Unknown(Unknown),
}

impl Audience<'_> {
    /// The word in the history.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Audience::All => "all",
            Audience::RegIds(_) => "reg-ids",
            Audience::Aliases(_) => "aliases",
            Audience::Tags(_) => "tags",
        }
    }

    /// How many targets, where that is known.
    pub(crate) fn count(&self) -> Option<usize> {
        match self {
            Audience::All | Audience::Tags(_) => None,
            Audience::RegIds(list) | Audience::Aliases(list) => Some(list.len()),
        }
    }

    /// SHA-256 of the targets, in hex: the same targets in the same order have the same.
    pub(crate) fn digest(&self) -> String {
        let mut sha = Sha256::new();
        match self {
            Audience::All => {}
            Audience::Tags(expression) => sha.update(expression),
            Audience::RegIds(list) | Audience::Aliases(list) => list.iter().for_each(|target| {
                sha.update(target);
                sha.update([0]);
            }),
        }
        sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Question {
    /// The notification's fields as flat form fields.
    pub(crate) fn save(notification: &Map<String, Value>) -> Question {
        notification.iter().fold(Question::new(Call::SaveMessage), |question, (name, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            question.with(name.clone(), &text)
        })
    }

    pub(crate) fn broadcast(message_id: &str, audience: Audience<'_>) -> Question {
        let question = Question::new(Call::Broadcast).with("message_id", message_id);
        match audience {
            Audience::All => question.with("target_type", "1"),
            Audience::RegIds(list) => question.with("target_type", "2").with("target_value", &list.join(";")),
            Audience::Aliases(list) => {
                question.with("target_type", "5").with("target_value", &list.join(";"))
            }
            Audience::Tags(expression) => question.with("target_type", "6").with("target_value", expression),
        }
    }

    /// The request as it would go out to the push host, without its token.
    pub(crate) fn planned(&self, endpoints: &super::Endpoints) -> Exchange {
        let base = endpoints.base(self.call.host()).unwrap_or(&endpoints.push);
        Exchange::planned(&Request::to(base, self, &Secret::new("")))
    }
}

impl Answered {
    /// The id of the saved message.
    pub(crate) fn message_id(&self) -> Option<String> {
        message_id(&self.data)
    }
}

impl Client {
    /// Sends a saved message. An error means that nothing was sent; everything else is an outcome.
    pub(crate) async fn broadcast(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
        question: &Question,
    ) -> Result<Broadcasted, CallError> {
        let mut exchanges = Vec::new();
        match self.last_answer(credentials, cache, question, &mut exchanges, outcome).await {
            Ok(Ok(outcome)) => Ok(Broadcasted { outcome, exchanges }),
            Ok(Err(Cause::Refused(error))) | Err(Cause::Refused(error)) => {
                Ok(Broadcasted { outcome: BroadcastOutcome::Refused(error), exchanges })
            }
            Ok(Err(cause)) | Err(cause) => Err(CallError { cause, exchanges }),
        }
    }
}

fn outcome(_: &Http, deadline: &Deadline, result: Result<Reply, Fault>) -> Result<BroadcastOutcome, Cause> {
    let unknown = |why| Ok(BroadcastOutcome::Unknown(why));
    let reply = match result {
        Ok(reply) => reply,
        Err(Fault::NotSent(unsent, _)) => return Err(Cause::Unsent(unsent)),
        Err(Fault::TimedOut) => return unknown(Unknown::TimedOut { after: deadline.total() }),
        Err(Fault::Lost(why)) => return unknown(Unknown::AnswerLost { why }),
        Err(Fault::Garbled(why)) => return unknown(Unknown::Unreadable { why: format!("no HTTP: {why}") }),
    };
    if let Some(location) = reply.redirect {
        return unknown(Unknown::Redirected { status: reply.status, location });
    }
    match reply.answer {
        Answer::Success { data } => {
            let task_id = text(&data, &["task_id", "taskId"]);
            if task_id.is_none() && message_id(&data).is_none() {
                return unknown(Unknown::NoMessageId);
            }
            Ok(BroadcastOutcome::Accepted { task_id, failed: failed(&data) })
        }
        Answer::Refused { code, message } => {
            Err(Cause::Refused(VendorError { call: Call::Broadcast, code, vendor_message: message }))
        }
        Answer::Unreadable(why) => unknown(Unknown::Unreadable { why }),
    }
}

/// Each key that is a number is a code, with the targets that failed with it.
fn failed(data: &Map<String, Value>) -> BTreeMap<i64, Vec<String>> {
    let code =
        |key: &String| key.bytes().all(|byte| byte.is_ascii_digit()).then(|| key.parse().ok()).flatten();
    let listed = |value: &Value| -> Vec<String> {
        match value {
            Value::Array(list) => {
                list.iter().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect()
            }
            Value::String(text) => {
                let parts = text.split([';', ',']).map(str::trim);
                parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    };
    let found = data.iter().filter_map(|(key, value)| Some((code(key)?, listed(value))));
    found.filter(|(_, targets)| !targets.is_empty()).collect()
}

fn text(data: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let value = names.iter().find_map(|name| data.get(*name))?;
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let usable = !text.trim().is_empty() && text.len() <= 256 && !text.chars().any(char::is_control);
    usable.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(answer: Value) -> BroadcastOutcome {
        let reply = Reply {
            status: 200,
            redirect: None,
            answer: super::super::answer::read(200, answer.to_string().as_bytes()),
        };
        read_reply(reply)
    }

    fn read_reply(reply: Reply) -> BroadcastOutcome {
        let http = Http::new(
            &url::Url::parse("http://127.0.0.1:9").unwrap(),
            &super::super::Endpoints::resolve(crate::config::Region::Cn, &Default::default()).unwrap(),
            std::time::Duration::from_secs(1),
            crate::clock::Clock::fixed(crate::clock::Timestamp::UNIX_EPOCH),
        )
        .unwrap();
        outcome(&http, &Deadline::after(std::time::Duration::from_secs(1)), Ok(reply)).unwrap()
    }

    #[test]
    fn failed_targets_are_read_by_code() {
        let data = json!({ "message_id": "m", "task_id": "t", "status": "call_success", "10000": ["r1"], "10004": "r2;r3", "7x": ["no"] });
        let failed = BTreeMap::from([(10000, vec!["r1".into()]), (10004, vec!["r2".into(), "r3".into()])]);
        assert_eq!(
            read(json!({ "code": 0, "data": data })),
            BroadcastOutcome::Accepted { task_id: Some("t".into()), failed }
        );
    }

    #[test]
    fn a_success_without_any_id_is_unknown() {
        for data in [json!({}), json!({ "task_id": "" }), json!({ "status": "call_success" })] {
            assert_eq!(
                read(json!({ "code": 0, "data": data })),
                BroadcastOutcome::Unknown(Unknown::NoMessageId)
            );
        }
        let only_message = read(json!({ "code": 0, "data": { "messageId": "m" } }));
        assert_eq!(only_message, BroadcastOutcome::Accepted { task_id: None, failed: BTreeMap::new() });
    }
}
