//! Names that a listener answers to over TLS, on the port that speaks plain HTTP too, and as the proxy of its clients.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use hyper::http::uri::Authority;
use hyper::{HeaderMap, Method, Uri};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::server::TlsStream;

use super::connections::Connection;
use super::exchange::{Fault, Request};
use super::hosts::SHOWN;
use super::opening::{self, Opening};
use super::service::Service;
use super::stream::ClientStream;

/// The port that such a name has in a CONNECT.
const HTTPS: u16 = 443;

/// Names with certificates.
#[derive(Clone)]
pub struct TlsNames {
    acceptor: TlsAcceptor,
    names: Vec<String>,
    pass_others: bool,
}

/// A connection that has begun.
pub(super) enum Opened {
    Plain(ClientStream),
    Secure(Box<TlsStream<ClientStream>>),
    /// A tunnel to another server.
    Tunnel(ClientStream, TcpStream),
}

impl TlsNames {
    /// `pass_others`: a CONNECT of this machine to another host becomes a plain tunnel; else it is refused.
    pub(crate) fn new(config: Arc<ServerConfig>, names: Vec<String>, pass_others: bool) -> TlsNames {
        TlsNames { acceptor: TlsAcceptor::from(config), names, pass_others }
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// From the first byte to what is to be served; `None` where the client was refused or failed.
    pub(super) async fn open(&self, mut stream: ClientStream, service: &Arc<dyn Service>) -> Option<Opened> {
        let opening = opening::look(&mut stream).await.ok()?;
        if opening != Opening::Connect {
            return self.begin(opening, stream, service).await;
        }
        let target = opening::read_target(&mut stream).await.ok()?;
        match self.proxied(&target, stream.is_of_this_machine()) {
            Proxied::Here => {
                stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.ok()?;
                let opening = opening::look(&mut stream).await.ok()?;
                if opening == Opening::Connect {
                    return None;
                }
                self.begin(opening, stream, service).await
            }
            Proxied::Elsewhere => match TcpStream::connect(&target).await {
                Ok(there) => {
                    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.ok()?;
                    Some(Opened::Tunnel(stream, there))
                }
                Err(error) => {
                    refuse(stream, &target, Fault::NoTunnel { why: error.to_string() }, service).await;
                    None
                }
            },
            Proxied::Refused => {
                refuse(
                    stream,
                    &target,
                    Fault::NotHere { host: target.chars().take(SHOWN).collect() },
                    service,
                )
                .await;
                None
            }
        }
    }

    async fn begin(
        &self,
        opening: Opening,
        stream: ClientStream,
        service: &Arc<dyn Service>,
    ) -> Option<Opened> {
        if opening == Opening::Http {
            return Some(Opened::Plain(stream));
        }
        match self.acceptor.accept(stream).await {
            Ok(stream) => Some(Opened::Secure(Box::new(stream))),
            Err(error) => {
                // A client that goes away says nothing about certificates.
                if error.kind() == io::ErrorKind::InvalidData {
                    service.handshake_failed(&error.to_string());
                }
                None
            }
        }
    }

    /// What becomes of a CONNECT. One of the names is never looked up, whatever its port: nothing meant for it leaves
    /// this machine.
    fn proxied(&self, target: &str, is_of_this_machine: bool) -> Proxied {
        let Ok(authority) = target.parse::<Authority>() else { return Proxied::Refused };
        let host = authority.host().trim_end_matches('.');
        let is_ours = self.names.iter().any(|name| name.eq_ignore_ascii_case(host));
        match (is_ours, authority.port_u16()) {
            (true, Some(HTTPS)) => Proxied::Here,
            (false, Some(_)) if self.pass_others && is_of_this_machine && !target.contains('@') => {
                Proxied::Elsewhere
            }
            _ => Proxied::Refused,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Proxied {
    Here,
    Elsewhere,
    Refused,
}

/// Answers a CONNECT as the service answers what it can't take, and closes.
async fn refuse(mut stream: ClientStream, target: &str, fault: Fault, service: &Arc<dyn Service>) {
    let uri = target.parse().unwrap_or_else(|_| Uri::from_static("/"));
    let request = Request { method: Method::CONNECT, uri, headers: HeaderMap::new(), body: Bytes::new() };
    let response = service.clone().incomplete(request, fault).await;
    let head = format!(
        "HTTP/1.1 {} Refused\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        response.status,
        response.body.len()
    );
    // There is no reader for the error of a client that is gone.
    let _ = stream.write_all(&[head.as_bytes(), &response.body].concat()).await;
    let _ = stream.shutdown().await;
    let _ = stream.read(&mut [0; 512]).await;
}

/// Carries bytes both ways until one side is done, or neither says anything for so long.
pub(super) async fn tunnel(
    mut client: ClientStream,
    mut there: TcpStream,
    connection: &Connection,
    silent: Duration,
) {
    let copying = copy_bidirectional(&mut client, &mut there);
    tokio::select! {
        _ = copying => {}
        () = connection.silent_for(silent) => {}
    }
}

#[cfg(test)]
mod tests;
