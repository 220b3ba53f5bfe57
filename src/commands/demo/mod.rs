//! `opush demo`: the whole story against a sandbox, nothing configured, one link broken on request.
//! Nothing here is special to the demo but its words: it drives the same client, store and sandbox as every command.

mod arrival;
mod chat;
mod link;
mod printed;
mod stage;
mod story;

use std::time::Duration;

use super::context::Ctx;
use crate::failure::Failure;

pub(crate) use link::Link;
pub(crate) use printed::Told;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush demo
  opush demo --break channel
  opush demo --break presence
  opush demo --json
  opush demo --sandbox http://127.0.0.1:8765

Leaves no file behind. Exit code 0 only if the tap received exactly the custom content that was sent,
and nothing was pushed after the logout.")]
pub(crate) struct Args {
    /// Break this link of the chain, and see what it looks like
    #[arg(long = "break", value_name = "LINK")]
    broken: Option<Link>,

    /// Use the sandbox that runs there
    #[arg(long, value_name = "URL")]
    sandbox: Option<String>,
}

/// Longest time for one call: everything is on this machine.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Told, Failure> {
    ctx.block_on(async {
        let stage = stage::Stage::set(ctx, args.broken, args.sandbox.as_deref()).await?;
        let told = story::tell(&stage).await;
        stage.clear().await;
        told
    })
}
