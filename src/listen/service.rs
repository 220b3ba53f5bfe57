//! Whoever answers: at once, or when something else is done.
//! How requests come in and answers go out belongs to `server`.

use std::pin::Pin;
use std::sync::Arc;

use super::{Request, Response};

/// An answer on its way.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Answers requests; may be asked by several connections at once.
pub(crate) trait Service: Send + Sync + 'static {
    fn answer(self: Arc<Self>, request: Request) -> Answering;

    /// A request was refused because its body did not come whole: too long (413), too slow (408), broken off (400).
    /// `request` is without its body.
    fn refused(&self, request: &Request, status: u16, why: &str) {
        let _ = (request, status, why);
    }
}

/// Answers at once.
pub(crate) type Handler = Arc<dyn Fn(Request) -> Response + Send + Sync>;

pub(super) struct AtOnce(pub(super) Handler);

impl Service for AtOnce {
    fn answer(self: Arc<Self>, request: Request) -> Answering {
        let response = (self.0)(request);
        Box::pin(std::future::ready(response))
    }
}
