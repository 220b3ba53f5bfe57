//! `opush sandbox phone login`, `logout`, `open`, `background`, `kill`, `elapse`, `offline`, `online`: an IM user on a phone.
//! What each does to the user's presence belongs to `sandbox/im`.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::times::WithTimes;
use super::printed::{meaning, presence};
use crate::failure::Failure;
use crate::flags::duration;
use crate::output::{Page, Report};
use crate::sandbox::control::{Control, ControlError};
use crate::sandbox::im::Login;
use crate::sandbox::phone::{Change, Network, Phone};
use crate::services::sandbox::SandboxTarget;

/// Log an IM user in on a phone; its app then reports its regId
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox phone login find-x --user bob
  opush sandbox phone login find-x --user bob --no-report")]
pub(crate) struct LoginArgs {
    /// The phone's name
    pub(super) name: String,

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

/// A phone.
#[derive(clap::Args, Debug)]
pub(crate) struct NameArgs {
    /// The phone's name
    pub(super) name: String,
}

/// Hide the app; it stays online unless it calls doBackground
#[derive(clap::Args, Debug)]
pub(crate) struct BackgroundArgs {
    /// The phone's name
    pub(super) name: String,

    /// The app calls doBackground: the IM server pushes from then on
    #[arg(long)]
    pub(super) do_background: bool,
}

/// Let time pass for the phone's login: 8d after a kill, it has expired
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox phone elapse find-x 8d
  opush sandbox phone elapse find-x 10m")]
pub(crate) struct ElapseArgs {
    /// The phone's name
    pub(super) name: String,

    /// How much, such as 10m or 8d
    #[arg(value_name = "DURATION", value_parser = duration)]
    pub(super) by: Duration,
}

impl LoginArgs {
    pub(super) fn login(self) -> Login {
        let LoginArgs { user, certificate, no_report, .. } = self;
        Login { user, sdk_app_id: None, certificate_id: certificate, report: !no_report }
    }
}

/// What a command does to the phone, and the phone after it.
pub(super) fn run(
    ctx: &Ctx,
    change: impl AsyncFnOnce(Control) -> Result<Phone, ControlError>,
) -> Result<PhoneSession, Failure> {
    ctx.block_on(async {
        Ok(PhoneSession(WithTimes(change(SandboxTarget::find(ctx).await?.control).await?)))
    })
}

pub(super) fn network(ctx: &Ctx, name: &str, network: Network) -> Result<PhoneSession, Failure> {
    let change = Change { network: Some(network), ..Change::default() };
    run(ctx, async |control| control.change_phone(name, &change).await)
}

/// What these commands print with `--json`: the phone, with its session.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct PhoneSession(WithTimes<Phone>);

impl Report for PhoneSession {
    fn text(&self, page: &mut Page) {
        let phone = &self.0;
        page.line(format!("Phone {}", phone.name));
        let Some(session) = &phone.session else {
            page.line("No user has logged in to the IM app on it.");
            return;
        };
        let report = match session.certificate_id {
            Some(id) => format!("certificate {id}"),
            None => "none".to_owned(),
        };
        page.pairs(&[
            ("user", session.user.clone()),
            ("state", session.state.to_string()),
            ("REST / SDK", presence(session)),
            ("report", report),
            ("network", phone.network.as_str().to_owned()),
        ]);
        page.line(meaning(session.state));
    }
}
