//! The HTTP listener for callbacks: answers within the server's two seconds, capped in connections, bodies and patience.
//! What a callback tells is read in the file above; where it is kept is the caller's business.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use hyper::body::{Body as _, Frame};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::JoinSet;

use super::{Callback, Rejected, read};

/// How much the listener lets others ask of it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub connections: usize,
    /// Bytes of a body; the longest callback has 100 events.
    pub body: usize,
    /// For a request's head, and again for its body.
    pub patience: Duration,
    /// The IM server waits two seconds and never asks again; after this it gets its answer, kept or not.
    pub answer: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 128,
            body: 1024 * 1024,
            patience: Duration::from_secs(5),
            answer: Duration::from_millis(1500),
        }
    }
}

/// What the listener hands on. The sender of `kept` is used once the callback is safe; dropping it will do as well.
#[derive(Debug)]
pub enum Serving {
    Callback { callback: Box<Callback>, kept: oneshot::Sender<()> },
    Rejected(Rejected),
}

/// A listener that is bound and not yet served.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    addr: SocketAddr,
}

/// Binds; port 0 takes a free one.
pub async fn listen(addr: SocketAddr) -> io::Result<Listening> {
    let listener = TcpListener::bind(addr).await?;
    let addr = listener.local_addr()?;
    Ok(Listening { listener, addr })
}

impl Listening {
    /// The address in use.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Serves until the future is dropped, or the receiver is: then calls under way still get their answer.
    pub async fn serve(self, sdk_app_id: u32, limits: Limits, out: mpsc::Sender<Serving>) {
        let room = Arc::new(Semaphore::new(limits.connections));
        let mut connections = JoinSet::new();
        loop {
            let next = async {
                let place = room.clone().acquire_owned().await;
                (self.listener.accept().await, place)
            };
            tokio::select! {
                () = out.closed() => break,
                Some(_) = connections.join_next() => {}
                (accepted, place) = next => match accepted {
                    Ok((stream, _)) => {
                        let out = out.clone();
                        connections.spawn(async move {
                            connection(stream, sdk_app_id, limits, out).await;
                            drop(place);
                        });
                    }
                    // Out of file descriptors, say: waiting is all that helps.
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                },
            }
        }
        drop(self.listener);
        let finished = async { while connections.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(limits.answer, finished).await;
        connections.shutdown().await;
    }
}

async fn connection(stream: TcpStream, sdk_app_id: u32, limits: Limits, out: mpsc::Sender<Serving>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<hyper::body::Incoming>| {
        let out = out.clone();
        async move { Ok::<_, Infallible>(answer(request.map(Body::new), sdk_app_id, limits, out).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.patience)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    // A connection that fails has nobody left to tell.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = out.closed() => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

async fn answer(
    request: Request<Body>,
    sdk_app_id: u32,
    limits: Limits,
    out: mpsc::Sender<Serving>,
) -> Response<Body> {
    match take(request, sdk_app_id, limits).await {
        Ok(callback) => {
            let (kept, done) = oneshot::channel();
            let hand_on = async {
                if out.send(Serving::Callback { callback: Box::new(callback), kept }).await.is_ok() {
                    let _ = done.await;
                }
            };
            let _ = tokio::time::timeout(limits.answer, hand_on).await;
            respond(200, r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#.to_owned())
        }
        Err(rejected) => {
            let status = rejected.status();
            let body = serde_json::json!({
                "ActionStatus": "FAIL", "ErrorInfo": rejected.to_string(), "ErrorCode": status,
            });
            let _ = out.try_send(Serving::Rejected(rejected));
            respond(status, body.to_string())
        }
    }
}

async fn take(request: Request<Body>, sdk_app_id: u32, limits: Limits) -> Result<Callback, Rejected> {
    if request.method() != "POST" {
        return Err(Rejected::Method(request.method().to_string()));
    }
    let (head, body) = request.into_parts();
    let body = tokio::time::timeout(limits.patience, collect(body, limits.body)).await;
    let body = body.map_err(|_| Rejected::TooSlow)??;
    read(head.uri.query().unwrap_or_default(), &body, sdk_app_id)
}

/// The whole body. One that is too long is read on and thrown away for a while, so that its sender gets to see the answer.
async fn collect(body: Body, most: usize) -> Result<Vec<u8>, Rejected> {
    let mut body = std::pin::pin!(body);
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Some(data) = frame.map_err(|_| Rejected::Broken).map(Frame::into_data)?.ok() else { continue };
        length += data.len();
        if length <= most {
            bytes.extend_from_slice(&data);
        } else if length > most * 16 {
            break;
        }
    }
    if length > most { Err(Rejected::TooLong(most)) } else { Ok(bytes) }
}

fn respond(status: u16, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let json = header::HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}
