//! The control API's messages: what became of every push, and waiting for one that matches.

use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use super::super::due;
use super::super::moment::Moment;
use super::super::phone::{self, Stage, Wanted};
use super::super::state::WAITERS;
use super::ask::Ask;
use super::refusal::{Answered, Refusal, items, ok};
use super::types::Waited;

const WAIT: Duration = Duration::from_secs(10);
const WAIT_MOST: Duration = Duration::from_secs(600);
/// How often a waiting call looks though nothing has changed in this process: another one may write the same database, and
/// time alone shows a message.
const LOOK: Duration = Duration::from_millis(250);
/// How long it waits after a change, so that it holds up no call.
const PAUSE: Duration = Duration::from_millis(5);

macro_rules! parameters {
    ($($more:literal),*) => {
        &["phone", "app", "user", "message_id", "title", "content", "text", "extras", "stage", "after", $($more),*]
    };
}
pub(super) const PARAMETERS: &[&str] = parameters!("last");
pub(super) const WAIT_PARAMETERS: &[&str] = parameters!("timeout_ms");

pub(super) fn list(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let mut found = phone::messages(at.tx, at.now, &wanted(ask)?)?;
    if let Some(last) = ask.count("last")? {
        found.drain(..found.len().saturating_sub(last));
    }
    items(found)
}

/// The newest that matches, as soon as there is one.
pub(super) async fn wait(ask: &Ask<'_>) -> Answered {
    let wanted = wanted(ask)?;
    let in_range =
        |text: &str| text.parse().ok().map(Duration::from_millis).filter(|time| *time <= WAIT_MOST);
    let timeout = ask.read("timeout_ms", in_range)?.unwrap_or(WAIT);
    let deadline = Instant::now() + timeout;
    let Ok(_waits) = ask.state.waiters.try_acquire() else {
        let message = format!("{WAITERS} calls wait for a message already");
        return Err(Refusal::new(503, "too-many-waiters", message));
    };
    let mut changes = ask.state.changes.follow();
    loop {
        changes.mark_unchanged();
        let found = ask.state.with(|tx| {
            let at = ask.state.moment(tx);
            due::bring_about(at)?;
            let Some(message) = phone::messages(tx, at.now, &wanted)?.pop() else { return Ok(None) };
            Ok(Some(Waited { tap: phone::tap_of(tx, &message)?, message }))
        })?;
        if let Some(waited) = found {
            return ok(waited);
        }
        let now = Instant::now();
        if now >= deadline {
            let message = format!("no message matched within {} ms", timeout.as_millis());
            return Err(Refusal::new(408, "no-match", message));
        }
        tokio::select! {
            // Many calls at once are looked at once.
            _ = changes.changed() => sleep(PAUSE).await,
            () = sleep_until(deadline.min(now + LOOK)) => {}
        }
    }
}

fn wanted(ask: &Ask<'_>) -> Result<Wanted, Refusal> {
    let text = |key| ask.text(key).map(str::to_owned);
    Ok(Wanted {
        phone: text("phone"),
        message_id: text("message_id"),
        title: text("title"),
        content: text("content"),
        stage: ask.read("stage", |word| word.parse::<Stage>().ok())?,
        app: text("app"),
        user: text("user"),
        text: text("text"),
        extras: ask.read("extras", |json| serde_json::from_str(json).ok())?.unwrap_or_default(),
        after: ask.read("after", |text| text.parse().ok())?,
    })
}
