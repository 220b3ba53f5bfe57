//! A request that was read whole, and its answer.

use std::time::Duration;

use hyper::body::Bytes;
use hyper::{HeaderMap, Method, Uri};
use serde_json::Value;
use tokio::sync::mpsc::Receiver;

/// A request, its body read whole.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Request {
    /// Without the query.
    pub(crate) fn path(&self) -> &str {
        self.uri.path()
    }

    pub(crate) fn query(&self) -> Option<&str> {
        self.uri.query()
    }

    /// The first header of that name, if it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether the request carries this bearer token. Takes as long for a wrong one as for the right one.
    pub(crate) fn bears(&self, token: &str) -> bool {
        let given = self.header("authorization").and_then(|value| {
            let (scheme, given) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then_some(given.trim())
        });
        given.is_some_and(|given| same(given.as_bytes(), token.as_bytes()))
    }

    /// Whether this is the path, which may hold a secret. Takes as long for a wrong one as for the right one.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        same(self.path().as_bytes(), path.as_bytes())
    }
}

/// Compares without stopping at the first difference.
fn same(left: &[u8], right: &[u8]) -> bool {
    let differ = left.iter().zip(right).fold(0, |all, (a, b)| all | (a ^ b));
    left.len() == right.len() && std::hint::black_box(differ) == 0
}

/// Why a request is not one to answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    #[error("the body is larger than {most} bytes")]
    TooLarge { most: usize },
    #[error("the body did not arrive in time")]
    TooSlow,
    #[error("the body broke off or is malformed")]
    Broken,
    #[error(
        "the Host header is {host:?}, not an address of this machine; if that name leads here, start with --allow-host NAME"
    )]
    ForeignHost { host: String },
    #[error(
        "a CONNECT to {host:?} is refused: this port leads to its own names at 443 alone, and with --pass-others clients of this machine to others"
    )]
    NotHere { host: String },
    #[error("no tunnel: {why}")]
    NoTunnel { why: String },
}

impl Fault {
    pub(crate) fn status(&self) -> u16 {
        match self {
            Fault::TooLarge { .. } => 413,
            Fault::TooSlow => 408,
            Fault::Broken => 400,
            Fault::ForeignHost { .. } | Fault::NotHere { .. } => 403,
            Fault::NoTunnel { .. } => 502,
        }
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
    /// In place of the body: pieces as they come, until their sender ends them, the client goes or the listener stops.
    pub(crate) pieces: Option<Receiver<Bytes>>,
    pub(crate) delivery: Delivery,
}

/// How an answer goes out; a simulated server may want it late, or not at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) delay: Duration,
    /// The connection is closed in its place.
    pub(crate) cut: bool,
    /// It is closed with a reset, as a broken network does it.
    pub(crate) reset: bool,
}

impl Response {
    /// An answer in JSON, a line of text.
    pub(crate) fn new(status: u16, body: Value) -> Self {
        Response::text(status, "application/json", format!("{body}\n"))
    }

    pub(crate) fn text(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Response { status, headers, body: body.into(), pieces: None, delivery: Delivery::default() }
    }

    /// An answer that goes out in pieces.
    pub(crate) fn pieces(content_type: &str, pieces: Receiver<Bytes>) -> Self {
        Response { pieces: Some(pieces), ..Response::text(200, content_type, Bytes::new()) }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
