//! The listener of a send that waits in the sandbox: loopback, a free port, a secret path, gone when the send ends.
//! What it does with a receipt belongs to `receipts`.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::super::context::{Ctx, runtime};
use crate::config::Secret;
use crate::failure::{Failure, Kind, Problem};
use crate::receipts::{self, Options};

/// It answers on a thread of its own, so that it is there before anything is validated or sent. Dropping it stops it.
pub(in crate::commands) struct Own {
    url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Own {
    pub(crate) fn start(ctx: &Ctx) -> Result<Own, Failure> {
        let store = Arc::new(ctx.store()?);
        let runtime = runtime()?;
        let chance: [u8; 16] = rand::random();
        let secret: String = chance.iter().map(|byte| format!("{byte:02x}")).collect();
        let options =
            Options { secret: Some(Secret::new(secret)), ..Options::new((Ipv4Addr::LOCALHOST, 0).into()) };
        let (tell, told) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                match receipts::serve(store, options, |_| {}).await {
                    Ok(serving) => {
                        let _ = tell.send(Ok(serving.callback_url().reveal()));
                        // Sent or dropped, it is the end.
                        let _ = stopped.await;
                        serving.stop().await;
                    }
                    Err(error) => drop(tell.send(Err(Failure::from(error)))),
                }
            });
        });
        let ended = || {
            let message = "the listener for receipts ended at once";
            Failure::from(Problem::new(Kind::Listen, message, "check the limits of this process"))
        };
        let url = told.recv().map_err(|_| ended())??;
        Ok(Own { url, stop: Some(stop), thread: Some(thread) })
    }

    /// What goes into call_back_url.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // What came in is written before the command ends.
            let _ = thread.join();
        }
    }
}
