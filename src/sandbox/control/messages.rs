//! The control API's messages: what became of every push, and waiting for one that matches.
//! Which messages there are belongs to `phone`.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use tokio::time::{Instant, sleep_until};

use super::extract::Query;
use super::refusal::{Refusal, ok};
use super::types::Items;
use crate::sandbox::phone::{self, Stage, Wanted};
use crate::sandbox::state::State;

const WAIT: Duration = Duration::from_secs(10);
const WAIT_MOST: Duration = Duration::from_secs(600);
/// How often is looked. Another process may write the same database, so that no signal inside this one would do.
const LOOK: Duration = Duration::from_millis(20);

pub(super) async fn list(
    Shared(state): Shared<Arc<State>>,
    mut query: Query,
) -> Result<impl IntoResponse, Refusal> {
    let wanted = wanted(&mut query)?;
    query.end()?;
    let items = state.with(|tx| phone::messages(tx, state.now(), &wanted))?;
    Ok(ok(Items { items }))
}

/// The newest that matches, as soon as there is one.
pub(super) async fn wait(
    Shared(state): Shared<Arc<State>>,
    mut query: Query,
) -> Result<impl IntoResponse, Refusal> {
    let wanted = wanted(&mut query)?;
    let timeout = query
        .read("timeout_ms", |text| {
            text.parse().ok().map(Duration::from_millis).filter(|time| *time <= WAIT_MOST)
        })?
        .unwrap_or(WAIT);
    query.end()?;
    let deadline = Instant::now() + timeout;
    loop {
        if let Some(message) = state.with(|tx| phone::messages(tx, state.now(), &wanted))?.pop() {
            return Ok(ok(message));
        }
        let now = Instant::now();
        if now >= deadline {
            let message = format!("no message matched within {} ms", timeout.as_millis());
            return Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "no-match", message));
        }
        sleep_until(deadline.min(now + LOOK)).await;
    }
}

fn wanted(query: &mut Query) -> Result<Wanted, Refusal> {
    Ok(Wanted {
        phone: query.text("phone"),
        message_id: query.text("message_id"),
        title: query.text("title"),
        content: query.text("content"),
        stage: query.read("stage", Stage::parse)?,
    })
}
