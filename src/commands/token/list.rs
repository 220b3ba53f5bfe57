//! `opush token list`: the current token reports.
//! Ended ones are `token show`'s.

use super::super::context::Ctx;
use super::binding::Bindings;
use crate::failure::{Failure, Remedy};
use crate::flags::UserArg;
use crate::store::reports::{self, ReportFilter};

/// List the token reports of the current profile
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    user: UserArg,

    /// Only those with this certificate ID
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Bindings, Failure> {
    let profile = ctx.profile()?;
    let filter = ReportFilter {
        profile: Some(&profile.name),
        user: args.user.name(),
        certificate_id: args.certificate,
        ..ReportFilter::default()
    };
    let none = Remedy::from(format!("Profile {} has no token report. Make one", profile.name))
        .command("token report --user <USER> --certificate <ID> --reg-id <REGID>");
    Ok(Bindings::new(&profile, reports::list(&ctx.store()?, &filter)?, none))
}
