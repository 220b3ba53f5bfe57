//! The listener as a whole: its address, its limits, its counts, its end.
//! What is answered belongs to `handler`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::handler::Handler;
use super::writer::{self, Event, Listener};
use super::{CallbackUrl, PublicUrl};
use crate::config::Secret;
use crate::failure::{Explain, Kind, Problem};
use crate::listen::{self, Limits, ListenError, Running};
use crate::store::Store;

/// How to listen.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Allow an address that other machines can reach.
    pub beyond_loopback: bool,
    /// How the listener is reached from outside, if not by its own address.
    pub(crate) public_url: Option<PublicUrl>,
    /// The last part of the path, checked by [`super::check_secret`]: OPPO sends no password (OPPO reference, section 6).
    pub(crate) secret: Option<Secret>,
    pub limits: Limits,
}

impl Options {
    /// Loopback, without a secret; 128 connections with bodies of 256 KiB.
    pub(crate) fn new(listen: SocketAddr) -> Self {
        let limits = Limits {
            connections: 128,
            body_bytes: 256 * 1024,
            stop: Duration::from_secs(5),
            ..Limits::default()
        };
        Options { listen, beyond_loopback: false, public_url: None, secret: None, limits }
    }
}

/// What came in, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    /// Receipts that were stored for the first time.
    pub(crate) stored: u64,
    /// Receipts that were there before.
    pub(crate) repeated: u64,
    /// Of those stored, the ones that belong to no delivery known here.
    pub(crate) unmatched: u64,
    /// Requests that were not receipts, or not whole.
    pub(crate) rejected: u64,
    /// Callbacks that could not be stored.
    pub(crate) failed: u64,
    /// Requests to another path, or by another method than POST.
    pub(crate) elsewhere: u64,
}

#[derive(Debug, Default)]
struct Counts {
    stored: AtomicU64,
    repeated: AtomicU64,
    unmatched: AtomicU64,
    rejected: AtomicU64,
    failed: AtomicU64,
    elsewhere: Arc<AtomicU64>,
}

impl Counts {
    fn count(&self, event: &Event<'_>) {
        let add = |count: &AtomicU64, more: u64| {
            count.fetch_add(more, Ordering::Relaxed);
        };
        match event {
            Event::Stored(receipt) => {
                add(if receipt.seen > 1 { &self.repeated } else { &self.stored }, 1);
                add(&self.unmatched, u64::from(receipt.seen == 1 && receipt.delivery_id.is_none()));
            }
            Event::Rejected(_) => add(&self.rejected, 1),
            Event::Failed { callbacks, .. } => add(&self.failed, *callbacks as u64),
        }
    }

    fn totals(&self) -> Totals {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Totals {
            stored: of(&self.stored),
            repeated: of(&self.repeated),
            unmatched: of(&self.unmatched),
            rejected: of(&self.rejected),
            failed: of(&self.failed),
            elsewhere: of(&self.elsewhere),
        }
    }
}

/// A listener for receipts at work on the current runtime.
#[derive(Debug)]
pub(crate) struct Serving {
    running: Running,
    callback_url: CallbackUrl,
    writing: JoinHandle<()>,
    counts: Arc<Counts>,
}

/// Listens in the background. `report` hears of everything that is stored, rejected or could not be stored, on a thread of
/// its own; it must not wait long, for the callbacks after it wait with it.
pub(crate) async fn serve(
    store: Arc<Store>,
    options: Options,
    report: impl Fn(Event<'_>) + Send + Sync + 'static,
) -> Result<Serving, ListenError> {
    let counts = Arc::new(Counts::default());
    let listener: Listener = {
        let counts = counts.clone();
        Arc::new(move |event| {
            counts.count(&event);
            report(event);
        })
    };
    // Bound first: its address is part of the URL, which is part of what the handler knows.
    let bound = listen::bind(options.listen, options.beyond_loopback).await?;
    let callback_url = CallbackUrl::new(&bound.url(), options.public_url.as_ref(), options.secret);
    let (queue, writing) = writer::start(store, listener);
    let handler = Handler::new(callback_url.paths(), queue, counts.elsewhere.clone());
    let running = bound.serve(options.limits, Arc::new(handler));
    Ok(Serving { running, callback_url, writing, counts })
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

    /// What came in so far.
    pub(crate) fn totals(&self) -> Totals {
        self.counts.totals()
    }

    /// Stops accepting, lets answers under way go out, and returns when all that came in is written.
    pub(crate) async fn stop(self) -> Totals {
        self.running.stop().await;
        // The queue has ended with the listener; what is still in it is written now.
        let _ = self.writing.await;
        self.counts.totals()
    }
}

impl Explain for ListenError {
    fn explain(self) -> Problem {
        let hint = match self {
            ListenError::BeyondLoopback(_) => "say --beyond-loopback if other machines shall reach it",
            ListenError::Bind { .. } => "choose another address, or port 0 for a free one",
        };
        Problem::new(Kind::Listen, self.to_string(), hint).at("--listen")
    }
}
