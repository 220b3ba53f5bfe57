//! The body of an answer on its way out: whole, or in pieces that come one after another for as long as both sides want.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http_body_util::Full;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc::Receiver;

use super::connections::Connection;
use super::stream::Cut;
use super::untaken::Untaken;

/// A body as hyper takes it.
pub(super) enum Outgoing {
    Whole(Full<Bytes>),
    Pieces(Pieces),
}

/// Pieces that have a sender. It notices that the client is gone when it sends the next one.
pub(super) struct Pieces {
    following: Receiver<Bytes>,
    connection: Arc<Connection>,
    untaken: Untaken,
    /// Ends when the listener is stopped.
    stopped: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl Pieces {
    pub(super) fn new(
        following: Receiver<Bytes>,
        connection: Arc<Connection>,
        untaken: Untaken,
        stopped: impl Future<Output = ()> + Send + 'static,
    ) -> Pieces {
        Pieces { following, connection, untaken, stopped: Box::pin(stopped) }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if self.stopped.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        let Some(piece) = ready!(self.following.poll_recv(context)) else { return Poll::Ready(None) };
        // Its client can ask again from where it was cut, so that whole answers come first.
        let held = self.untaken.try_hold(piece, &self.connection);
        Poll::Ready(Some(held.map(Frame::data).map_err(|_| Cut)))
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        match &mut *self {
            Outgoing::Whole(body) => {
                let frame = ready!(Pin::new(body).poll_frame(context));
                Poll::Ready(frame.map(|frame| frame.map_err(|never: Infallible| match never {})))
            }
            Outgoing::Pieces(pieces) => pieces.poll(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Outgoing::Whole(body) => body.is_end_stream(),
            Outgoing::Pieces(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Outgoing::Whole(body) => body.size_hint(),
            Outgoing::Pieces(_) => SizeHint::default(),
        }
    }
}
