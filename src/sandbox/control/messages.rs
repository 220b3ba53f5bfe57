//! The control API's messages: what became of every push, and waiting for one that matches.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::super::moment::Moment;
use super::super::phone::{self, Stage, Wanted};
use super::ask::Ask;
use super::refusal::{Answered, Refusal, items, ok};

const WAIT: Duration = Duration::from_secs(10);
const WAIT_MOST: Duration = Duration::from_secs(600);
/// How often a waiting call looks. Another process may write the same database, so that no signal inside this one would do.
const LOOK: Duration = Duration::from_millis(20);

pub(super) const PARAMETERS: &[&str] = &["phone", "message_id", "title", "content", "stage", "last"];
pub(super) const WAIT_PARAMETERS: &[&str] =
    &["phone", "message_id", "title", "content", "stage", "timeout_ms"];

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
    loop {
        if let Some(message) = ask.state.with(|tx| phone::messages(tx, ask.state.now(), &wanted))?.pop() {
            return ok(message);
        }
        let now = Instant::now();
        if now >= deadline {
            let message = format!("no message matched within {} ms", timeout.as_millis());
            return Err(Refusal::new(408, "no-match", message));
        }
        sleep_until(deadline.min(now + LOOK)).await;
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
    })
}
