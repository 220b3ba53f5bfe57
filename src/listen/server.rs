//! Accepts connections within a limit until it is stopped.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use super::connection::{Shared, serve, shutdown_signal};
use super::connections::Connection;
#[cfg(test)]
use super::connections::Connections;
use super::hosts::Hosts;
use super::limits::Limits;
use super::names::TlsNames;
use super::service::{AtOnce, Handler, Service};
use super::untaken::Untaken;

/// Where to listen, and under which names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenOn {
    /// Port 0 takes a free one.
    pub address: SocketAddr,
    /// Allows an address that other machines can reach.
    pub beyond_loopback: bool,
    /// Names that lead to a loopback address, by a proxy or a tunnel, say.
    pub names: Vec<String>,
}

impl From<SocketAddr> for ListenOn {
    /// Loopback alone, under no name but its own.
    fn from(address: SocketAddr) -> ListenOn {
        ListenOn { address, beyond_loopback: false, names: Vec::new() }
    }
}

/// Why a listener can't start.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    #[error("{0} is not a loopback address")]
    BeyondLoopback(SocketAddr),
    #[error("can't listen on {address}: {source}")]
    Bind { address: SocketAddr, source: std::io::Error },
}

/// A listener at work on the current runtime. Dropping it stops it without waiting.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
    #[cfg(test)]
    connections: Arc<Connections>,
}

impl Running {
    /// Connections with clients that have not taken their answer.
    #[cfg(test)]
    pub(super) fn untaken(&self) -> usize {
        self.connections.untaken()
    }

    /// `http://ADDRESS:PORT`, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops accepting, lets answers under way go out within the limit, and returns when all is closed.
    pub(crate) async fn stop(self) {
        // An error means that it has stopped already.
        let _ = self.stop.send(true);
        let _ = self.accepting.await;
    }
}

/// Listens and answers in the background.
pub(crate) async fn start(on: ListenOn, limits: Limits, handler: Handler) -> Result<Running, ListenError> {
    Ok(bind(on).await?.serve(limits, Arc::new(AtOnce(handler))))
}

/// A listener that is bound, and does not answer yet.
pub(crate) struct Bound {
    listener: TcpListener,
    pub(crate) address: SocketAddr,
    hosts: Hosts,
    tls: Option<TlsNames>,
}

/// Takes the address, without answering yet: for a service that has to know it.
pub(crate) async fn bind(on: ListenOn) -> Result<Bound, ListenError> {
    let ListenOn { address, beyond_loopback, names } = on;
    if !address.ip().is_loopback() && !beyond_loopback {
        return Err(ListenError::BeyondLoopback(address));
    }
    let failed = |source| ListenError::Bind { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let hosts = if address.ip().is_loopback() { Hosts::Here(names) } else { Hosts::Any };
    Ok(Bound { listener, address, hosts, tls: None })
}

impl Bound {
    /// `http://ADDRESS:PORT`, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers to these names too, and to them over TLS as well.
    pub(crate) fn with_tls(mut self, tls: TlsNames) -> Bound {
        self.hosts.add(tls.names());
        self.tls = Some(tls);
        self
    }

    /// Answers in the background.
    pub(crate) fn serve(self, limits: Limits, service: Arc<dyn Service>) -> Running {
        let (stop, stopped) = watch::channel(false);
        let shared = Arc::new(Shared {
            service,
            limits,
            hosts: self.hosts,
            tls: self.tls,
            connections: Arc::default(),
            untaken: Untaken::new(limits.answer_bytes, limits.write),
            stop: stopped.clone(),
        });
        #[cfg(test)]
        let connections = shared.connections.clone();
        let accepting = tokio::spawn(accept(self.listener, shared, stopped));
        Running {
            address: self.address,
            stop,
            accepting,
            #[cfg(test)]
            connections,
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let mut serving = JoinSet::new();
    let stop_of_each = stop.clone();
    tokio::select! {
        () = shutdown_signal(&mut stop) => {}
        () = accept_all(&listener, &shared, &mut serving, &stop_of_each) => {}
    }
    drop(listener);
    let finished = async { while serving.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(shared.limits.stop, finished).await;
    serving.shutdown().await;
}

async fn accept_all(
    listener: &TcpListener,
    shared: &Arc<Shared>,
    serving: &mut JoinSet<()>,
    stop: &watch::Receiver<bool>,
) {
    loop {
        tokio::select! {
            Some(_) = serving.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    make_place(shared, serving).await;
                    // Known from now on, so that it can be closed before its task has begun.
                    let connection = shared.connections.add();
                    serving.spawn(serve_until(stream, connection, shared.clone(), stop.clone()));
                }
                // Out of file descriptors, say: one that is closed is all that helps.
                Err(_) => {
                    shared.connections.close_idle();
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
}

/// Returns when there is a place for one more connection. Clients that do nothing don't keep others waiting.
async fn make_place(shared: &Shared, serving: &mut JoinSet<()>) {
    while serving.len() >= shared.limits.connections {
        shared.connections.close_idle();
        tokio::select! {
            _ = serving.join_next() => {}
            () = shared.connections.idle.notified() => {}
        }
    }
}

async fn serve_until(
    stream: TcpStream,
    connection: Arc<Connection>,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    serve(stream, &connection, &shared, shutdown_signal(&mut stop)).await;
    shared.connections.remove(&connection);
}
