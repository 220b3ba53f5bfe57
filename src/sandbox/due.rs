//! What passing time alone brings about: broadcasts that were scheduled or go on, and pushes that wait for their time.

use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;

use super::moment::Moment;
use super::state::State;
use super::{oppo, phone};

/// How often is looked for it. The clock is a value: nothing can wait for it.
const LOOK: Duration = Duration::from_millis(50);

/// Does what is due; true when there is more of it at once.
pub(super) fn bring_about(at: Moment<'_>) -> rusqlite::Result<bool> {
    oppo::run_due(at)
}

/// Does whatever becomes due, for as long as it is polled.
pub(super) async fn run(state: Arc<State>) {
    let mut reported = None;
    loop {
        let due = |connection: &Connection| {
            let now = state.now();
            Ok((oppo::is_due(connection, now)?, phone::is_due(connection, now)?))
        };
        let done = match state.look(due) {
            Ok((false, false)) => Ok(false),
            Ok((broadcasts, _)) => state.with(|tx| {
                bring_about(state.moment(tx))?;
                phone::settle_due(tx, state.now())?;
                Ok(broadcasts)
            }),
            Err(error) => Err(error),
        };
        match done {
            Ok(true) => tokio::task::yield_now().await,
            Ok(false) => {
                reported = None;
                tokio::time::sleep(LOOK).await;
            }
            // Once for as long as it lasts.
            Err(error) => {
                let error = format!("the opush sandbox failed; what is due is not done: {error}");
                if reported.as_ref() != Some(&error) {
                    state.report_error(error.clone());
                    reported = Some(error);
                }
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}
