//! A request's body, read whole within limits.

use std::future::poll_fn;
use std::pin::pin;

use hyper::body::{Body, Bytes, Incoming};

use super::exchange::Fault;

/// An oversized body is read on and thrown away for so many bytes more, so that its sender gets to see the answer.
const THROWN_AWAY: usize = 4 * 1024 * 1024;

/// The whole body, of at most so many bytes.
pub(super) async fn read(body: Incoming, most: usize) -> Result<Bytes, Fault> {
    let too_large = Fault::TooLarge { most };
    let end = most.saturating_add(THROWN_AWAY);
    let announced = body.size_hint();
    if announced.lower() > end as u64 {
        return Err(too_large);
    }
    let mut body = pin!(body);
    let mut bytes = Vec::with_capacity(announced.exact().map_or(0, |length| (length as usize).min(most)));
    let mut length = 0;
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(data) = frame.map_err(|_| Fault::Broken)?.into_data() else { continue };
        length += data.len();
        if length <= most {
            bytes.extend_from_slice(&data);
        } else if length > end {
            break;
        }
    }
    if length > most { Err(too_large) } else { Ok(bytes.into()) }
}
