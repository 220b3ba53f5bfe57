//! `opush sandbox phone login`, `logout`, `open`, `background`, `kill`, `elapse`, `offline`, `online`: an IM user on a phone.
//! What each does to the user's presence belongs to `sandbox/im`.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::printed::Phone;
use crate::failure::Failure;
use crate::flags::duration;
use crate::output::{Page, Report};
use crate::sandbox::im::Login;
use crate::sandbox::phone::{Change, Network};
use crate::services::sandbox::SandboxTarget;

/// Log an IM user in on a phone; its app then reports its regId
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox phone login find-x --user bob
  opush sandbox phone login find-x --user bob --no-report")]
pub(crate) struct LoginArgs {
    /// The phone's name
    name: String,

    /// The IM UserID
    #[arg(long, value_name = "USER")]
    user: String,

    /// The certificate ID that the app reports [default: the one of the phone's app]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// The app reports nothing
    #[arg(long, conflicts_with = "certificate")]
    no_report: bool,
}

/// Log the IM user out on a phone
#[derive(clap::Args, Debug)]
pub(crate) struct LogoutArgs {
    /// The phone's name
    name: String,
}

/// Open the app, or bring it to the foreground
#[derive(clap::Args, Debug)]
pub(crate) struct OpenArgs {
    /// The phone's name
    name: String,
}

/// Hide the app; it stays online unless it calls doBackground
#[derive(clap::Args, Debug)]
pub(crate) struct BackgroundArgs {
    /// The phone's name
    name: String,

    /// The app calls doBackground: the IM server pushes from then on
    #[arg(long)]
    do_background: bool,
}

/// Kill the app's process: the IM server pushes from then on
#[derive(clap::Args, Debug)]
pub(crate) struct KillArgs {
    /// The phone's name
    name: String,
}

/// Let time pass for the phone's login: 8d after a kill, it has expired
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox phone elapse find-x 8d
  opush sandbox phone elapse find-x 10m")]
pub(crate) struct ElapseArgs {
    /// The phone's name
    name: String,

    /// How much, such as 10m or 8d
    #[arg(value_name = "DURATION", value_parser = duration)]
    by: Duration,
}

/// Take the phone's network away; the IM server notices after 400 s
#[derive(clap::Args, Debug)]
pub(crate) struct OfflineArgs {
    /// The phone's name
    name: String,
}

/// Give the phone Wi-Fi again
#[derive(clap::Args, Debug)]
pub(crate) struct OnlineArgs {
    /// The phone's name
    name: String,
}

pub(crate) fn login(args: LoginArgs, ctx: &Ctx) -> Result<PhoneSession, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let login = Login {
            user: args.user,
            sdk_app_id: None,
            certificate_id: args.certificate,
            report: !args.no_report,
        };
        moved(target.control.login(&args.name, &login).await)
    })
}

pub(crate) fn logout(args: LogoutArgs, ctx: &Ctx) -> Result<PhoneSession, Failure> {
    ctx.block_on(async { moved(SandboxTarget::find(ctx).await?.control.logout(&args.name).await) })
}

pub(crate) fn open(args: OpenArgs, ctx: &Ctx) -> Result<PhoneSession, Failure> {
    ctx.block_on(async { moved(SandboxTarget::find(ctx).await?.control.open(&args.name).await) })
}

pub(crate) fn background(args: BackgroundArgs, ctx: &Ctx) -> Result<PhoneSession, Failure> {
    ctx.block_on(async {
        moved(SandboxTarget::find(ctx).await?.control.background(&args.name, args.do_background).await)
    })
}

pub(crate) fn kill(args: KillArgs, ctx: &Ctx) -> Result<PhoneSession, Failure> {
    ctx.block_on(async { moved(SandboxTarget::find(ctx).await?.control.kill(&args.name).await) })
}

pub(crate) fn elapse(args: ElapseArgs, ctx: &Ctx) -> Result<PhoneSession, Failure> {
    ctx.block_on(async { moved(SandboxTarget::find(ctx).await?.control.elapse(&args.name, args.by).await) })
}

pub(crate) fn offline(args: OfflineArgs, ctx: &Ctx) -> Result<PhoneSession, Failure> {
    network(&args.name, Network::Off, ctx)
}

pub(crate) fn online(args: OnlineArgs, ctx: &Ctx) -> Result<PhoneSession, Failure> {
    network(&args.name, Network::Wifi, ctx)
}

fn network(name: &str, network: Network, ctx: &Ctx) -> Result<PhoneSession, Failure> {
    ctx.block_on(async {
        let change = Change { network: Some(network), ..Change::default() };
        moved(SandboxTarget::find(ctx).await?.control.change_phone(name, &change).await)
    })
}

fn moved(
    answer: Result<crate::sandbox::phone::Phone, crate::sandbox::control::ControlError>,
) -> Result<PhoneSession, Failure> {
    Ok(PhoneSession(Phone::from(answer?)))
}

/// What these commands print with `--json`: the phone, with its session.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct PhoneSession(Phone);

impl Report for PhoneSession {
    fn text(&self, page: &mut Page) {
        let phone = &self.0;
        page.line(format!("Phone {}", phone.name));
        let Some(session) = &phone.session else {
            page.line("Nobody has logged in to the IM app on it.");
            return;
        };
        let report = match session.certificate_id {
            Some(id) => format!("certificate {id}"),
            None => "none".to_owned(),
        };
        page.pairs(&[
            ("user", session.user.clone()),
            ("state", session.state.clone()),
            ("REST / SDK", session.words()),
            ("report", report),
            ("network", phone.network.clone()),
        ]);
        page.line(session.meaning());
    }
}
