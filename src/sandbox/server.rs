//! The sandbox behind one address: OPPO's API, the IM server's, the control API, and the poster of receipts beside them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::control::{self, ControlToken};
use super::due;
use super::http::dispatch;
use super::http::request::Request;
use super::im::{self, ImServer};
use super::oppo::Oppo;
use super::page;
use super::posting;
use super::state::{self, State};
use super::tls::{self, NamedService};
use super::writer::Writer;
use crate::listen::{self, Answering, Fault, Limits, ListenError, ListenOn, Response, Service, TlsNames};

/// What the sandbox's clients may use.
pub const LIMITS: Limits = Limits {
    connections: 2 * state::WAITERS,
    head: Duration::from_secs(30),
    body_bytes: dispatch::BODY_BYTES,
    // Lists of the control API can be long.
    answer_bytes: 64 << 20,
    ..Limits::DEFAULT
};

/// What to serve, and where.
pub struct Options {
    pub listen: ListenOn,
    /// What the control API asks for. Where other machines can reach it and none is given, one is made.
    pub control_token: Option<ControlToken>,
    /// Posts receipts off this machine too, wherever a push's call_back_url leads.
    pub callbacks_anywhere: bool,
    /// TLS under the names of the real hosts, on the same port.
    pub tls: Option<TlsNames>,
    pub state: Arc<State>,
    pub limits: Limits,
}

impl Options {
    pub fn new(listen: SocketAddr, state: Arc<State>) -> Self {
        Options {
            listen: listen.into(),
            control_token: None,
            callbacks_anywhere: false,
            tls: None,
            state,
            limits: LIMITS,
        }
    }
}

/// A sandbox at work on the current runtime. Dropping it stops it without waiting.
#[derive(Debug)]
pub struct Running {
    /// The address in use, with the port taken.
    pub addr: SocketAddr,
    url: String,
    /// What the control API asks for, if it does.
    pub(crate) control_token: Option<ControlToken>,
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
    let Options { listen, control_token, callbacks_anywhere, tls, state, limits } = options;
    let bound = listen::bind(listen).await?;
    let bound = match tls {
        Some(tls) => bound.with_tls(tls),
        None => bound,
    };
    let reachable = !bound.address.ip().is_loopback();
    let control_token = control_token.or_else(|| reachable.then(ControlToken::random));
    let (stop_posting, stopped) = oneshot::channel::<()>();
    let (of_due, of_posting) = (state.clone(), state.clone());
    let posting = tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
        };
        tokio::select! {
            () = due::run(of_due) => {}
            () = posting::run(of_posting, callbacks_anywhere, stopped) => {}
        }
    });
    if let Err(error) = state.expect_load() {
        state.report_error(format!("the opush sandbox is slower than usual: {error}"));
    }
    let token = control_token.clone();
    let listening =
        bound.serve(limits, Arc::new(Sandbox { writer: Writer::start(state.clone()), state, token }));
    let (addr, url) = (listening.address, listening.url());
    Ok(Running { addr, url, control_token, listening, stop_posting, posting, patience: limits.stop })
}

struct Sandbox {
    state: Arc<State>,
    writer: Writer,
    token: Option<ControlToken>,
}

impl Service for Sandbox {
    fn answer(self: Arc<Self>, request: listen::Request) -> Answering {
        Box::pin(async move { self.serve(request, None).await })
    }

    fn incomplete(self: Arc<Self>, request: listen::Request, fault: Fault) -> Answering {
        Box::pin(async move { self.serve(request, Some(fault)).await })
    }

    fn handshake_failed(&self, why: &str) {
        self.state.report_error(format!("a client did not make a secure connection: {why}"));
    }

    fn most_bytes(&self, path: &str) -> Option<usize> {
        Some(match path {
            _ if path.starts_with(control::PREFIX) => control::body_bytes(path),
            _ if path.starts_with(im::PREFIX) => dispatch::body_bytes::<ImServer>(path),
            _ => dispatch::body_bytes::<Oppo>(path),
        })
    }
}

impl Sandbox {
    /// Every path that nothing else serves is OPPO's, so that unknown ones too get an envelope; under a name of the IM
    /// server it is the IM server's.
    async fn serve(&self, request: listen::Request, fault: Option<Fault>) -> Response {
        match fault {
            Some(fault @ Fault::ForeignHost { .. }) => {
                self.state.report_error(format!("{} {}: {fault}", request.method, request.path()));
                return control::refusal(fault);
            }
            Some(fault @ (Fault::NotHere { .. } | Fault::NoTunnel { .. })) => {
                self.state.report_error(fault.to_string());
                return control::refusal(fault);
            }
            _ => {}
        }
        let named = request.header("host").and_then(tls::service);
        match request.path() {
            "/readyz" => ready(&request),
            // Under a name of the real hosts every path is theirs.
            _ if named.is_none() && page::is_for(&request) => page::answer(&request),
            path if path.starts_with(control::PREFIX) => {
                control::answer(&self.state, &request, fault, self.token.as_ref()).await
            }
            path if is_for_im_server(path, named) => {
                dispatch::answer::<ImServer>(&self.state, &self.writer, Request::new(request, fault)).await
            }
            _ => dispatch::answer::<Oppo>(&self.state, &self.writer, Request::new(request, fault)).await,
        }
    }
}

fn is_for_im_server(path: &str, named: Option<NamedService>) -> bool {
    match named {
        Some(service) => service == NamedService::Im,
        None => path.starts_with(im::PREFIX),
    }
}

fn ready(request: &listen::Request) -> Response {
    if matches!(request.method.as_str(), "GET" | "HEAD") {
        return Response::text(200, "application/json", r#"{"ready":true}"#);
    }
    Response::text(405, "text/plain", "").with("allow", "GET")
}
