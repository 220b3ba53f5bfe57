//! `opush sandbox phone set NAME`: change a phone, or register its app anew.
//! What waits for the phone is settled by the sandbox.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::profile_view::ProfileView;
use super::super::times::WithTimes;
use super::flags::{PhoneFlags, Switch};
use super::printed;
use crate::failure::{Failure, Kind, Problem};
use crate::output::{Page, Report};
use crate::sandbox::phone::{Change, Phone};
use crate::services::sandbox::SandboxTarget;

/// Change a phone
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox phone set find-x --notifications off
  opush sandbox phone set find-x --network off
  opush sandbox phone set find-x --new-reg-id")]
pub(crate) struct Args {
    /// The phone's name
    name: String,

    /// Its alias at OPPO; an empty one takes it away
    #[arg(long, value_name = "ALIAS")]
    alias: Option<String>,

    /// Register the app anew, as after a reinstall: the old regId is stale then
    #[arg(long)]
    new_reg_id: bool,

    #[command(flatten)]
    flags: PhoneFlags,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<PhoneSet, Failure> {
    let channels = args.flags.channels()?;
    let change = Change {
        network: args.flags.network,
        notifications: args.flags.notifications.map(Switch::is_on),
        do_not_disturb: args.flags.do_not_disturb.map(Switch::is_on),
        registered: args.flags.registered.map(Switch::is_on),
        android: args.flags.android,
        alias: args.alias.map(|alias| Some(alias).filter(|alias| !alias.is_empty())),
        channels,
        activities: args.flags.activities(),
        ..Change::default()
    };
    if change == Change::default() && !args.new_reg_id {
        let hint = "give what is to change, such as --notifications off; see --help";
        return Err(Problem::new(Kind::MissingFlag, "nothing is to change", hint)
            .at("--notifications")
            .into());
    }
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let mut phone = target.control.change_phone(&args.name, &change).await?;
        if args.new_reg_id {
            phone = target.control.register_phone(&args.name).await?;
        }
        Ok(PhoneSet { phone: WithTimes(phone), of: ProfileView::from(&target.profile) })
    })
}

/// What `sandbox phone set --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PhoneSet {
    #[serde(flatten)]
    phone: WithTimes<Phone>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for PhoneSet {
    fn text(&self, page: &mut Page) {
        printed::phone(&self.phone, page);
    }
}
