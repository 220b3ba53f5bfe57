//! Waits until receipts are in the state database, whichever process listens for them.
//! What a receipt means for a push is the caller's business.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::store::receipts::{Receipt, ReceiptFilter, list};
use crate::store::{Store, StoreError};

/// Between two looks: a person does not notice, and the state database hardly.
const PAUSE: Duration = Duration::from_millis(100);

/// A push whose receipt is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) message_id: String,
    /// `None` for a push to an alias: any regId will do.
    pub(crate) reg_id: Option<String>,
}

/// Waits until each of `wanted` has a receipt, or until `deadline`; `true` says that each has one. `found` is called
/// with each receipt as it appears, those that are there already first, each push's in the order they came. Receipts
/// that belong to no delivery here, such as forged ones, do not count, and neither do events that OPPO does not document.
///
/// # Errors
/// If the state database can't be read.
pub(crate) async fn until(
    store: &Store,
    wanted: &[Wanted],
    deadline: Instant,
    mut found: impl FnMut(&Wanted, &Receipt),
) -> Result<bool, StoreError> {
    let mut last = vec![0; wanted.len()];
    loop {
        for (wanted, last) in wanted.iter().zip(&mut last) {
            let filter = ReceiptFilter {
                message_id: Some(&wanted.message_id),
                reg_id: wanted.reg_id.as_deref(),
                after_id: Some(*last),
                ..ReceiptFilter::default()
            };
            let counts = |receipt: &&Receipt| receipt.delivery_id.is_some() && receipt.told().is_some();
            for receipt in list(store, &filter)?.iter().rev().filter(counts) {
                *last = receipt.id;
                found(wanted, receipt);
            }
        }
        if last.iter().all(|last| *last > 0) {
            return Ok(true);
        }
        let now = Instant::now();
        if now >= deadline {
            return Ok(false);
        }
        sleep(PAUSE.min(deadline - now)).await;
    }
}
