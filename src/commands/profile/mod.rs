//! `opush profile`: one app in one environment, as a table of the configuration.
//! What a profile is and which one is in force belongs to `config`.

mod add;
mod list;
mod remove;
mod show;
mod r#use;

use clap::Subcommand;

use super::context::Ctx;
use super::{Outcome, boxed};
use crate::config::{Origin, Profile, Region};
use crate::failure::Failure;
use crate::oppo::{Endpoints, Overrides};

pub(crate) use add::Added;
pub(crate) use list::Listed;
pub(crate) use remove::Removed;
pub(crate) use show::Shown;
pub(crate) use r#use::Used;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush profile add chat --region cn --package com.example.chat
  opush profile list
  opush profile show chat
  opush profile use chat")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Add(add::Args),
    List(list::Args),
    Show(show::Args),
    Use(r#use::Args),
    Remove(remove::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Add(args) => boxed(add::run(args, ctx)),
        Command::List(args) => boxed(list::run(args, ctx)),
        Command::Show(args) => boxed(show::run(args, ctx)),
        Command::Use(args) => boxed(r#use::run(args, ctx)),
        Command::Remove(args) => boxed(remove::run(args, ctx)),
    }
}

/// The name was an argument here, not `--profile`.
fn at_name(failure: Failure) -> Failure {
    Failure::all(failure.into_problems().into_iter().map(|problem| problem.at("NAME")).collect())
}

/// Where a whole profile comes from, as tables and JSON say it.
fn origin(profile: &Profile) -> String {
    match &profile.origin {
        Origin::File(file) => file.clone(),
        Origin::Environment => "OPUSH_* variables".into(),
        Origin::BuiltIn => "built in".into(),
    }
}

/// A region as an answer to choose.
pub(crate) fn region_choice(region: Region) -> String {
    let hosts = Endpoints::resolve(region, &Overrides::default()).ok();
    let host = hosts.as_ref().and_then(|hosts| hosts.push.host_str()).unwrap_or_default();
    match region {
        Region::Cn => format!("China ({host})"),
        Region::CnLegacy => format!("China, the older host ({host})"),
        Region::Intl => format!("Outside China ({host})"),
        Region::Sandbox => "Sandbox (the simulator on this machine)".to_owned(),
    }
}
