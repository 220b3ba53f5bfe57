//! `opush config`: the configuration file itself.
//! What may stand in it belongs to `config`.

mod check;
mod path;
mod schema;
mod trust;

use clap::Subcommand;

use super::context::Ctx;
use super::{Outcome, boxed};

pub(crate) use check::Checked;
pub(crate) use path::Located;
pub(crate) use schema::ConfigSchema;
pub(crate) use trust::Trusted;

#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Check(check::Args),
    Path(path::Args),
    Schema(schema::Args),
    Trust(trust::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Check(args) => boxed(check::run(args, ctx)),
        Command::Path(args) => boxed(path::run(args, ctx)),
        Command::Schema(args) => boxed(schema::run(args, ctx)),
        Command::Trust(args) => boxed(trust::run(args, ctx)),
    }
}
