//! Accepts connections within a limit until it is stopped.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use super::connection;
use super::limits::Limits;
use super::service::{AtOnce, Handler, Service};

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
}

impl Running {
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
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut connections = JoinSet::new();
    let stop_of_each = stop.clone();
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        tokio::select! {
            () = shutdown_signal(&mut stop) => break,
            Some(_) = connections.join_next() => {}
            (accepted, place) = next => match accepted {
                Ok((stream, _)) => {
                    let (service, mut stop) = (service.clone(), stop_of_each.clone());
                    connections.spawn(async move {
                        connection::serve(stream, service, limits, shutdown_signal(&mut stop)).await;
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

/// Returns when the listener is stopped, or its handle is dropped.
async fn shutdown_signal(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
}
