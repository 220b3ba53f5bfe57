//! `opush im webhook listen`: serves until it is stopped, and shows each callback as it arrives.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use tokio::sync::mpsc;

use super::super::super::context::Ctx;
use super::super::super::listening::{listen_on, say_ready};
use super::super::super::signals::{ShutdownSignal, runtime};
use crate::config::files;
use crate::failure::{Failure, Kind, Problem};
use crate::flags::ListenFlags;
use crate::im::webhook::{Arrived, Callback, Content, LIMITS, WebhookHandler};
use crate::listen;
use crate::output::{Page, Report};
use crate::push;
use crate::store::Store;

/// Serve a webhook until Ctrl-C: presence and pushes are kept as evidence
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush im webhook listen --listen 127.0.0.1:8900
  opush im webhook listen --count 10 --json

Give the IM console an address that leads here, and switch on State.StateChange and Push.OfflinePush. The IM server
sends no password: whoever reaches the address can post.")]
pub(crate) struct Args {
    #[command(flatten)]
    listen: ListenFlags,

    /// Stop after this many callbacks
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Listened, Failure> {
    let profile = ctx.profile()?;
    let sdk_app_id = profile.im()?.sdk_app_id.value;
    let store = Arc::new(ctx.store()?);
    let mut listened = Listened { profile: profile.name.clone(), sdk_app_id, ..Listened::default() };
    runtime()?.block_on(async {
        let mut stop = ShutdownSignal::listen()?;
        let (out, mut events) = mpsc::channel(64);
        let handler = Arc::new(WebhookHandler { sdk_app_id, out });
        let running = listen::bind(listen_on(&args.listen)).await?.serve(LIMITS, handler);
        listened.url = format!("{}/", running.url());
        let ready = json!({ "url": listened.url, "pid": std::process::id() });
        say_ready(&args.listen, &ready, files::Mode::Shared, ctx)?;
        ctx.note(&format!("Webhook of SDKAppID {sdk_app_id} at {}. Stop it with Ctrl-C.", listened.url));
        while args.count.is_none_or(|count| listened.received < count) {
            tokio::select! {
                event = events.recv() => match event {
                    Some(event) => take(event, &mut listened, &store, ctx).await,
                    None => break,
                },
                () = stop.received() => break,
            }
        }
        // What is under way is still taken: the IM server does not ask twice.
        let rest = async {
            while let Some(event) = events.recv().await {
                take(event, &mut listened, &store, ctx).await;
            }
        };
        tokio::join!(running.stop(), rest);
        Ok::<(), Failure>(())
    })?;
    Ok(listened)
}

async fn take(event: Arrived, listened: &mut Listened, store: &Arc<Store>, ctx: &Ctx) {
    match event {
        Arrived::Rejected(why) => {
            listened.rejected += 1;
            ctx.note(&format!("rejected  {why}"));
        }
        Arrived::Callback { callback, kept } => {
            listened.received += 1;
            for line in lines(&callback) {
                say(ctx, &line);
            }
            match write(store, &listened.profile, listened.sdk_app_id, *callback).await {
                Ok(()) => listened.kept += 1,
                Err(failure) => {
                    failure.problems().iter().for_each(|problem| ctx.warn(problem));
                    listened.failure = Some(failure);
                }
            }
            let _ = kept.send(());
        }
    }
}

/// Waiting for a locked database must not keep the answers of others waiting.
async fn write(
    store: &Arc<Store>,
    profile: &str,
    sdk_app_id: u32,
    callback: Callback,
) -> Result<(), Failure> {
    let (store, profile) = (store.clone(), profile.to_owned());
    let written =
        tokio::task::spawn_blocking(move || push::keep_callback(&store, &profile, sdk_app_id, &callback))
            .await;
    written.unwrap_or_else(|error| {
        let message = format!("a callback could not be kept: {error}");
        Err(Problem::new(Kind::StateDatabase, message, "run the command again").into())
    })
}

/// A result as it happens; with `--json` there is one object at the end.
fn say(ctx: &Ctx, line: &str) {
    if !ctx.printer.json {
        let _ = ctx.printer.say(line);
    }
}

/// One line for each thing that a callback tells.
fn lines(callback: &Callback) -> Vec<String> {
    let command = &callback.command;
    match &callback.content {
        Content::State(change) => {
            let platform = change.platform.as_deref().map(|on| format!(" on {on}")).unwrap_or_default();
            let reason =
                if change.reason.is_empty() { String::new() } else { format!(" ({})", change.reason) };
            let kicked = match change.kicked.as_slice() {
                [] => String::new(),
                some => format!(", kicked {}", some.join(", ")),
            };
            vec![format!("{command}  {}  {}{reason}{platform}{kicked}", change.user, change.action)]
        }
        Content::Pushes(events) => events
            .iter()
            .map(|event| {
                let stage = event.stage.map_or("an unknown stage".into(), |stage| stage.to_string());
                let vendor = event.platform.as_deref().unwrap_or("unknown vendor");
                let id = event.push_id.as_deref().map(|id| format!("  push {id}")).unwrap_or_default();
                let code = match event.code {
                    0 => String::new(),
                    code => format!("  {code} {}", event.info),
                };
                format!("{command}  {}  {stage} by {vendor}{id}{code}", event.to)
            })
            .collect(),
        Content::Other => vec![format!("{command}  kept as it came")],
    }
}

/// What `im webhook listen --json` prints when it has stopped.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Listened {
    /// Where it answered.
    url: String,
    profile: String,
    sdk_app_id: u32,
    /// Callbacks of this app.
    received: u64,
    /// Those that are in the state database.
    kept: u64,
    /// Requests that were not callbacks of this app.
    rejected: u64,
    /// Why the last of those that were not kept was not.
    #[serde(skip)]
    failure: Option<Failure>,
}

impl Report for Listened {
    fn text(&self, page: &mut Page) {
        page.line(format!("{} received, {} kept, {} rejected", self.received, self.kept, self.rejected));
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone()
    }

    /// It was said when it happened.
    fn spoken(&self) -> Option<Failure> {
        None
    }
}
