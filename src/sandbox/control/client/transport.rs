//! How a question reaches the sandbox: over plain HTTP, or straight into the routes inside this process.
//! Which questions there are belongs to `client`.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use tower::ServiceExt;

use crate::sandbox::control::PREFIX;
use crate::sandbox::control::refusal::{self, FieldTold};
use crate::sandbox::outgoing::{innermost, on_this_machine};
use crate::sandbox::receipts;
use crate::sandbox::state::State;

const CONNECT: Duration = Duration::from_secs(2);
const TOTAL: Duration = Duration::from_secs(15);
/// Bytes of an answer.
const MOST: usize = 8 << 20;

/// Why the control API gave no answer that could be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ControlError {
    #[error("no sandbox answers at {url}: {why}")]
    Unreachable { url: String, why: String },
    #[error("what answers at {url} is not an opush sandbox: {why}")]
    NotASandbox { url: String, why: String },
    /// The sandbox said no; `id` is one of those in docs/sandbox-control-api.md.
    #[error("{message}")]
    Refused { id: String, message: String, fields: Vec<FieldTold> },
}

pub(super) struct Ask<'a> {
    pub(crate) method: &'static str,
    pub(crate) path: &'a str,
    pub(crate) query: &'a [(&'a str, String)],
    pub(crate) body: Option<Vec<u8>>,
    /// How long the sandbox itself may take beyond the usual.
    pub(crate) patience: Duration,
}

pub(super) enum Transport {
    Http { base: String, client: Result<reqwest::Client, String> },
    Embedded { routes: Router, state: Arc<State> },
}

impl Transport {
    pub(crate) fn http(url: &str) -> Transport {
        Transport::Http { base: url.trim_end_matches('/').to_owned(), client: on_this_machine(CONNECT) }
    }

    pub(crate) fn embedded(routes: Router, state: Arc<State>) -> Transport {
        Transport::Embedded { routes, state }
    }

    /// The answer's body, which is JSON by its status.
    pub(crate) async fn ask(&self, ask: &Ask<'_>) -> Result<Vec<u8>, ControlError> {
        let mut path = format!("{PREFIX}{}", ask.path);
        if !ask.query.is_empty() {
            let query: String =
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(ask.query).finish();
            path = format!("{path}?{query}");
        }
        let (status, body) = match self {
            Transport::Http { .. } => self.over_http(ask, &path).await?,
            Transport::Embedded { routes, state } => {
                let answer = self.inside(routes, ask, &path).await?;
                // No server runs that would post what this brought about.
                receipts::post_due(state).await;
                answer
            }
        };
        if (200..300).contains(&status) {
            return Ok(body);
        }
        match serde_json::from_slice::<refusal::Body>(&body) {
            Ok(refusal::Body { error }) => {
                Err(ControlError::Refused { id: error.id, message: error.message, fields: error.fields })
            }
            Err(_) => Err(self.unreadable(format!("HTTP status {status}"))),
        }
    }

    async fn over_http(&self, ask: &Ask<'_>, path: &str) -> Result<(u16, Vec<u8>), ControlError> {
        let Transport::Http { base, client } = self else { return Err(self.unreachable("no address")) };
        let client = client.as_ref().map_err(|why| self.unreachable(why))?;
        let method = ask.method.parse::<reqwest::Method>().map_err(|error| self.unreachable(error))?;
        let mut request = client.request(method, format!("{base}{path}")).timeout(TOTAL + ask.patience);
        if let Some(body) = &ask.body {
            request = request.header(header::CONTENT_TYPE, "application/json").body(body.clone());
        }
        let mut response = request.send().await.map_err(|error| self.unreachable(innermost(&error)))?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.unreachable(innermost(&error)))? {
            if body.len() + chunk.len() > MOST {
                return Err(self.unreadable(format!("its answer has more than {MOST} bytes")));
            }
            body.extend_from_slice(&chunk);
        }
        Ok((response.status().as_u16(), body))
    }

    async fn inside(
        &self,
        routes: &Router,
        ask: &Ask<'_>,
        path: &str,
    ) -> Result<(u16, Vec<u8>), ControlError> {
        let body = ask.body.clone().map_or_else(Body::empty, Body::from);
        let request = Request::builder()
            .method(ask.method)
            .uri(path)
            .header(header::HOST, "localhost")
            .body(body)
            .map_err(|error| self.unreachable(error))?;
        let response = match routes.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let status = response.status().as_u16();
        let body =
            to_bytes(response.into_body(), usize::MAX).await.map_err(|error| self.unreachable(error))?;
        Ok((status, body.to_vec()))
    }

    fn url(&self) -> String {
        match self {
            Transport::Http { base, .. } => base.clone(),
            Transport::Embedded { .. } => "this process".to_owned(),
        }
    }

    fn unreachable(&self, why: impl ToString) -> ControlError {
        ControlError::Unreachable { url: self.url(), why: why.to_string() }
    }

    pub(crate) fn unreadable(&self, why: String) -> ControlError {
        ControlError::NotASandbox { url: self.url(), why }
    }
}
