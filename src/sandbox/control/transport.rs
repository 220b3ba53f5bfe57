//! How a question reaches the sandbox: over plain HTTP, or straight into the routes inside this process.

use std::sync::Arc;
use std::time::Duration;

use hyper::HeaderMap;
use hyper::header::CONTENT_TYPE;
use hyper::http::method::InvalidMethod;
use hyper::http::uri::InvalidUri;

use super::super::outgoing::{anywhere, innermost, on_this_machine};
use super::super::phone::Flaw;
use super::super::posting;
use super::super::state::State;
use super::operations::PREFIX;
use super::refusal::RefusalBody;
use super::routes::answer;
use super::token::ControlToken;
use crate::listen;

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
    Refused { id: String, message: String, fields: Vec<Flaw> },
}

pub(super) struct Question<'a> {
    pub(crate) method: &'static str,
    pub(crate) path: &'a str,
    pub(crate) query: &'a [(&'a str, String)],
    pub(crate) body: Option<Vec<u8>>,
    /// How long the sandbox itself may take beyond the usual.
    pub(crate) patience: Duration,
}

pub(super) enum Transport {
    Http { base: String, token: Option<ControlToken>, client: Result<reqwest::Client, String> },
    Embedded { state: Arc<State> },
}

impl Transport {
    pub(crate) fn http(url: &str, token: Option<ControlToken>) -> Transport {
        let client = if url.starts_with("https:") { anywhere(CONNECT) } else { on_this_machine(CONNECT) };
        Transport::Http { base: url.trim_end_matches('/').to_owned(), token, client }
    }

    pub(crate) fn embedded(state: Arc<State>) -> Transport {
        Transport::Embedded { state }
    }

    /// The answer's body, which is JSON by its status.
    pub(crate) async fn send(&self, question: &Question<'_>) -> Result<Vec<u8>, ControlError> {
        let mut path = format!("{PREFIX}{}", question.path);
        if !question.query.is_empty() {
            let query: String =
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(question.query).finish();
            path = format!("{path}?{query}");
        }
        let (status, body) = match self {
            Transport::Http { .. } => self.over_http(question, &path).await?,
            Transport::Embedded { .. } => self.inside(question, &path).await?,
        };
        if (200..300).contains(&status) {
            return Ok(body);
        }
        match serde_json::from_slice::<RefusalBody>(&body) {
            Ok(RefusalBody { error }) => {
                Err(ControlError::Refused { id: error.id, message: error.message, fields: error.fields })
            }
            Err(_) => Err(self.unreadable(format!("HTTP status {status}"))),
        }
    }

    async fn over_http(&self, question: &Question<'_>, path: &str) -> Result<(u16, Vec<u8>), ControlError> {
        let Transport::Http { base, token, client } = self else {
            return Err(self.unreachable("no address"));
        };
        let client = client.as_ref().map_err(|why| self.unreachable(why))?;
        let method = question.method.parse::<reqwest::Method>().map_err(|error| self.unreachable(error))?;
        let mut request = client.request(method, format!("{base}{path}")).timeout(TOTAL + question.patience);
        if let Some(token) = token {
            request = request.bearer_auth(token.reveal());
        }
        if let Some(body) = &question.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.clone());
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

    async fn inside(&self, question: &Question<'_>, path: &str) -> Result<(u16, Vec<u8>), ControlError> {
        let Transport::Embedded { state } = self else { return Err(self.unreachable("no state")) };
        let request = listen::Request {
            method: question.method.parse().map_err(|error: InvalidMethod| self.unreachable(error))?,
            uri: path.parse().map_err(|error: InvalidUri| self.unreachable(error))?,
            headers: HeaderMap::new(),
            body: question.body.clone().unwrap_or_default().into(),
        };
        let response = answer(state, &request, None, None).await;
        // No server runs that would post what this brought about.
        posting::post_due(state).await;
        Ok((response.status, response.body.into()))
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
