//! One call of the vendor's API over `transport`, recorded with every secret masked.
//! Whether to try again belongs to `client`; what the answer means, to `answer`.

use super::deadline::{Deadline, connect_timeout};
use super::{Answer, Call, Cause, ClockDifference, Endpoints, Exchange, Request, VendorError, answer};
use crate::clock::Clock;
use crate::masking;
use crate::transport::{self, Transport};
use serde_json::{Map, Value};
use std::time::{Duration, Instant};
use url::Url;

pub(super) use crate::transport::Fault;

/// A connection to one of the vendor's hosts, kept alive between calls.
#[derive(Debug)]
pub(super) struct Http {
    transport: Transport,
    clock: Clock,
}

/// A complete answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(crate) status: u16,
    /// For a redirect, where to.
    pub(crate) redirect: Option<String>,
    pub(crate) answer: Answer,
}

impl Http {
    /// For the host of `base`, one of these endpoints. `total` is the time of a whole operation.
    pub(crate) fn new(
        base: &Url,
        endpoints: &Endpoints,
        total: Duration,
        clock: Clock,
    ) -> Result<Http, Cause> {
        let transport =
            Transport::new(base, endpoints.authorities(), connect_timeout(total)).map_err(Cause::Unsent)?;
        Ok(Http { transport, clock })
    }

    /// Host and port, for messages.
    pub(crate) fn host(&self) -> &str {
        self.transport.host()
    }

    /// Sends the request once. The exchange it yields has no secret in it, whatever the vendor answers.
    pub(crate) async fn call(
        &self,
        request: &Request,
        number: u32,
        deadline: &Deadline,
    ) -> (Exchange, Result<Reply, Fault>) {
        let mut exchange = Exchange { number, ..Exchange::planned(request) };
        let started = Instant::now();
        let result = self.exchange(request, deadline, &mut exchange).await;
        exchange.elapsed = started.elapsed();
        if let Err(fault) = &result {
            exchange.failure = Some(fault.words());
        }
        (exchange, result)
    }

    /// Sends a body once, without a record of it.
    pub(super) async fn send(
        &self,
        url: &Url,
        headers: &[(&str, &str)],
        outgoing: transport::Outgoing,
        limit: Duration,
    ) -> Result<transport::Reply, Fault> {
        self.transport.send(url, headers, outgoing, limit, |_| ()).await
    }

    /// The data of a call that pushes nothing; else why there is none, and whether to ask again.
    pub(super) fn data(
        &self,
        call: Call,
        result: Result<Reply, Fault>,
        deadline: &Deadline,
    ) -> Result<Map<String, Value>, (Cause, bool)> {
        let (awaited, repeatable) = (call.awaited(), call.is_repeatable());
        let (why, again) = match result {
            Ok(Reply { redirect: Some(location), status, .. }) => {
                let host = self.host().to_owned();
                return Err((Cause::Redirect { call, host, status, location }, false));
            }
            Ok(Reply { answer: Answer::Success { data }, .. }) => return Ok(data),
            Ok(Reply { answer: Answer::Refused { code, message }, .. }) => {
                let error = VendorError { call, code, vendor_message: message };
                let again = error.asks_to_try_later();
                return Err((Cause::Refused(error), again));
            }
            Ok(Reply { answer: Answer::Unreadable(why), .. }) => (why, false),
            Err(Fault::NotSent(unsent, again)) => return Err((Cause::Unsent(unsent), again)),
            Err(Fault::TimedOut) => {
                let doing = format!("waiting for {}'s {awaited}", self.host());
                return Err((Cause::Timeout { after: deadline.total(), doing }, repeatable));
            }
            Err(Fault::Lost(why)) => (format!("incomplete: {why}"), repeatable),
            Err(Fault::Garbled(why)) => (format!("no HTTP: {why}"), false),
        };
        Err((self.bad_answer(call, &why), again))
    }

    pub(super) fn bad_answer(&self, call: Call, why: &str) -> Cause {
        Cause::BadAnswer { call, host: self.host().to_owned(), why: why.to_owned() }
    }

    async fn exchange(
        &self,
        request: &Request,
        deadline: &Deadline,
        exchange: &mut Exchange,
    ) -> Result<Reply, Fault> {
        let (url, outgoing) = request.outgoing();
        let asked = self.clock.now();
        let seen = &mut exchange.status;
        let plain = request.headers();
        let mut headers: Vec<(&str, &str)> = plain.iter().map(|(name, value)| (*name, &**value)).collect();
        headers.extend(request.secret_headers().map(|field| (&*field.name, field.value.reveal())));
        let transport::Reply { status, date, redirect, body, whole, .. } = self
            .transport
            .send(&url, &headers, outgoing, deadline.of_a_try(), |status| *seen = Some(status))
            .await?;

        exchange.clock = date.and_then(|date| ClockDifference::by_date(&date, asked, self.clock.now()));
        let secrets = request.fields.iter().filter(|field| field.is_secret);
        let secrets: Vec<&str> = secrets.map(|field| field.value.reveal()).collect();
        let masked = masking::in_answer(&String::from_utf8_lossy(&body), &secrets);
        let redirect = redirect.map(|url| masking::in_answer(&url, &secrets).chars().take(300).collect());
        exchange.answered(status, &masked);
        let answer = if !whole {
            Answer::Unreadable(format!("longer than 1 MiB (HTTP {status})"))
        } else {
            match (request.call, answer::read(status, &body)) {
                // Only auth's data is secret and needed. Everything else is read with secrets masked, for it is printed.
                (Call::Auth, Answer::Success { data }) => Answer::Success { data },
                (_, Answer::Unreadable(why)) => Answer::Unreadable(masking::in_answer(&why, &secrets)),
                _ => answer::read(status, masked.as_bytes()),
            }
        };
        Ok(Reply { status, redirect, answer })
    }
}
