//! Reads a request's body within a size and a time.
//! What a body that does not fit is answered with belongs to the caller.

use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::{Body as _, Frame};

use super::super::http::request::BodyFault;

/// An oversized body is read on and thrown away up to this, so that its sender gets to see the answer.
const THROWN_AWAY: usize = 16 * 1024 * 1024;

/// The whole body, or what was wrong with it.
pub(super) async fn read(body: Body, most: usize, patience: Duration) -> Result<Bytes, BodyFault> {
    if body.size_hint().lower() > THROWN_AWAY as u64 {
        return Err(BodyFault::TooLarge { most });
    }
    match tokio::time::timeout(patience, collect(body, most)).await {
        Ok(read) => read,
        Err(_) => Err(BodyFault::TooSlow),
    }
}

async fn collect(body: Body, most: usize) -> Result<Bytes, BodyFault> {
    let mut body = std::pin::pin!(body);
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Some(data) = frame.map_err(|_| BodyFault::Broken).map(Frame::into_data)?.ok() else { continue };
        length += data.len();
        if length <= most {
            bytes.extend_from_slice(&data);
        } else if length > THROWN_AWAY {
            break;
        }
    }
    if length > most { Err(BodyFault::TooLarge { most }) } else { Ok(bytes.into()) }
}
