//! The listener as a whole: its address, its limits, its counts, its end.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::address::{CallbackUrl, PublicUrl};
use super::handler::ReceiptHandler;
use super::totals::{Counter, Event, Totals};
use super::writer;
use crate::config::Secret;
use crate::failure::{Explain, Kind, Problem};
use crate::listen::{self, Limits, ListenError, ListenOn, Running};
use crate::store::Store;

/// How to listen.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) listen: ListenOn,
    /// How the listener is reached from outside, if not by its own address.
    pub(crate) public_url: Option<PublicUrl>,
    /// The last part of the path, checked by [`super::check_secret`]: OPPO sends no password (OPPO reference, section 6).
    pub(crate) secret: Option<Secret>,
    pub(crate) limits: Limits,
}

impl Options {
    /// Without a secret; 128 connections with bodies of 256 KiB.
    pub(crate) fn new(listen: ListenOn) -> Self {
        let limits = Limits {
            connections: 128,
            body_bytes: 256 * 1024,
            stop: Duration::from_secs(5),
            ..Limits::DEFAULT
        };
        Options { listen, public_url: None, secret: None, limits }
    }
}

/// Events that wait for their receiver; further ones are left out and counted.
const WAITING: usize = 4096;

/// A listener for receipts at work on the current runtime.
#[derive(Debug)]
pub(crate) struct Serving {
    running: Running,
    callback_url: CallbackUrl,
    writing: JoinHandle<()>,
    counter: Counter,
}

/// Listens in the background. The receiver gets everything that is stored, rejected or could not be stored.
pub(crate) async fn serve(
    store: Arc<Store>,
    options: Options,
) -> Result<(Serving, Receiver<Event>), ListenError> {
    // Bound first: its address is part of the URL, and the handler knows the URL's path.
    let Options { mut listen, public_url, secret, limits } = options;
    // A proxy may pass on the name by which it is reached.
    listen.names.extend(public_url.as_ref().and_then(PublicUrl::host));
    let bound = listen::bind(listen).await?;
    let callback_url = CallbackUrl::new(&bound.url(), public_url.as_ref(), secret);
    let (counter, (events, received)) = (Counter::default(), sync_channel(WAITING));
    let (queue, writing) = writer::start(store, counter.clone(), events);
    let handler = ReceiptHandler::new(callback_url.paths(), queue, counter.clone());
    let running = bound.serve(limits, Arc::new(handler));
    Ok((Serving { running, callback_url, writing, counter }, received))
}

impl Serving {
    /// Where it listens, without path and secret.
    pub(crate) fn url(&self) -> String {
        self.running.url()
    }

    /// What to give as `call_back_url`.
    pub(crate) fn callback_url(&self) -> &CallbackUrl {
        &self.callback_url
    }

    /// Stops accepting, lets answers under way go out, and returns when all that came in is written.
    pub(crate) async fn stop(self) -> Totals {
        self.running.stop().await;
        // The queue has ended with the listener; what is still in it is written now.
        let _ = self.writing.await;
        self.counter.lock().clone()
    }
}

impl Explain for ListenError {
    fn explain(self) -> Problem {
        let (kind, hint) = match self {
            ListenError::BeyondLoopback(_) => {
                (Kind::MissingFlag, "add --beyond-loopback if other machines shall reach it")
            }
            ListenError::Bind { .. } => (Kind::Listen, "choose another address, or port 0 for a free one"),
        };
        Problem::new(kind, self.to_string(), hint).at("--listen")
    }
}
