//! `opush send`: one notification to a regId, an alias or a user's devices.
//! Rules for fields belong to `notification`, who is pushed to and the delivery's story to `push`, the wire to `oppo`.

mod args;
mod direct;
mod dry_run;
mod in_app;
mod printed;
mod problems;
mod recipient;
mod user;
mod wait;

use std::ffi::OsString;

use super::context::Ctx;
use super::outcome::{Outcome, boxed};
use crate::config::{Certificate, Profile};
use crate::failure::{Failure, Warning};
use crate::output::Report;
use crate::push::Delivery;
use crate::services::Setup;
use recipient::{Recipient, recipient};

pub(crate) use args::{Args, Captured, MessageFlags};
pub(super) use in_app::message_in_app;
pub(crate) use printed::SendJson;
pub(super) use printed::{PushJson, PushStatus, Pushed, RequestJson, VendorJson};
pub(super) use problems::refused;

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match recipient(&args, ctx)? {
        Recipient::User(user) => boxed(user::run(&args, ctx, ctx.profile(), &user)),
        direct => boxed(
            ctx.profile().and_then(|profile| direct::run(&args, ctx, &profile, &direct, Setup::Register)),
        ),
    }
}

/// The same with this profile, whichever is the current one.
pub(super) fn to_profile(args: &Args, ctx: &Ctx, profile: Profile) -> Result<Pushed, Failure> {
    match recipient(args, ctx)? {
        Recipient::User(user) => user::run(args, ctx, Ok(profile), &user),
        direct => direct::run(args, ctx, &profile, &direct, Setup::Register),
    }
}

/// A send for `diagnose --probe`: a sandbox that runs learns of no app, since what it knows is what is looked at.
pub(super) fn probe(args: &Args, ctx: &Ctx, profile: &Profile, reg_id: &str) -> Result<(), Failure> {
    direct::run(args, ctx, profile, &Recipient::RegId(reg_id.to_owned()), Setup::AsItIs).map(drop)
}

/// A push of the history, sent once more.
pub(super) fn again(
    ctx: &Ctx,
    profile: &Profile,
    certificate: &Certificate,
    delivery: Delivery<'_>,
    warnings: Vec<Warning>,
) -> Result<Pushed, Failure> {
    direct::deliver(ctx, profile, certificate, delivery, (Setup::Register, None), warnings)
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
