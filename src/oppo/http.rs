//! One request over HTTP, once: TLS verified, no redirects, bounded in time and size, and honest about what may have left.
//! Whether to try again belongs to `client`; what the answer means, to `answer`.

use super::deadline::{Deadline, connect_timeout};
use super::form::FieldValue;
use super::{Answer, Call, Cause, Exchange, Request, answer, hosts, masking};
use std::error::Error;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::{Duration, Instant};
use url::Url;

pub(super) const USER_AGENT: &str = concat!("opush/", env!("CARGO_PKG_VERSION"));

/// No answer of the vendor is anywhere near this long.
const MAX_ANSWER: usize = 1024 * 1024;

/// A connection to one of the vendor's hosts, kept alive between calls.
#[derive(Debug)]
pub(super) struct Http {
    client: reqwest::Client,
    host: String,
}

/// A complete answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub status: u16,
    pub date: Option<String>,
    /// For a redirect, where to.
    pub redirect: Option<String>,
    pub answer: Answer,
}

/// Why there is no complete answer.
#[derive(Debug)]
pub(super) enum Fault {
    /// There was no connection, so not a byte of the request left. The flag: another try could find one.
    NotSent(Cause, bool),
    /// The request may have arrived; no whole answer came.
    TimedOut,
    /// The request may have arrived; the connection broke before the answer was complete.
    Lost(String),
    /// The request may have arrived; what came back is no HTTP.
    Garbled(String),
}

impl Http {
    /// For the host of `base`. `total` is the time of a whole operation.
    pub fn new(base: &Url, total: Duration) -> Result<Http, Cause> {
        let loopback = hosts::is_loopback(base);
        let secure = base.scheme() == "https";
        if !secure && !loopback {
            return Err(Cause::Insecure { url: base.to_string() });
        }
        // A second call finds one installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(reqwest::redirect::Policy::none())
            // Retrying is decided where it is known whether a repeat is harmless.
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_title_case_headers()
            .connect_timeout(connect_timeout(total));
        if loopback {
            // A proxy could not reach this machine, and nobody else may be what "localhost" means.
            let here = [(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()];
            builder = builder.no_proxy().resolve_to_addrs("localhost", &here);
        }
        if !secure {
            // Reading the system's root certificates takes longer than a whole send to a sandbox. With none at all, no
            // TLS connection could succeed; nothing is let through unverified.
            builder = builder.tls_certs_only([]);
        }
        let client = builder.build().map_err(|error| Cause::Setup { why: deepest(&error) })?;
        Ok(Http { client, host: host_of(base) })
    }

    /// Host and port, for messages.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Sends the request once. The exchange it yields has no secret in it, whatever the vendor answers.
    pub async fn call(
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

    async fn exchange(
        &self,
        request: &Request,
        deadline: &Deadline,
        exchange: &mut Exchange,
    ) -> Result<Reply, Fault> {
        let mut post = self.client.post(request.url.clone()).timeout(deadline.of_a_try());
        for (name, value) in Request::HEADERS {
            post = post.header(name, value);
        }
        let body = request.body().to_string();
        let mut response = post.body(body).send().await.map_err(|error| self.fault(error))?;

        let status = response.status().as_u16();
        exchange.status = Some(status);
        let header =
            |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let date = header("date");
        let location =
            (300..400).contains(&status).then(|| header("location").unwrap_or_else(|| "nowhere".into()));

        let mut body = Vec::new();
        let mut whole = true;
        while let Some(chunk) = response.chunk().await.map_err(|error| self.fault(error))? {
            let room = MAX_ANSWER - body.len();
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                whole = false;
                break;
            }
        }

        let secrets: Vec<&str> = request
            .fields
            .iter()
            .filter_map(|field| match &field.value {
                FieldValue::Secret(secret) => Some(secret.reveal()),
                FieldValue::Plain(_) => None,
            })
            .collect();
        let masked = masking::mask(&String::from_utf8_lossy(&body), &secrets);
        let redirect = location.map(|url| masking::mask(&url, &secrets).chars().take(300).collect());
        exchange.answered(status, &masked);
        let answer = if !whole {
            Answer::Unreadable(format!("longer than 1 MiB (HTTP {status})"))
        } else {
            match (request.call, answer::read(status, &body)) {
                // Only auth's data is secret and needed. Everything else is read with secrets masked, for it is printed.
                (Call::Auth, Answer::Success { data }) => Answer::Success { data },
                (_, Answer::Unreadable(why)) => Answer::Unreadable(masking::mask(&why, &secrets)),
                _ => answer::read(status, masked.as_bytes()),
            }
        };
        Ok(Reply { status, date, redirect, answer })
    }

    /// Sorts a failure by what may have left this machine.
    ///
    /// `is_connect` holds only for failures of the connector, which has done its work (name, TCP, proxy, TLS) before
    /// the first byte of a request is written; hyper's pool hands a request back unwritten, and connects anew, if an idle
    /// connection turns out to be closed. Every other failure is taken as "may have arrived": while writing, while waiting
    /// (also when the try's time ran out), and while reading the answer.
    fn fault(&self, error: reqwest::Error) -> Fault {
        let host = self.host.clone();
        let why = deepest(&error);
        if error.is_builder() {
            Fault::NotSent(Cause::Setup { why }, false)
        } else if error.is_connect() && find::<rustls::Error>(&error).is_some() {
            // A certificate does not become better by asking again.
            Fault::NotSent(Cause::Tls { host, why }, false)
        } else if error.is_connect() && error.is_timeout() {
            Fault::NotSent(Cause::Unreachable { host, why: "it did not answer in time".to_owned() }, true)
        } else if error.is_connect() {
            Fault::NotSent(Cause::Unreachable { host, why }, true)
        } else if error.is_timeout() {
            Fault::TimedOut
        } else if find::<hyper::Error>(&error).is_some_and(hyper::Error::is_parse) {
            Fault::Garbled(why)
        } else {
            Fault::Lost(why)
        }
    }
}

impl Fault {
    fn words(&self) -> String {
        match self {
            Fault::NotSent(cause, _) => cause.to_string(),
            Fault::TimedOut => "no complete answer in time".to_owned(),
            Fault::Lost(why) => format!("the connection broke: {why}"),
            Fault::Garbled(why) => format!("the answer is no HTTP: {why}"),
        }
    }
}

fn host_of(url: &Url) -> String {
    match (url.host_str(), url.port_or_known_default()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        _ => url.to_string(),
    }
}

/// The innermost error's words: the layers above only say that a request failed.
fn deepest(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map_or_else(String::new, |error| error.to_string())
}

fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    chain(error).find_map(|error| error.downcast_ref::<E>())
}

/// An error and its sources. An `io::Error` names as its source the source of the error it holds; here, that error itself.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    })
}
