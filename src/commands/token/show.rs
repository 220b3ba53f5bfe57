//! `opush token show`: everything one user has reported, with what ended the earlier reports.
//! The reports of all users are `token list`'s.

use super::super::context::Ctx;
use super::binding::Bindings;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::store::reports::{self, ReportFilter};

/// Show a user's token reports, ended ones too
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The user
    #[arg(long, value_name = "USER")]
    user: String,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Bindings, Failure> {
    let profile = ctx.profile()?;
    let filter = ReportFilter {
        profile: Some(&profile.name),
        user: Some(&args.user),
        history: true,
        ..ReportFilter::default()
    };
    let found = reports::list(&ctx.store()?, &filter)?;
    if found.is_empty() {
        let message = format!("user {} has never reported a token in profile {}", args.user, profile.name);
        let report =
            Remedy::run("report one", "token report --user <USER> --certificate <ID> --reg-id <REGID>");
        let hint = report.with("USER", &args.user);
        return Err(Problem::new(Kind::NotFound, message, hint).at("--user").into());
    }
    Ok(Bindings::new(&profile, found, String::new()))
}
