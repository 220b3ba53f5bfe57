//! One push to one target: token, request, answer, and the repeats that cannot notify twice (design rule 4).
//! How a single request is sent belongs to `http`; who is pushed to and why, to `push`.

use super::deadline::{Deadline, MAX_TRIES};
use super::http::{Fault, Http, Reply};
use super::{
    Answer, Call, CallError, Cause, Credentials, Endpoints, Exchange, Outcome, Push, Request, Sent,
    TokenCache, TokenKey, Unknown, VendorError, answer,
};
use crate::clock::Clock;
use crate::config::Secret;
use std::time::Duration;

/// OPPO's server API at one profile's endpoints. Needs a tokio runtime with time and io.
#[derive(Debug)]
pub struct Client {
    pub(super) endpoints: Endpoints,
    pub(super) http: Http,
    pub(super) clock: Clock,
    pub(super) timeout: Duration,
}

/// What one try says about the push.
enum Verdict {
    Final(Outcome),
    /// The token is no longer valid, so nothing was taken.
    TokenRefused(VendorError),
    /// Nothing was taken; the vendor asks to come back.
    TryLater(VendorError),
    /// No connection; the flag: another try could find one.
    NotSent(Cause, bool),
    /// It may have been taken.
    Lost(Unknown),
}

impl Client {
    /// `timeout` is for one operation: all its tries, waits and auth calls together.
    pub fn new(endpoints: Endpoints, clock: Clock, timeout: Duration) -> Result<Client, CallError> {
        let http = Http::new(&endpoints.push, &endpoints, timeout, clock.clone())
            .map_err(|cause| CallError { cause, exchanges: Vec::new() })?;
        Ok(Client { endpoints, http, clock, timeout })
    }

    /// Where it calls.
    pub(crate) fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// Requests one push (OPPO reference, section 4.1). An error means that nothing was pushed; everything else, a
    /// refusal of the credentials included, is an outcome.
    pub async fn unicast(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
        push: &Push<'_>,
    ) -> Result<Sent, CallError> {
        let mut exchanges = Vec::new();
        let mut tries = 0;
        match self.attempts(credentials, cache, push, &mut exchanges, &mut tries).await {
            Ok(outcome) => Ok(Sent { outcome, exchanges, tries }),
            Err(Cause::Refused(error)) => Ok(Sent { outcome: Outcome::Refused(error), exchanges, tries }),
            Err(cause) => Err(CallError { cause, exchanges }),
        }
    }

    async fn attempts(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
        push: &Push<'_>,
        log: &mut Vec<Exchange>,
        tries: &mut u32,
    ) -> Result<Outcome, Cause> {
        let deadline = Deadline::after(self.timeout);
        let mut token = self.token(credentials, cache, None, &deadline, log).await?;
        if deadline.is_over() {
            return Err(Cause::Timeout { after: deadline.total(), doing: "authenticating".to_owned() });
        }
        let mut renewed = false;
        // Once a try may have arrived, no later failure can say that nothing was pushed.
        let mut lost: Option<Unknown> = None;
        loop {
            *tries += 1;
            let last = *tries >= MAX_TRIES;
            match self.attempt(credentials, &token, push, *tries, &deadline, log).await {
                Verdict::Final(Outcome::Refused(error)) => return Ok(refused(error, lost.is_some())),
                Verdict::Final(outcome) => return Ok(outcome),
                Verdict::TokenRefused(_) if !renewed && !last => {
                    renewed = true;
                    match self.token(credentials, cache, Some(&token), &deadline, log).await {
                        Ok(new) => token = new,
                        Err(cause) => return lost.map(Outcome::Unknown).ok_or(cause),
                    }
                }
                Verdict::TokenRefused(error) => {
                    // The next send shall not begin with it; that this one failed is the news, not the cache.
                    let _ = cache.forget(&TokenKey::new(&self.endpoints, credentials), &token);
                    return Ok(refused(error, lost.is_some()));
                }
                Verdict::TryLater(error) => {
                    if last || !deadline.pause(*tries).await {
                        return Ok(refused(error, lost.is_some()));
                    }
                }
                Verdict::NotSent(cause, again) => {
                    if !again || last || !deadline.pause(*tries).await {
                        return lost.map(Outcome::Unknown).ok_or(cause);
                    }
                }
                Verdict::Lost(why) => {
                    if !push.repeat_is_harmless() || last || !deadline.pause(*tries).await {
                        return Ok(Outcome::Unknown(why));
                    }
                    lost = Some(why);
                }
            }
        }
    }

    async fn attempt(
        &self,
        credentials: &Credentials,
        token: &Secret,
        push: &Push<'_>,
        number: u32,
        deadline: &Deadline,
        log: &mut Vec<Exchange>,
    ) -> Verdict {
        let request = Request::unicast(&self.endpoints, token, push);
        let (exchange, result) = self.http.call(&request, number, deadline).await;
        let elapsed = exchange.elapsed;
        log.push(exchange);
        match result {
            Ok(reply) => verdict(reply, &credentials.app_id),
            Err(Fault::NotSent(unsent, again)) => Verdict::NotSent(Cause::Unsent(unsent), again),
            Err(Fault::TimedOut) => Verdict::Lost(Unknown::TimedOut { after: elapsed }),
            Err(Fault::Lost(why)) => Verdict::Lost(Unknown::AnswerLost { why }),
            // Something answered, only not as the vendor does: asking it again would be blind.
            Err(Fault::Garbled(why)) => {
                Verdict::Final(Outcome::Unknown(Unknown::Unreadable { why: format!("no HTTP: {why}") }))
            }
        }
    }
}

/// A refusal, unless it may be about the repeat only.
fn refused(error: VendorError, after_loss: bool) -> Outcome {
    if after_loss && error.may_be_about_a_repeat() {
        Outcome::Unknown(Unknown::RefusedAfterLoss(error))
    } else {
        Outcome::Refused(error)
    }
}

fn verdict(reply: Reply, app_id: &str) -> Verdict {
    if let Some(location) = reply.redirect {
        return Verdict::Final(Outcome::Unknown(Unknown::Redirected { status: reply.status, location }));
    }
    match reply.answer {
        Answer::Success { data } => Verdict::Final(match answer::message_id(&data) {
            Some(message_id) => Outcome::accepted(message_id, app_id),
            None => Outcome::Unknown(Unknown::NoMessageId),
        }),
        Answer::Refused { code, message } => {
            let error = VendorError { call: Call::Unicast, code, vendor_message: message };
            match code {
                11 => Verdict::TokenRefused(error),
                _ if error.asks_to_try_later() => Verdict::TryLater(error),
                _ => Verdict::Final(Outcome::Refused(error)),
            }
        }
        Answer::Unreadable(why) => Verdict::Final(Outcome::Unknown(Unknown::Unreadable { why })),
    }
}

impl VendorError {
    /// The vendor says that it took nothing, for reasons of its own that pass: "service unavailable", "flow control"
    /// (OPPO reference, section 8). Quotas (13, 33, 55) take longer than anyone waits for a command.
    pub(super) fn asks_to_try_later(&self) -> bool {
        matches!(self.code, -1 | -2)
    }

    /// The code judges this one request and not what is in it, so an earlier try with a lost answer may have fared
    /// better.
    fn may_be_about_a_repeat(&self) -> bool {
        self.asks_to_try_later() || matches!(self.code, 11 | 13 | 32 | 33 | 55)
    }
}
