//! One connection: its requests are read within the limits, answered by the service, and the answers delivered.

use std::pin::pin;
use std::sync::Arc;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderValue;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;

use super::body;
use super::connections::{Connection, Connections};
use super::exchange::{Fault, Request, Response};
use super::hosts::Hosts;
use super::limits::Limits;
use super::names::{self, Opened, TlsNames};
use super::pieces::{Outgoing, Pieces};
use super::service::Service;
use super::stream::{ClientStream, Cut, ResetSwitch};
use super::untaken::Untaken;

/// What all connections of a listener share.
pub(super) struct Shared {
    pub(super) service: Arc<dyn Service>,
    pub(super) limits: Limits,
    pub(super) hosts: Hosts,
    /// In the place of plain HTTP alone.
    pub(super) tls: Option<TlsNames>,
    pub(super) connections: Arc<Connections>,
    pub(super) untaken: Untaken,
    /// True once the listener is stopped.
    pub(super) stop: watch::Receiver<bool>,
}

/// Serves until the client is done, or has waited longest, or `stop` has come and the answer under way is out.
pub(super) async fn serve(
    stream: TcpStream,
    connection: &Arc<Connection>,
    shared: &Shared,
    stop: impl Future<Output = ()>,
) {
    // Answers are small: waiting to fill a packet would only make them late.
    let _ = stream.set_nodelay(true);
    let stream = ClientStream::new(stream, connection.clone(), shared.limits.write);
    let reset = stream.reset.clone();
    let mut stop = pin!(stop);
    let opened = match &shared.tls {
        None => Some(Opened::Plain(stream)),
        Some(tls) => tokio::select! {
            biased;
            opened = timeout(shared.limits.head, tls.open(stream, &shared.service)) => opened.unwrap_or(None),
            () = connection.told_to_close() => None,
            () = &mut stop => None,
        },
    };
    match opened {
        None => {}
        Some(Opened::Plain(stream)) => serve_http(stream, &reset, connection, shared, stop).await,
        Some(Opened::Secure(stream)) => serve_http(stream, &reset, connection, shared, stop).await,
        Some(Opened::Tunnel(client, there)) => tokio::select! {
            () = names::tunnel(client, there, connection, shared.limits.tunnel) => {}
            () = connection.told_to_close() => {}
            () = stop => {}
        },
    }
}

async fn serve_http(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    reset: &ResetSwitch,
    connection: &Arc<Connection>,
    shared: &Shared,
    stop: impl Future<Output = ()>,
) {
    let head = shared.limits.head;
    let service = service_fn(|request| exchange(request, shared, connection, reset));
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .serve_connection(TokioIo::new(stream), service);
    let mut serving = pin!(serving);
    tokio::select! {
        // What has come already is read before the connection counts as one that waits.
        biased;
        // There is no reader for the error of a failed connection.
        _ = serving.as_mut() => {}
        () = connection.told_to_close() => {}
        () = stop => {
            serving.as_mut().graceful_shutdown();
            let _ = serving.await;
        }
    }
}

/// Returns when the listener is stopped, or its handle is dropped.
pub(super) async fn shutdown_signal(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
}

/// From a request's head to its answer.
async fn exchange(
    request: hyper::Request<Incoming>,
    shared: &Shared,
    connection: &Arc<Connection>,
    reset: &ResetSwitch,
) -> Result<hyper::Response<Outgoing>, Cut> {
    let (head, body) = request.into_parts();
    let Shared { service, limits, .. } = shared;
    let most = service.most_bytes(head.uri.path()).unwrap_or(limits.body_bytes);
    let read = timeout(limits.body, body::read(body, most)).await;
    connection.set_answering(true);
    let read = shared.hosts.check(&head.headers, &head.uri).and(read.unwrap_or(Err(Fault::TooSlow)));
    let (method, uri, headers) = (head.method, head.uri, head.headers);
    let request = |body| Request { method, uri, headers, body };
    let response = match read {
        Ok(body) => service.clone().answer(request(body)).await,
        Err(fault) => service.clone().incomplete(request(Bytes::new()), fault).await,
    };
    let delivered = deliver(response, shared, connection, reset).await;
    connection.set_answering(false);
    delivered
}

/// Lets the answer out, late or not at all where it says so.
async fn deliver(
    response: Response,
    shared: &Shared,
    connection: &Arc<Connection>,
    reset: &ResetSwitch,
) -> Result<hyper::Response<Outgoing>, Cut> {
    let delivery = response.delivery;
    if !delivery.delay.is_zero() {
        tokio::time::sleep(delivery.delay).await;
    }
    if delivery.reset {
        reset.on();
    }
    if delivery.cut {
        return Err(Cut);
    }
    let body = match response.pieces {
        Some(pieces) => {
            let mut stop = shared.stop.clone();
            let stopped = async move { shutdown_signal(&mut stop).await };
            Outgoing::Pieces(Pieces::new(pieces, connection.clone(), shared.untaken.clone(), stopped))
        }
        None => {
            let body = shared.untaken.hold(response.body, connection, &shared.connections).await?;
            Outgoing::Whole(Full::new(body))
        }
    };
    let mut delivered = hyper::Response::new(body);
    *delivered.status_mut() =
        hyper::StatusCode::from_u16(response.status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            delivered.headers_mut().insert(name, value);
        }
    }
    Ok(delivered)
}
