//! One connection: its requests are read within the limits, answered by the service, and the answers delivered.

use std::pin::pin;
use std::sync::Arc;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderValue;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;

use super::body;
use super::exchange::{BodyFault, Request, Response};
use super::limits::Limits;
use super::reset::{Cut, ResetSwitch, ResettableStream};
use super::service::Service;

pub(super) async fn serve(
    stream: TcpStream,
    service: Arc<dyn Service>,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    // Answers are small: waiting to fill a packet would only make them late.
    let _ = stream.set_nodelay(true);
    let (stream, reset) = ResettableStream::new(stream);
    let service = service_fn(move |request| {
        let answer = answer(request, service.clone(), limits);
        let reset = reset.clone();
        async move { deliver(answer.await, &reset).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    // There is no reader for the error of a failed connection.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = stop => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

async fn answer(request: hyper::Request<Incoming>, service: Arc<dyn Service>, limits: Limits) -> Response {
    let (head, body) = request.into_parts();
    let most = service.most_bytes(head.uri.path()).unwrap_or(limits.body_bytes);
    let read = tokio::time::timeout(limits.body, body::read(body, most)).await;
    let (method, uri, headers) = (head.method, head.uri, head.headers);
    match read.unwrap_or(Err(BodyFault::TooSlow)) {
        Ok(body) => service.answer(Request { method, uri, headers, body }).await,
        Err(fault) => {
            let body = Bytes::new();
            service.incomplete(Request { method, uri, headers, body }, fault).await
        }
    }
}

/// Lets the answer out, late or not at all where it says so.
async fn deliver(response: Response, switch: &ResetSwitch) -> Result<hyper::Response<Full<Bytes>>, Cut> {
    let delivery = response.delivery;
    if !delivery.delay.is_zero() {
        tokio::time::sleep(delivery.delay).await;
    }
    if delivery.reset {
        switch.on();
    }
    if delivery.cut {
        return Err(Cut);
    }
    let mut delivered = hyper::Response::new(Full::new(response.body));
    *delivered.status_mut() =
        hyper::StatusCode::from_u16(response.status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            delivered.headers_mut().insert(name, value);
        }
    }
    Ok(delivered)
}
