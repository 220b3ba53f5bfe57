//! `opush im webhook listen`: serves until it is told to stop, and shows each callback as it arrives.
//! HTTP and its limits belong to `im`; what is kept, to `keep`.

use std::net::SocketAddr;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use super::super::super::context::{Ctx, runtime};
use super::keep;
use crate::failure::{Class, Failure, Kind, Problem};
use crate::im::webhook::{Callback, Limits, Serving, listen};
use crate::output::{ErrorJson, Page, Report, error_json};
use crate::store::Store;

/// Serve a webhook until Ctrl-C: presence and pushes are kept as evidence
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush im webhook listen --listen 127.0.0.1:8900
  opush im webhook listen --count 10 --json

Give the IM console an address that leads here, and switch on State.StateChange and Push.OfflinePush.")]
pub struct Args {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,

    /// Allow an address that other machines can reach; the IM server sends no password
    #[arg(long)]
    beyond_loopback: bool,

    /// Stop after this many callbacks
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
}

pub fn run(args: Args, ctx: &Ctx) -> Result<Listened, Failure> {
    let profile = ctx.profile()?;
    let sdk_app_id = profile.im()?.sdk_app_id.value;
    if !args.listen.ip().is_loopback() && !args.beyond_loopback {
        let message = format!("{} is not a loopback address", args.listen);
        let hint = "say --beyond-loopback if other machines shall reach it; better, let a proxy with TLS lead to loopback";
        return Err(Problem::new(Kind::Usage, message, hint).at("--listen").into());
    }
    let store = Arc::new(ctx.store()?);
    let mut listened = Listened { profile: profile.name.clone(), sdk_app_id, ..Listened::default() };
    runtime()?.block_on(async {
        let mut interrupt = on_signal(SignalKind::interrupt())?;
        let mut terminate = on_signal(SignalKind::terminate())?;
        let listening = listen(args.listen).await.map_err(|error| {
            let message = format!("can't listen on {}: {error}", args.listen);
            Problem::new(Kind::Disk, message, "choose another address, or port 0 for a free one")
                .at("--listen")
        })?;
        listened.url = format!("http://{}/", listening.addr());
        ctx.note(&format!("Webhook of SDKAppID {sdk_app_id} at {}. Stop it with Ctrl-C.", listened.url));
        let (out, events) = mpsc::channel(64);
        let serving = listening.serve(sdk_app_id, Limits::default(), out);
        // When it has taken enough, its end of the channel goes, and with that the listener.
        let taking = async {
            let mut events = events;
            while args.count.is_none_or(|count| listened.received < count) {
                let Some(event) = events.recv().await else { break };
                take(event, &mut listened, &store, ctx).await;
            }
        };
        tokio::select! {
            ((), ()) = async { tokio::join!(serving, taking) } => {}
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok::<(), Failure>(())
    })?;
    Ok(listened)
}

async fn take(event: Serving, listened: &mut Listened, store: &Arc<Store>, ctx: &Ctx) {
    match event {
        Serving::Rejected(why) => {
            listened.rejected += 1;
            ctx.note(&format!("rejected  {why}"));
        }
        Serving::Callback { callback, kept } => {
            listened.received += 1;
            for line in keep::lines(&callback) {
                say(ctx, &line);
            }
            match write(store, &listened.profile, listened.sdk_app_id, *callback).await {
                Ok(()) => listened.kept += 1,
                Err(failure) => {
                    for problem in failure.problems() {
                        ctx.warn(problem);
                    }
                    listened.error = Some(error_json(&failure));
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
        tokio::task::spawn_blocking(move || keep::keep(&store, &profile, sdk_app_id, &callback)).await;
    written.unwrap_or_else(|error| {
        let message = format!("a callback could not be kept: {error}");
        Err(Problem::new(Kind::StateDatabase, message, "run the command again").into())
    })
}

/// A result as it happens; with `--json` there is one object at the end.
fn say(ctx: &Ctx, line: &str) {
    if !ctx.printer.json {
        let _ = ctx.printer.stdout(&format!("{line}\n"));
    }
}

fn on_signal(kind: SignalKind) -> Result<tokio::signal::unix::Signal, Failure> {
    signal(kind).map_err(|error| {
        let message = format!("signals can't be received: {error}");
        Problem::new(Kind::Disk, message, "check the limits of this process").into()
    })
}

/// What `im webhook listen --json` prints when it has stopped.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Listened {
    /// Where it answered.
    url: String,
    profile: String,
    sdk_app_id: u32,
    /// Callbacks of this app.
    received: u64,
    /// Those that are in the state database.
    kept: u64,
    /// Requests that were no callbacks of this app.
    rejected: u64,
    /// Why the last of those that were not kept was not.
    error: Option<ErrorJson>,
    #[serde(skip)]
    failure: Option<Failure>,
}

impl Report for Listened {
    fn text(&self, page: &mut Page) {
        page.line(format!("{} received, {} kept, {} rejected", self.received, self.kept, self.rejected));
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!(self)
    }

    fn class(&self) -> Option<Class> {
        self.failure.as_ref().map(Failure::class)
    }
}
