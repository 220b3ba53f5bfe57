//! Where a send goes, as the flags or the environment name it.

use super::super::context::Ctx;
use super::args::Args;
use crate::failure::{Failure, Kind, Problem};

/// What a send goes to, as given.
pub(super) enum Recipient {
    RegId(String),
    Alias(String),
    User(String),
}

pub(super) fn recipient(args: &Args, ctx: &Ctx) -> Result<Recipient, Failure> {
    let target = &args.target;
    let given = target.reg_id.clone().map(Recipient::RegId);
    let given =
        given.or(target.alias.clone().map(Recipient::Alias)).or(target.user.clone().map(Recipient::User));
    given
        .or_else(|| ctx.environment.get("OPUSH_REG_ID").map(|reg_id| Recipient::RegId(reg_id.into())))
        .ok_or_else(|| {
            let hint = "give one of --reg-id R, --alias A, --user U, or set OPUSH_REG_ID";
            Problem::new(Kind::MissingFlag, "there is no target to send to", hint).at("--reg-id").into()
        })
}
