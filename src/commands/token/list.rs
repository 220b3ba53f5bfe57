//! `opush token list`: the reports in force.
//! Ended ones are `token show`'s.

use super::super::context::Ctx;
use super::binding::Bindings;
use crate::failure::Failure;
use crate::store::reports::{self, ReportFilter};

/// List the token reports of the profile in force
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Only this user's
    #[arg(long, value_name = "USER")]
    user: Option<String>,

    /// Only those with this certificate ID
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Bindings, Failure> {
    let profile = ctx.profile()?;
    let filter = ReportFilter {
        profile: Some(&profile.name),
        user: args.user.as_deref(),
        certificate_id: args.certificate,
        ..ReportFilter::default()
    };
    let none = format!(
        "Profile {} has no token report. Make one: opush token report --user U --certificate ID --reg-id R",
        profile.name
    );
    Ok(Bindings::new(&profile, reports::list(&ctx.store()?, &filter)?, none))
}
