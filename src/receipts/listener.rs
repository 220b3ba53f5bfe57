//! The listener of a send that waits in the sandbox: loopback, a free port, a secret path, gone when the send ends.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::serve::{Options, serve};
use crate::config::Secret;
use crate::failure::{Failure, Kind, Problem};
use crate::store::Store;

/// It answers on a thread of its own, so that it is there before anything is validated or sent. Dropping it stops it.
pub(crate) struct ReceiptListener {
    url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl ReceiptListener {
    pub(crate) fn start(store: Store) -> Result<ReceiptListener, Failure> {
        let failed = |why: String| {
            let message = format!("the listener for receipts could not be started: {why}");
            Failure::from(Problem::new(Kind::Listen, message, "check the limits of this process"))
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| failed(error.to_string()))?;
        let secret = Some(Secret::random());
        let options = Options { secret, ..Options::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()) };
        let (started, starting) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                match serve(Arc::new(store), options).await {
                    Ok((serving, _)) => {
                        let _ = started.send(Ok(serving.callback_url().reveal()));
                        // Sent or dropped, it is the end.
                        let _ = stopped.await;
                        serving.stop().await;
                    }
                    Err(error) => drop(started.send(Err(Failure::from(error)))),
                }
            });
        });
        let url = starting.recv().map_err(|_| failed("its thread ended at once".into()))??;
        Ok(ReceiptListener { url, stop: Some(stop), thread: Some(thread) })
    }

    /// What goes into call_back_url.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for ReceiptListener {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // What came in is written before the command ends.
            let _ = thread.join();
        }
    }
}
