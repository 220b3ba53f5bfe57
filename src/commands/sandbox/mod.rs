//! `opush sandbox`: the simulator, as a server and as phones to look at.
//! What it simulates belongs to `sandbox`; how it is found, to `services`.

mod call_line;
mod call_shown;
mod calls;
mod clock;
mod fault;
mod follow;
mod phone;
mod play;
mod profile_view;
mod release;
mod reset;
mod run;
mod times;
mod tls_view;

use clap::Subcommand;

use super::context::Ctx;
use super::outcome::{Outcome, boxed};

pub(crate) use calls::CallsJson;
pub(crate) use clock::ClockView;
pub(crate) use fault::{FaultClear, FaultList, FaultSet};
pub(crate) use phone::{
    PhoneAdd, PhoneDismiss, PhoneList, PhoneRemove, PhoneSession, PhoneSet, PhoneShow, PhoneTap,
};
pub(crate) use play::Story;
pub(crate) use reset::Reset;
pub(crate) use run::Ran;
pub(super) use times::WithTimes;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox phone add --name find-x --alias alice
  opush send --profile sandbox --alias alice --title Alice --content \"see you at 8?\"
  opush sandbox phone tap find-x
  opush sandbox run --listen 127.0.0.1:8765")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Run(run::Args),
    Reset(reset::Args),
    Phone(phone::Args),
    Fault(fault::Args),
    Calls(calls::Args),
    Play(play::Args),
    Clock(clock::Args),
    Release(Box<release::Args>),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Run(args) => boxed(run::run(args, ctx)),
        Command::Reset(args) => boxed(reset::run(args, ctx)),
        Command::Phone(args) => phone::run(args, ctx),
        Command::Fault(args) => fault::run(args, ctx),
        Command::Calls(args) => boxed(calls::run(args, ctx)),
        Command::Play(args) => boxed(play::run(args, ctx)),
        Command::Clock(args) => boxed(clock::run(args, ctx)),
        Command::Release(args) => boxed(release::run(*args, ctx)),
    }
}
