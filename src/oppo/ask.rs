//! A call that pushes nothing: made with a token that is renewed once, and again only where a repeat can do no harm.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};
use url::Url;

use super::deadline::{Deadline, MAX_TRIES};
use super::http::{Fault, Http, Reply};
use super::request::{Field, Part};
use super::{Answer, Call, CallError, Cause, Client, Credentials, Exchange, Request, TokenCache, hosts};
use crate::config::Secret;

/// One call of the vendor's administration: which, and its fields beside the token.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(super) call: Call,
    pub(super) fields: Vec<Field>,
    /// Of an upload.
    pub(super) file: Option<Part>,
}

/// What OPPO answered.
#[derive(Clone, Debug)]
pub(crate) struct Answered {
    /// As it came, secrets masked; empty where there is none.
    pub(crate) data: Map<String, Value>,
    pub(crate) exchanges: Vec<Exchange>,
    elapsed: Duration,
}

impl Answered {
    pub(crate) fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.elapsed.as_millis()).unwrap_or(u64::MAX)
    }
}

impl Question {
    pub(super) fn new(call: Call) -> Question {
        Question { call, fields: Vec::new(), file: None }
    }

    pub(super) fn with(mut self, name: impl Into<Cow<'static, str>>, value: &str) -> Question {
        self.fields.push(Field::plain(name, value));
        self
    }
}

impl Request {
    /// A question with its token. `base` is the URL of its host.
    pub(super) fn to(base: &Url, question: &Question, auth_token: &Secret) -> Request {
        let token = Field::secret("auth_token", auth_token.clone());
        Request {
            call: question.call,
            url: hosts::join(base, question.call.path()),
            fields: std::iter::once(token).chain(question.fields.iter().cloned()).collect(),
            file: question.file.clone(),
        }
    }
}

impl Client {
    /// Asks once and gives the answer's data. [`Cause::NoHost`] where no host is known for it, as overseas.
    pub(crate) async fn ask(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
        question: &Question,
    ) -> Result<Answered, CallError> {
        let started = Instant::now();
        let mut exchanges = Vec::new();
        match self.asked(credentials, cache, question, &mut exchanges, Ok).await {
            Ok(data) => Ok(Answered { data, exchanges, elapsed: started.elapsed() }),
            Err(cause) => Err(CallError { cause, exchanges }),
        }
    }

    /// `read` says what the data of a success are, or why they are none.
    pub(super) async fn asked<T>(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
        question: &Question,
        log: &mut Vec<Exchange>,
        read: impl FnOnce(Map<String, Value>) -> Result<T, &'static str>,
    ) -> Result<T, Cause> {
        let call = question.call;
        let data = |http: &Http, deadline: &Deadline, result| {
            let data = http.data(call, result, deadline).map_err(|(cause, _)| cause)?;
            read(data).map_err(|why| http.bad_answer(call, why))
        };
        self.last_answer(credentials, cache, question, log, data).await?
    }

    /// What `finish` makes of the last answer, or of what came in its place. An error means that the call was never made.
    pub(super) async fn last_answer<T>(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
        question: &Question,
        log: &mut Vec<Exchange>,
        finish: impl FnOnce(&Http, &Deadline, Result<Reply, Fault>) -> T,
    ) -> Result<T, Cause> {
        let call = question.call;
        let other;
        let base = self.endpoints.base(call.host()).ok_or(Cause::NoHost { call })?;
        let http = if *base == self.endpoints.push {
            &self.http
        } else {
            other = Http::new(base, &self.endpoints, self.timeout, self.clock.clone())?;
            &other
        };
        let deadline = Deadline::after(self.timeout);
        let mut token = self.token(credentials, cache, None, &deadline, log).await?;
        let mut renewed = false;
        let mut number = 1;
        loop {
            let (exchange, result) = http.call(&Request::to(base, question, &token), number, &deadline).await;
            log.push(exchange);
            if refused_the_token(&result) && !renewed && number < MAX_TRIES {
                renewed = true;
                token = self.token(credentials, cache, Some(&token), &deadline, log).await?;
            } else if !may_ask_again(call, &result) || number >= MAX_TRIES || !deadline.pause(number).await {
                return Ok(finish(http, &deadline, result));
            }
            number += 1;
        }
    }
}

/// Nothing was taken, for a reason that passes; or it does no harm to ask again.
fn may_ask_again(call: Call, result: &Result<Reply, Fault>) -> bool {
    match result {
        Ok(Reply { redirect: None, answer: Answer::Refused { code, .. }, .. }) => matches!(code, -1 | -2),
        Ok(_) | Err(Fault::Garbled(_)) => false,
        Err(Fault::NotSent(_, again)) => *again,
        Err(Fault::TimedOut | Fault::Lost(_)) => call.is_repeatable(),
    }
}

fn refused_the_token(result: &Result<Reply, Fault>) -> bool {
    matches!(result, Ok(Reply { redirect: None, answer: Answer::Refused { code: 11, .. }, .. }))
}
