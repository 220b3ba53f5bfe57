//! `opush send`: one notification to a regId, an alias or a user's devices.
//! Rules for fields belong to `notification`, who is pushed to and the delivery's story to `push`, the wire to `oppo`.

mod args;
mod direct;
mod dry_run;
mod printed;
mod user;
mod wait;

use std::ffi::OsString;

use super::context::Ctx;
use super::outcome::{Outcome, boxed};
use crate::config::Profile;
use crate::failure::{Failure, Kind, Problem};
use crate::output::Report;
use crate::services::Setup;
use printed::Pushed;

pub(crate) use args::Args;
pub(super) use printed::PushJson;
pub(crate) use printed::SendJson;

/// Whom it goes to, as given.
enum Whom {
    RegId(String),
    Alias(String),
    User(String),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    let whom = whom(&args, ctx)?;
    match whom {
        Whom::User(user) => boxed(user::run(&args, ctx, &user)),
        direct => boxed(
            ctx.profile().and_then(|profile| direct::run(&args, ctx, &profile, &direct, Setup::Register)),
        ),
    }
}

/// A send for `diagnose --probe`: the sandbox learns of no app, since what it knows is what is looked at.
pub(super) fn probe(args: &Args, ctx: &Ctx, profile: &Profile, reg_id: &str) -> Result<(), Failure> {
    direct::run(args, ctx, profile, &Whom::RegId(reg_id.to_owned()), Setup::LookOnly).map(drop)
}

/// Whether a send that can't be parsed names a user.
pub(crate) fn names_user(args: &[OsString]) -> bool {
    let mut words = args.iter().map(|arg| arg.to_string_lossy());
    words.any(|word| word == "--user" || word.starts_with("--user="))
}

/// The list that a send to a user always prints as JSON, here an empty one.
pub(crate) fn nothing(failure: Failure) -> Box<dyn Report> {
    Box::new(Pushed { to_user: true, failure: Some(failure), ..Pushed::default() })
}

fn whom(args: &Args, ctx: &Ctx) -> Result<Whom, Failure> {
    let target = &args.target;
    let given = target.reg_id.clone().map(Whom::RegId);
    let given = given.or(target.alias.clone().map(Whom::Alias)).or(target.user.clone().map(Whom::User));
    given.or_else(|| ctx.environment.get("OPUSH_REG_ID").map(|reg_id| Whom::RegId(reg_id.into()))).ok_or_else(
        || {
            let hint = "give one of --reg-id R, --alias A, --user U, or set OPUSH_REG_ID";
            Problem::new(Kind::MissingFlag, "there is no target to send to", hint).at("--reg-id").into()
        },
    )
}

/// All the problems of a send at once, with the storyboard's headline.
fn refused(problems: Vec<Problem>) -> Failure {
    let headline = match problems.len() {
        1 => "1 value is not usable; nothing was sent".to_owned(),
        several => format!("{several} values are not usable; nothing was sent"),
    };
    Failure::all(problems).headed(headline)
}
