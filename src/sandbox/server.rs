//! The sandbox behind one address: OPPO's API, the IM server's, the control API, and the poster of receipts beside them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::control;
use super::http::dispatch;
use super::http::request::Request;
use super::im::{self, ImServer};
use super::oppo::Oppo;
use super::receipts;
use super::state::State;
use crate::listen::{self, Answering, BodyFault, Limits, ListenError, Response, Service};

/// What the sandbox's clients may use.
pub const LIMITS: Limits = Limits {
    connections: 256,
    head: Duration::from_secs(30),
    body: Duration::from_secs(10),
    body_bytes: dispatch::BODY_BYTES,
    stop: Duration::from_secs(2),
};

/// What to serve, and where.
pub struct Options {
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Allows an address that other machines can reach.
    pub beyond_loopback: bool,
    /// Posts receipts off this machine too, wherever a push's call_back_url leads.
    pub callbacks_anywhere: bool,
    pub state: Arc<State>,
    pub limits: Limits,
}

impl Options {
    pub fn new(listen: SocketAddr, state: Arc<State>) -> Self {
        Options { listen, beyond_loopback: false, callbacks_anywhere: false, state, limits: LIMITS }
    }
}

/// A sandbox at work on the current runtime. Dropping it stops it without waiting.
#[derive(Debug)]
pub struct Running {
    /// The address in use, with the port taken.
    pub addr: SocketAddr,
    url: String,
    listening: listen::Running,
    stop_posting: oneshot::Sender<()>,
    posting: JoinHandle<()>,
    patience: Duration,
}

impl Running {
    /// `http://ADDRESS:PORT`, without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops accepting, lets calls under way finish within the limit, and returns when all is closed.
    pub async fn stop(self) {
        self.listening.stop().await;
        // What the last calls brought about is posted too: posting ends after accepting.
        drop(self.stop_posting);
        let abort = self.posting.abort_handle();
        if tokio::time::timeout(self.patience, self.posting).await.is_err() {
            abort.abort();
        }
    }
}

/// Listens and serves in the background. It answers as soon as this returns.
pub async fn start(options: Options) -> Result<Running, ListenError> {
    let Options { listen: address, beyond_loopback, callbacks_anywhere, state, limits } = options;
    let bound = listen::bind(address, beyond_loopback).await?;
    let (stop_posting, stopped) = oneshot::channel::<()>();
    let posting = tokio::spawn(receipts::run(state.clone(), callbacks_anywhere, async {
        let _ = stopped.await;
    }));
    let listening = bound.serve(limits, Arc::new(Sandbox(state)));
    let (addr, url) = (listening.address, listening.url());
    Ok(Running { addr, url, listening, stop_posting, posting, patience: limits.stop })
}

struct Sandbox(Arc<State>);

impl Service for Sandbox {
    fn answer(self: Arc<Self>, request: listen::Request) -> Answering {
        Box::pin(async move { answer(&self.0, request, None).await })
    }

    fn incomplete(self: Arc<Self>, request: listen::Request, fault: BodyFault) -> Answering {
        Box::pin(async move { answer(&self.0, request, Some(fault)).await })
    }

    fn most_bytes(&self, path: &str) -> Option<usize> {
        Some(match path {
            _ if path.starts_with(control::PREFIX) => control::BODY_BYTES,
            _ if path.starts_with(im::PREFIX) => dispatch::body_bytes::<ImServer>(path),
            _ => dispatch::body_bytes::<Oppo>(path),
        })
    }
}

/// Every path that nothing else serves is OPPO's, so that unknown ones too get an envelope.
async fn answer(state: &Arc<State>, request: listen::Request, fault: Option<BodyFault>) -> Response {
    match request.path() {
        "/readyz" => ready(&request),
        path if path.starts_with(control::PREFIX) => control::answer(state, &request, fault).await,
        path if path.starts_with(im::PREFIX) => {
            dispatch::answer::<ImServer>(state, &Request::new(request, fault))
        }
        _ => dispatch::answer::<Oppo>(state, &Request::new(request, fault)),
    }
}

fn ready(request: &listen::Request) -> Response {
    if matches!(request.method.as_str(), "GET" | "HEAD") {
        return Response::text(200, "application/json", r#"{"ready":true}"#);
    }
    Response::text(405, "text/plain", "").with("allow", "GET")
}
