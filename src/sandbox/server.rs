//! The sandbox's HTTP server: loopback, capped in connections, bodies and patience, stopped cleanly.
//! What is answered belongs to `vendor`, `im` and `control`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use hyper::header::HeaderValue;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use tower::ServiceExt;

use super::calendar;
use super::control::{self, PREFIX};
use super::faults::Manner;
use super::http::request::BodyFault;
use super::im;
use super::oppo;
use super::receipts;
use super::state::State;

mod body;
mod cut;

use cut::{Cut, Cuttable};

/// How much the server lets clients ask of it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections open at once; further ones wait to be accepted.
    pub connections: usize,
    /// For a request's head, and for a connection that is kept open without one.
    pub head: Duration,
    /// For a request's body once its head is there.
    pub body: Duration,
    /// For calls under way when the server is told to stop.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 256,
            head: Duration::from_secs(30),
            body: Duration::from_secs(10),
            stop: Duration::from_secs(2),
        }
    }
}

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
        Options {
            listen,
            beyond_loopback: false,
            callbacks_anywhere: false,
            state,
            limits: Limits::default(),
        }
    }
}

/// Why the sandbox does not serve.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{0} is not a loopback address")]
    BeyondLoopback(SocketAddr),
    #[error("can't listen on {address}: {source}")]
    Listen { address: SocketAddr, source: std::io::Error },
}

/// A server at work on the current runtime. Dropping it stops it without waiting.
#[derive(Debug)]
pub struct Running {
    /// The address in use, with the port taken.
    pub addr: SocketAddr,
    url: String,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

impl Running {
    /// `http://ADDRESS:PORT`, without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops accepting, lets calls under way finish within the limit, and returns when all is closed.
    pub async fn stop(self) {
        // Nobody listening means that it has stopped already.
        let _ = self.stop.send(true);
        let _ = self.accepting.await;
    }
}

/// Listens and serves in the background. It answers as soon as this returns.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let Options { listen, beyond_loopback, callbacks_anywhere, state, limits } = options;
    if !listen.ip().is_loopback() && !beyond_loopback {
        return Err(StartError::BeyondLoopback(listen));
    }
    let failed = |source| StartError::Listen { address: listen, source };
    let listener = TcpListener::bind(listen).await.map_err(failed)?;
    let addr = listener.local_addr().map_err(failed)?;
    let (stop, stopped) = watch::channel(false);
    // What the last calls brought about is posted too: posting ends after accepting.
    let (last, done) = watch::channel(false);
    let posting = tokio::spawn(receipts::run(state.clone(), callbacks_anywhere, async move {
        told_to(&mut { done }).await;
    }));
    let accepting = tokio::spawn(async move {
        accept(listener, router(state), limits, stopped).await;
        let _ = last.send(true);
        let abort = posting.abort_handle();
        if tokio::time::timeout(limits.stop, posting).await.is_err() {
            abort.abort();
        }
    });
    Ok(Running { addr, url: format!("http://{addr}"), stop, accepting })
}

fn router(state: Arc<State>) -> Router {
    let ready = || async { ([(header::CONTENT_TYPE, "application/json")], r#"{"ready":true}"#) };
    Router::new()
        .route("/readyz", get(ready))
        .merge(control::routes(state.clone()))
        .merge(im::routes(state.clone()))
        .fallback_service(oppo::routes(state))
}

async fn accept(listener: TcpListener, router: Router, limits: Limits, mut stopped: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(limits.connections));
    let mut connections = JoinSet::new();
    let told = stopped.clone();
    loop {
        let next = async {
            let place = room.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        tokio::select! {
            () = told_to(&mut stopped) => break,
            Some(_) = connections.join_next() => {}
            (accepted, place) = next => match accepted {
                Ok((stream, _)) => {
                    let (router, stopped) = (router.clone(), told.clone());
                    connections.spawn(async move {
                        serve(stream, router, limits, stopped).await;
                        drop(place);
                    });
                }
                // Out of file descriptors, say: waiting is all that helps.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
        }
    }
    drop(listener);
    let finished = async { while connections.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(limits.stop, finished).await;
    connections.shutdown().await;
}

/// Returns when the server is told to stop, or its handle is dropped.
async fn told_to(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
}

async fn serve(stream: TcpStream, router: Router, limits: Limits, mut stopped: watch::Receiver<bool>) {
    // Answers are small: waiting to fill a packet would only make them late.
    let _ = stream.set_nodelay(true);
    let (stream, switch) = Cuttable::new(stream);
    let service = service_fn(move |request| {
        let answer = answer(request.map(Body::new), router.clone(), limits);
        let switch = switch.clone();
        async move { manner(answer.await, &switch).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    // A connection that fails has nobody left to tell.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = told_to(&mut stopped) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

/// Reads the body whole, within the limits, before anything is asked to answer.
async fn answer(request: Request<Body>, router: Router, limits: Limits) -> Response<Body> {
    let (mut head, body) = request.into_parts();
    let bytes = match body::read(body, oppo::BODY_LIMIT, limits.body).await {
        Ok(bytes) => bytes,
        Err(fault) if head.uri.path().starts_with(PREFIX) => return refuse(fault),
        Err(fault) => {
            head.extensions.insert(fault);
            Default::default()
        }
    };
    match router.oneshot(Request::from_parts(head, Body::from(bytes))).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Lets the answer out as the faults have it: late, with another date, or not at all.
async fn manner(mut response: Response<Body>, switch: &cut::Switch) -> Result<Response<Body>, Cut> {
    let Some(Manner { delay_ms, cut, reset, date_ms }) = response.extensions_mut().remove::<Manner>() else {
        return Ok(response);
    };
    if delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(delay_ms.unsigned_abs())).await;
    }
    if reset {
        switch.on();
    }
    if cut {
        return Err(Cut);
    }
    if let Some(date) = date_ms.and_then(|ms| HeaderValue::from_str(&calendar::http_date(ms)).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    Ok(response)
}

fn refuse(fault: BodyFault) -> Response<Body> {
    let status = match fault {
        BodyFault::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        BodyFault::TooSlow => StatusCode::REQUEST_TIMEOUT,
        BodyFault::Broken => StatusCode::BAD_REQUEST,
    };
    let body = serde_json::json!({ "error": fault.to_string() }).to_string();
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
