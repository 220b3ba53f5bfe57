//! Bodies: a request's is read whole within limits, an answer's is there as a whole.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

use super::exchange::BodyFault;

/// An oversized body is read on and thrown away for so many bytes more, so that its sender gets to see the answer.
const THROWN_AWAY: usize = 4 * 1024 * 1024;

/// The whole body, of at most so many bytes.
pub(super) async fn read(body: Incoming, most: usize) -> Result<Bytes, BodyFault> {
    let too_large = BodyFault::TooLarge { most };
    let end = most.saturating_add(THROWN_AWAY);
    let announced = body.size_hint();
    if announced.lower() > end as u64 {
        return Err(too_large);
    }
    let mut body = pin!(body);
    let mut bytes = Vec::with_capacity(announced.exact().map_or(0, |length| (length as usize).min(most)));
    let mut length = 0;
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(data) = frame.map_err(|_| BodyFault::Broken)?.into_data() else { continue };
        length += data.len();
        if length <= most {
            bytes.extend_from_slice(&data);
        } else if length > end {
            break;
        }
    }
    if length > most { Err(too_large) } else { Ok(bytes.into()) }
}

/// The body of an answer.
pub(super) struct Whole(Option<Bytes>);

impl Whole {
    pub(super) fn new(bytes: Bytes) -> Self {
        Whole(Some(bytes))
    }
}

impl Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
