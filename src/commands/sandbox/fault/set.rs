//! `opush sandbox fault set FAULT`: from now on this goes wrong, for those who are named.
//! What may be named with which fault is the sandbox's to say.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::profile_view::ProfileView;
use super::super::times::WithTimes;
use super::printed;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Report};
use crate::sandbox::control::ControlError;
use crate::sandbox::faults::{CALLS, Fault, NewFault, TABLE};
use crate::services::sandbox::SandboxTarget;

/// Make something go wrong until it is cleared, or has struck that many times
#[derive(clap::Args, Debug)]
#[command(after_help = faults())]
pub(crate) struct Args {
    /// One of the faults below, with its value: code=33, delay=2s, lost-push
    #[arg(value_name = "FAULT")]
    fault: String,

    /// Only this app: OPPO's AppID, or the SDKAppID where the call is the IM server's
    #[arg(long, value_name = "ID")]
    app: Option<String>,

    /// Only this call, such as auth, unicast or sendmsg; or oppo, im, all [default: oppo]
    #[arg(long, value_name = "CALL")]
    call: Option<String>,

    /// Only this regId
    #[arg(long, value_name = "REGID")]
    reg_id: Option<String>,

    /// Only the regId that this phone has now
    #[arg(long, value_name = "NAME", conflicts_with = "reg_id")]
    phone: Option<String>,

    /// Only this IM user
    #[arg(long, value_name = "USER")]
    user: Option<String>,

    /// So many of a hundred, the first and from there on evenly
    #[arg(long, value_name = "PERCENT", default_value_t = 100)]
    share: i64,

    /// So often, then no more
    #[arg(long, value_name = "N")]
    count: Option<i64>,
}

/// The faults and calls there are, for the help.
fn faults() -> String {
    let width = TABLE.iter().map(|row| row.form().len()).max().unwrap_or_default();
    let mut text = "Faults:\n".to_owned();
    for row in TABLE {
        text.push_str(&format!("  {:width$}  {}\n", row.form(), row.does));
    }
    let calls: Vec<&str> = CALLS.iter().map(|(call, _)| *call).collect();
    text.push_str(&format!("\nCalls: oppo, im, all, {}\n", calls.join(", ")));
    text.push_str(
        "\nExamples:
  opush sandbox fault set code=33
  opush sandbox fault set reset --call auth --count 2
  opush sandbox fault set lost-push --phone find-x --share 20
  opush sandbox fault set code=70001 --call im",
    );
    text
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<FaultSet, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let reg_id = match &args.phone {
            Some(name) => Some(target.control.phone(name).await?.phone.reg_id),
            None => args.reg_id,
        };
        let new = NewFault {
            fault: args.fault,
            app: args.app,
            call: args.call,
            reg_id,
            user: args.user,
            share: args.share,
            count: args.count,
        };
        let fault = target.control.set_fault(&new).await.map_err(explain)?;
        Ok(FaultSet { fault: WithTimes(fault), of: ProfileView::from(&target.profile) })
    })
}

fn explain(error: ControlError) -> Failure {
    match error {
        ControlError::Refused { id, message, .. } if id == "unknown-app" => {
            let hint = "give the AppID of a certificate, or an SDKAppID, that the profile has";
            Problem::new(Kind::NotFound, message, hint).at("--app").into()
        }
        other => other.into(),
    }
}

/// What `sandbox fault set --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FaultSet {
    #[serde(flatten)]
    fault: WithTimes<Fault>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for FaultSet {
    fn text(&self, page: &mut Page) {
        page.line(format!("Fault {}: {}", self.fault.id, printed::sentence(&self.fault)));
        let clear = Remedy::run("Clear it", "sandbox fault clear <ID>").with("ID", self.fault.id);
        page.line(page.remedy(&clear));
    }
}
