//! Accepts connections, reads each request within limits, and has it answered by the handler.
//! What is answered is the handler's business.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use super::answer::Whole;
use super::service::AtOnce;
use super::{Handler, ListenError, Request, Response, Service};

/// How much clients may ask.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Connections open at once; further ones wait to be accepted.
    pub connections: usize,
    /// For a request's head, and for a connection that is kept open without one.
    pub head: Duration,
    /// For a request's body once its head is there.
    pub body: Duration,
    /// Bytes of a body.
    pub(crate) body_bytes: usize,
    /// For answers under way when the listener is told to stop.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 64,
            head: Duration::from_secs(10),
            body: Duration::from_secs(10),
            body_bytes: 64 * 1024,
            stop: Duration::from_secs(2),
        }
    }
}

/// An oversized body is read on and thrown away up to this, so that its sender gets to see the answer.
const THROWN_AWAY: usize = 1024 * 1024;

/// A listener at work on the current runtime. Dropping it stops it without waiting.
#[derive(Debug)]
pub(crate) struct Running {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

impl Running {
    /// `http://ADDRESS:PORT`, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops accepting, lets answers under way go out within the limit, and returns when all is closed.
    pub(crate) async fn stop(self) {
        // Nobody listening means that it has stopped already.
        let _ = self.stop.send(true);
        let _ = self.accepting.await;
    }
}

/// Listens and answers in the background; port 0 takes a free one.
pub(crate) async fn start(
    address: SocketAddr,
    beyond_loopback: bool,
    limits: Limits,
    handler: Handler,
) -> Result<Running, ListenError> {
    Ok(bind(address, beyond_loopback).await?.serve(limits, Arc::new(AtOnce(handler))))
}

/// A listener that is bound, and does not answer yet.
#[derive(Debug)]
pub(crate) struct Bound {
    listener: TcpListener,
    address: SocketAddr,
}

/// Takes the address, without answering yet: for a service that has to know it. Port 0 takes a free one.
pub(crate) async fn bind(address: SocketAddr, beyond_loopback: bool) -> Result<Bound, ListenError> {
    if !address.ip().is_loopback() && !beyond_loopback {
        return Err(ListenError::BeyondLoopback(address));
    }
    let failed = |source| ListenError::Bind { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok(Bound { listener, address })
}

impl Bound {
    /// `http://ADDRESS:PORT`, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers in the background.
    pub(crate) fn serve(self, limits: Limits, service: Arc<dyn Service>) -> Running {
        let (stop, stopped) = watch::channel(false);
        let accepting = tokio::spawn(accept(self.listener, service, limits, stopped));
        Running { address: self.address, stop, accepting }
    }
}

async fn accept(
    listener: TcpListener,
    service: Arc<dyn Service>,
    limits: Limits,
    mut stopped: watch::Receiver<bool>,
) {
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
                    let (service, stopped) = (service.clone(), told.clone());
                    connections.spawn(async move {
                        connection(stream, service, limits, stopped).await;
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

/// Returns when told to stop, or when the handle is dropped.
async fn told_to(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
}

async fn connection(
    stream: TcpStream,
    service: Arc<dyn Service>,
    limits: Limits,
    mut stopped: watch::Receiver<bool>,
) {
    // Answers are small: waiting to fill a packet would only make them late.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| answer(request, service.clone(), limits));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    // A connection that fails has nobody left to tell.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = told_to(&mut stopped) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

async fn answer(
    request: hyper::Request<Incoming>,
    service: Arc<dyn Service>,
    limits: Limits,
) -> Result<hyper::Response<Whole>, Infallible> {
    let (head, body) = request.into_parts();
    let text = |value: &HeaderValue| value.to_str().ok().map(str::to_owned);
    let headers = head.headers.iter().filter_map(|(name, value)| Some((name.to_string(), text(value)?)));
    let mut request = Request {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: headers.collect(),
        body: Vec::new(),
    };
    let body = tokio::time::timeout(limits.body, read(body, limits.body_bytes)).await;
    let late = |_| Err((408, "the body did not come in time".to_owned()));
    let response = match body.unwrap_or_else(late) {
        Ok(body) => {
            request.body = body;
            service.answer(request).await
        }
        Err((status, why)) => {
            service.refused(&request, status, &why);
            Response::new(status, serde_json::json!({ "error": why }))
        }
    };
    Ok(response.into_hyper())
}

/// The whole body, or the status that refuses it and why.
async fn read(body: Incoming, most: usize) -> Result<Vec<u8>, (u16, String)> {
    let too_large = || (413, format!("the body has more than {most} bytes"));
    if body.size_hint().lower() > THROWN_AWAY as u64 {
        return Err(too_large());
    }
    let mut body = pin!(body);
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(frame) = frame else { return Err((400, "the body broke off".into())) };
        let Ok(data): Result<Bytes, _> = frame.into_data() else { continue };
        length += data.len();
        if length <= most {
            bytes.extend_from_slice(&data);
        } else if length > THROWN_AWAY {
            break;
        }
    }
    if length > most { Err(too_large()) } else { Ok(bytes) }
}

impl Response {
    fn into_hyper(self) -> hyper::Response<Whole> {
        let mut response = hyper::Response::new(Whole::new(format!("{}\n", self.body)));
        *response.status_mut() =
            hyper::StatusCode::from_u16(self.status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}
