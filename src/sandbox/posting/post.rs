//! One request with receipts or callbacks, and what the listener answered.

use std::time::Duration;

use reqwest::{Client, Method};

use super::super::outgoing::innermost;
use super::super::rules::ReceiptAnswer;

/// Bytes of an answer that are looked at.
const SHOWN: usize = 200;

/// What is to be sent, and which answer is a good one.
pub(in crate::sandbox) struct PostRequest {
    pub(crate) method: Method,
    pub(crate) url: String,
    /// JSON.
    pub(crate) body: String,
    pub(crate) patience: Duration,
    pub(crate) answer: ReceiptAnswer,
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PostResult {
    pub(crate) accepted: bool,
    pub(crate) status: Option<u16>,
    /// The beginning of the answer, or why there was none.
    pub(crate) detail: String,
}

impl PostResult {
    pub(crate) fn not(why: impl Into<String>) -> PostResult {
        PostResult { accepted: false, status: None, detail: why.into() }
    }
}

/// Sends it once.
pub(super) async fn post(client: &Client, post: PostRequest) -> PostResult {
    let PostRequest { method, url, body, patience, answer } = post;
    let request = client.request(method, url).timeout(patience);
    let request = request.header(reqwest::header::CONTENT_TYPE, "application/json").body(body);
    let mut response = match request.send().await {
        Ok(response) => response,
        Err(error) if error.is_timeout() => {
            return PostResult::not(format!("no answer within {} ms", patience.as_millis()));
        }
        Err(error) => return PostResult::not(innermost(&error)),
    };
    let status = response.status().as_u16();
    let mut beginning = Vec::new();
    // An answer that breaks off has been given all the same: its status came.
    while let Ok(Some(chunk)) = response.chunk().await {
        beginning.extend_from_slice(&chunk[..chunk.len().min(SHOWN - beginning.len())]);
        if beginning.len() == SHOWN {
            break;
        }
    }
    let accepted = match answer {
        ReceiptAnswer::Status200 => status == 200,
        ReceiptAnswer::Success => (200..300).contains(&status),
        ReceiptAnswer::Any => true,
    };
    PostResult { accepted, status: Some(status), detail: String::from_utf8_lossy(&beginning).into_owned() }
}
