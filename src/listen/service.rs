//! What answers the requests: at once, or when something else is done.

use std::pin::Pin;
use std::sync::Arc;

use serde_json::json;

use super::exchange::{Fault, Request, Response};

/// An answer on its way.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Answers requests; several connections may ask at once.
pub(crate) trait Service: Send + Sync + 'static {
    fn answer(self: Arc<Self>, request: Request) -> Answering;

    /// The body did not come whole, or the Host is not one of here; `request` is without its body. The status and the reason
    /// unless a service has another answer.
    fn incomplete(self: Arc<Self>, request: Request, fault: Fault) -> Answering {
        let _ = request;
        Box::pin(std::future::ready(Response::new(fault.status(), json!({ "error": fault.to_string() }))))
    }

    /// A client did not take the certificate, or does not speak TLS after all.
    fn handshake_failed(&self, why: &str) {
        let _ = why;
    }

    /// The largest body at this path, where it differs from the listener's limit.
    fn most_bytes(&self, path: &str) -> Option<usize> {
        let _ = path;
        None
    }
}

/// Answers at once.
pub(crate) type Handler = Arc<dyn Fn(Request) -> Response + Send + Sync>;

pub(super) struct AtOnce(pub(super) Handler);

impl Service for AtOnce {
    fn answer(self: Arc<Self>, request: Request) -> Answering {
        Box::pin(std::future::ready((self.0)(request)))
    }
}
