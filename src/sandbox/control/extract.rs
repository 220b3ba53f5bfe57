//! Reading a request of the control API: path, query and JSON body, each with a refusal in JSON.
//! What the values mean belongs to the handlers.

use std::collections::BTreeMap;

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::refusal::Refusal;

/// Bytes of a request's body.
const MOST: usize = 1 << 20;

/// The phone's name in the path.
pub(super) struct Name(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Name, Refusal> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(name)) => Ok(Name(name)),
            Err(error) => Err(Refusal::bad("bad-path", error.body_text())),
        }
    }
}

/// The query's parameters, each at most once.
pub(super) struct Query(BTreeMap<String, String>);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query, Refusal> {
        let mut given = BTreeMap::new();
        for (key, value) in url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
            if given.insert(key.to_string(), value.into_owned()).is_some() {
                return Err(Refusal::bad("bad-query", format!("{key:?} is there twice")));
            }
        }
        Ok(Query(given))
    }
}

impl Query {
    pub(crate) fn text(&mut self, key: &str) -> Option<String> {
        self.0.remove(key)
    }

    /// A whole number, or another word that `read` understands.
    pub(crate) fn read<T>(
        &mut self,
        key: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        let Some(text) = self.text(key) else { return Ok(None) };
        match read(&text) {
            Some(value) => Ok(Some(value)),
            None => Err(Refusal::bad("bad-query", format!("{text:?} is not a value of {key:?}"))),
        }
    }

    /// What nobody asked for is a mistake.
    pub(crate) fn end(self) -> Result<(), Refusal> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(key) => Err(Refusal::bad("bad-query", format!("there is no parameter {key:?} here"))),
        }
    }
}

/// The body, JSON whatever its Content-Type; an empty one is `{}`.
pub(super) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Body<T>, Refusal> {
        let bytes = to_bytes(request.into_body(), MOST).await.map_err(|_| {
            Refusal::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                format!("a body has at most {MOST} bytes, and must come whole"),
            )
        })?;
        let json: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        serde_json::from_slice(json).map(Body).map_err(|error| Refusal::bad("bad-body", error.to_string()))
    }
}
