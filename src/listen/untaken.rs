//! Answers that clients have not taken yet: all together have a limit.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};
use tokio::time::timeout;

use super::connections::{Connection, Connections};
use super::stream::Cut;

/// What an answer's head takes beside its body, roughly.
const HEAD: usize = 256;

/// How often one more connection is asked to close.
const EVERY: Duration = Duration::from_millis(20);

/// How many bytes of answers may wait.
#[derive(Clone, Debug)]
pub(super) struct Untaken {
    room: Arc<Semaphore>,
    most: usize,
    patience: Duration,
}

impl Untaken {
    pub(super) fn new(most: usize, patience: Duration) -> Untaken {
        let most = most.clamp(HEAD, u32::MAX as usize);
        Untaken { room: Arc::new(Semaphore::new(most)), most, patience }
    }

    /// The body, which counts until it has gone out. Where there is no room for it, clients that don't take theirs lose it.
    pub(super) async fn hold(
        &self,
        body: Bytes,
        connection: &Arc<Connection>,
        all: &Connections,
    ) -> Result<Bytes, Cut> {
        let bytes = self.bytes(&body);
        let room = || self.room.clone().acquire_many_owned(bytes as u32);
        let made = async {
            loop {
                if let Ok(Ok(place)) = timeout(EVERY, room()).await {
                    return place;
                }
                all.close_untaken();
            }
        };
        // Most find room at once.
        let place = match self.room.clone().try_acquire_many_owned(bytes as u32) {
            Ok(place) => place,
            Err(_) => {
                all.close_untaken();
                timeout(self.patience, made).await.map_err(|_| Cut)?
            }
        };
        Ok(held(body, connection, bytes, place))
    }

    /// The same for a piece of an answer, if there is room at once.
    pub(super) fn try_hold(
        &self,
        piece: Bytes,
        connection: &Arc<Connection>,
    ) -> Result<Bytes, TryAcquireError> {
        let bytes = self.bytes(&piece);
        let place = self.room.clone().try_acquire_many_owned(bytes as u32)?;
        Ok(held(piece, connection, bytes, place))
    }

    fn bytes(&self, body: &Bytes) -> usize {
        (body.len() + HEAD).min(self.most)
    }
}

fn held(body: Bytes, connection: &Arc<Connection>, bytes: usize, place: OwnedSemaphorePermit) -> Bytes {
    connection.untaken.fetch_add(bytes, SeqCst);
    Bytes::from_owner(Held { body, connection: connection.clone(), bytes, _place: place })
}

/// An answer's body on its way.
struct Held {
    body: Bytes,
    connection: Arc<Connection>,
    bytes: usize,
    _place: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.body
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.connection.untaken.fetch_sub(self.bytes, SeqCst);
    }
}
