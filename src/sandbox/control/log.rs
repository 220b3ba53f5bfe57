//! The control API's log of calls: listed, searched, one with what became of it, cleared.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::changes::Change;
use super::super::http::calls::{self, LoggedCall};
use super::super::http::form;
use super::super::moment::Moment;
use super::super::phone::{self, Message};
use super::ask::Ask;
use super::brief::{Brief, code_name, message_ids};
use super::made::Made;
use super::refusal::{Answered, Refusal, done, items, ok};
use super::sections::name_sections;

pub(super) const PARAMETERS: &[&str] = &["after", "limit", "last", "text", "brief"];

/// Messages that are named with a call.
const MESSAGES: usize = 100;

pub(super) fn list(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let (after, limit) = ask.part()?;
    let brief = ask.read("brief", |word| word.parse::<bool>().ok())?.unwrap_or_default();
    let mut found = match (ask.text("text"), ask.count("last")?) {
        (Some(text), last) => {
            let searched = Searched::of(text, at)?;
            let mut found = calls::list(at.tx, after, calls::KEPT as usize)?;
            found.retain(|call| searched.is_in(call));
            match last {
                Some(last) => drop(found.drain(..found.len().saturating_sub(last))),
                None => found.truncate(limit),
            }
            found
        }
        (None, Some(last)) => {
            // Their numbers have no gaps.
            let before = calls::newest(at.tx)? - i64::try_from(last).unwrap_or(i64::MAX);
            calls::list(at.tx, after.max(Some(before)), last)?
        }
        (None, None) => calls::list(at.tx, after, limit)?,
    };
    if brief {
        return items(found.into_iter().map(Brief::of).collect());
    }
    found.iter_mut().for_each(name_sections);
    items(found)
}

/// A call in a list: whole, or in short.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is wanted")]
pub(super) enum Listed {
    Whole(LoggedCall),
    Short(Brief),
}

/// A call and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct CallShown {
    #[serde(flatten)]
    pub(crate) call: LoggedCall,
    pub(crate) code_name: String,
    /// What it sent, phone by phone; of many the first. Of a saved message, what its broadcasts sent.
    pub(crate) messages: Vec<Message>,
    #[serde(flatten)]
    pub(crate) made: Made,
}

pub(super) fn show(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let none = || Refusal::not_found("unknown-call", format!("the log has no call {:?}", ask.name()));
    let id = ask.name().parse().map_err(|_| none())?;
    let mut call = calls::find(at.tx, id)?.ok_or_else(none)?;
    name_sections(&mut call);
    let code_name = code_name(&call.path, call.code).to_owned();
    let made = Made::by(at.tx, &call)?;
    let task_id = made.broadcast.as_ref().map(|broadcast| broadcast.task_id.as_str());
    let messages = phone::messages_of(at.tx, &message_ids(&call.answer), task_id, MESSAGES)?;
    ok(CallShown { call, code_name, messages, made })
}

pub(super) fn clear(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    calls::clear(at.tx)?;
    ask.state.changes.note(Change::Cleared);
    done()
}

/// What is looked for: words that must all be there.
struct Searched {
    words: Vec<Word>,
}

struct Word {
    /// `app`, `call`, `code`; without one the word may be anywhere.
    of: Option<String>,
    text: String,
    /// Messages to the phone of that name.
    messages: HashSet<String>,
}

impl Searched {
    fn of(text: &str, at: Moment<'_>) -> rusqlite::Result<Searched> {
        let word = |word: &str| {
            let (of, text) = match word.split_once(':') {
                Some((of @ ("app" | "call" | "code" | "phone"), text)) => (Some(of.to_owned()), text),
                _ => (None, word),
            };
            let messages = match of.as_deref() {
                None | Some("phone") => phone::message_ids(at.tx, text)?,
                _ => HashSet::new(),
            };
            Ok(Word { of, text: text.to_lowercase(), messages })
        };
        Ok(Searched { words: text.split_whitespace().map(word).collect::<rusqlite::Result<_>>()? })
    }

    fn is_in(&self, call: &LoggedCall) -> bool {
        self.words.iter().all(|word| word.is_in(call))
    }
}

impl Word {
    fn is_in(&self, call: &LoggedCall) -> bool {
        let has = |text: &str| text.to_lowercase().contains(&self.text);
        let app = call.app_id.as_deref().unwrap_or_default();
        match self.of.as_deref() {
            Some("app") => app.to_lowercase() == self.text,
            Some("call") => has(&call.path),
            Some("code") => call.code.to_string() == self.text,
            of => {
                let sent = || message_ids(&call.answer).iter().any(|id| self.messages.contains(id));
                let said = || {
                    has(&call.path)
                        || has(app)
                        || has(&format!("{} {}", call.code, code_name(&call.path, call.code)))
                        || call.dialects.iter().any(|dialect| has(dialect))
                        || has(&form::readable(&call.request))
                        || has(&call.answer)
                };
                (!self.messages.is_empty() && sent()) || (of.is_none() && said())
            }
        }
    }
}
