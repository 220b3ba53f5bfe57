//! `opush sandbox calls --follow`: each call as the log gets it. What is printed of one belongs to `call_line`.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::super::signals::{ShutdownSignal, runtime};
use super::call_line::say;
use super::profile_view::ProfileView;
use crate::failure::Failure;
use crate::services::sandbox::SandboxTarget;

/// How often the log is asked: soon enough for a person, and asking costs little.
const EVERY: Duration = Duration::from_millis(200);

/// Prints until Ctrl-C, or until the output is closed. First those after `after`, and the `last` ones of the past.
pub(crate) fn run(after: Option<i64>, last: Option<u16>, ctx: &Ctx) -> Result<Followed, Failure> {
    runtime()?.block_on(async {
        let mut stop = ShutdownSignal::listen()?;
        let target = SandboxTarget::find(ctx).await?;
        let mut id = match (after, last) {
            (None, None) => target.control.newest_call().await?,
            _ => after.unwrap_or(0),
        };
        let mut followed = Followed { calls: 0, of: ProfileView::from(&target.profile) };
        ctx.note("Calls are printed as they come. Stop it with Ctrl-C.");
        let mut past = last;
        loop {
            for call in target.control.calls(id, past.take()).await? {
                (id, followed.calls) = (call.id, followed.calls + 1);
                if !say(&ctx.printer, &call) {
                    return Ok(followed);
                }
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = stop.received() => return Ok(followed),
            }
        }
    })
}

/// What `sandbox calls --follow --json` prints when it has stopped. As they came, the calls were on stderr, a line each.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Followed {
    /// Calls printed.
    calls: u64,
    #[serde(flatten)]
    of: ProfileView,
}
