//! A request that was read whole, and its answer.
//! How they travel belongs to `server`.

use serde_json::Value;

/// A request, its body read whole.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Without the query.
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    /// Names in lower case; a value that is not text is left out.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The first header of that name, in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
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
        same(self.path.as_bytes(), path.as_bytes())
    }
}

/// Compares without stopping at the first difference.
fn same(left: &[u8], right: &[u8]) -> bool {
    let differ = left.iter().zip(right).fold(0, |all, (a, b)| all | (a ^ b));
    left.len() == right.len() && std::hint::black_box(differ) == 0
}

/// An answer in JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Value,
}

impl Response {
    pub(crate) fn new(status: u16, body: Value) -> Self {
        Response { status, headers: Vec::new(), body }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
