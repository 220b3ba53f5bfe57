//! `opush token show`: everything one user has reported, with what ended the earlier reports.
//! The reports of all users are `token list`'s.

use super::super::context::Ctx;
use super::binding::Bindings;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::flags::{UserArg, user_named};
use crate::store::reports::{self, ReportFilter};

/// Show a user's token reports, ended ones too
#[derive(clap::Args, Debug)]
#[command(group = user_named())]
pub(crate) struct Args {
    #[command(flatten)]
    user: UserArg,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Bindings, Failure> {
    let profile = ctx.profile()?;
    let user = args.user.name().unwrap_or_default();
    let filter = ReportFilter {
        profile: Some(&profile.name),
        user: Some(user),
        history: true,
        ..ReportFilter::default()
    };
    let found = reports::list(&ctx.store()?, &filter)?;
    if found.is_empty() {
        let message = format!("user {user} has never reported a token in profile {}", profile.name);
        let report =
            Remedy::run("report one", "token report --user <USER> --certificate <ID> --reg-id <REGID>");
        let hint = report.with("USER", user);
        return Err(Problem::new(Kind::NotFound, message, hint).at("--user").into());
    }
    Ok(Bindings::new(&profile, found, String::new()))
}
