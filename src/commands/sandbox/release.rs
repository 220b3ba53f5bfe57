//! `opush sandbox release MESSAGE --to PROFILE`: a captured message to a real phone, through the profile's OPPO.
//! It is sent as `send` sends; what was captured belongs to the sandbox.

use serde_json::{Map, Value};

use super::super::context::Ctx;
use super::super::send::{self, Captured, Pushed};
use crate::config::Profile;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::flags::TargetFlags;
use crate::sandbox::phone::Wanted;
use crate::services::sandbox::SandboxTarget;

/// Send a captured message to a real phone, through the OPPO of a profile
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox release 30001-1-1-6743f0a2c1d2e3f405162738 --to staging --reg-id CN_0123456789abcdef0123456789abcdef
  opush sandbox release 30001-1-1-6743f0a2c1d2e3f405162738 --to staging --user alice --dry-run

The notification goes out as it was captured, but to another target, and with an app_message_id of its own. Its callback URL
is left out. It is checked as by send, and recorded in the history.")]
pub(crate) struct Args {
    /// Its message_id in the sandbox
    #[arg(value_name = "MESSAGE")]
    message: String,

    /// The profile to send it with
    #[arg(long, value_name = "PROFILE")]
    to: String,

    /// The real phone's regId [env: OPUSH_REG_ID]
    #[arg(long, value_name = "REGID", conflicts_with = "user")]
    reg_id: Option<String>,

    /// A user with devices that reported a token
    #[arg(long, value_name = "USER")]
    user: Option<String>,

    /// Certificate to send with [default: the profile's]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// Keep the captured app_message_id
    #[arg(long)]
    same_id: bool,

    /// Validate and print the exact request, secrets masked, without sending it
    #[arg(long)]
    dry_run: bool,
}

/// What belongs to the first way of the message alone.
const OF_ITS_WAY: [&str; 2] = ["call_back_url", "call_back_parameter"];
const ITS_ID: &str = "app_message_id";

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Pushed, Failure> {
    let profile = profile(ctx, &args.to)?;
    let mut notification = captured(ctx, &args.message)?;
    notification.retain(|name, _| !OF_ITS_WAY.contains(&name.as_str()) && (args.same_id || name != ITS_ID));
    let sent = send::Args {
        target: TargetFlags { reg_id: args.reg_id, user: args.user, ..TargetFlags::default() },
        message: send::MessageFlags { certificate: args.certificate, ..send::MessageFlags::default() },
        dry_run: args.dry_run,
        captured: Some(Captured { message_id: args.message, notification }),
        ..send::Args::default()
    };
    send::to_profile(&sent, ctx, profile)
}

fn profile(ctx: &Ctx, name: &str) -> Result<Profile, Failure> {
    ctx.configuration()?.named(name, &ctx.environment).unwrap_or_else(|| {
        let hint = Remedy::run("see the profiles there are", "profile list");
        Err(Problem::new(Kind::UnknownProfile, format!("there is no profile {name:?}"), hint)
            .at("--to")
            .into())
    })
}

/// The notification as OPPO's simulated server took it.
fn captured(ctx: &Ctx, message_id: &str) -> Result<Map<String, Value>, Failure> {
    let wanted = Wanted { message_id: Some(message_id.to_owned()), ..Wanted::default() };
    let found =
        ctx.block_on(async { Ok(SandboxTarget::find(ctx).await?.control.messages(&wanted).await?.pop()) })?;
    found.map(|message| message.notification).ok_or_else(|| {
        let hint = Remedy::run("see what a phone has", "sandbox phone show <NAME> --json");
        let message = format!("the sandbox has no message {message_id:?}");
        Problem::new(Kind::NotFound, message, hint).at("MESSAGE").into()
    })
}
