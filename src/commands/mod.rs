//! One file per command: its flags, its `run` that reads as the command's story, its report. This file is the root.
//! Rules belong to the rooms below; a command only ties them together.

mod asked;
mod cert;
mod click;
mod completions;
mod config;
mod context;
mod demo;
mod diagnose;
mod doctor;
mod explain;
mod flag_file;
mod history;
mod im;
mod man;
mod parse;
mod presence;
mod profile;
mod receipt;
mod sandbox;
mod schemas;
mod send;
mod smoke;
mod snippet;
mod token;
mod vendor;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use crate::clock::Clock;
use crate::config::{Environment, Paths};
use crate::failure::Failure;
use crate::flags::{Color, Globals};
use crate::output::{ColorChoice, Printer, Report, Terminal};
use crate::session::{Session, Typed};

use context::Ctx;
use parse::Stop;
pub use schemas::all as schemas;

/// Set up, test and debug OPPO offline push
#[derive(Parser, Debug)]
#[command(name = "opush", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Demo(demo::Args),
    Cert(cert::Args),
    Profile(profile::Args),
    Click(click::Args),
    Token(token::Args),
    Presence(presence::Args),
    Send(Box<send::Args>),
    Snippet(snippet::Args),
    Smoke(smoke::Args),
    History(history::Args),
    Diagnose(Box<diagnose::Args>),
    Doctor(doctor::Args),
    Receipt(receipt::Args),
    Explain(explain::Args),
    Im(im::Args),
    Sandbox(sandbox::Args),
    Config(config::Args),
    Completions(completions::Args),
    Man(man::Args),
}

type Outcome = Result<Box<dyn Report>, Failure>;

impl Command {
    fn run(self, ctx: &Ctx) -> Outcome {
        match self {
            Command::Demo(args) => boxed(demo::run(args, ctx)),
            Command::Cert(args) => cert::run(args, ctx),
            Command::Profile(args) => profile::run(args, ctx),
            Command::Click(args) => click::run(args, ctx),
            Command::Token(args) => token::run(args, ctx),
            Command::Presence(args) => presence::run(args, ctx),
            Command::Send(args) => send::run(*args, ctx),
            Command::Snippet(args) => boxed(snippet::run(args, ctx)),
            Command::Smoke(args) => smoke::run(args, ctx),
            Command::History(args) => history::run(args, ctx),
            Command::Diagnose(args) => boxed(diagnose::run(*args, ctx)),
            Command::Doctor(args) => boxed(doctor::run(args, ctx)),
            Command::Receipt(args) => receipt::run(args, ctx),
            Command::Im(args) => im::run(args, ctx),
            Command::Sandbox(args) => sandbox::run(args, ctx),
            Command::Config(args) => config::run(args, ctx),
            Command::Explain(args) => boxed(explain::run(args, ctx)),
            Command::Completions(args) => boxed(completions::run(args, ctx)),
            Command::Man(args) => boxed(man::run(args, ctx)),
        }
    }
}

fn boxed<R: Report + 'static>(result: Result<R, Failure>) -> Outcome {
    result.map(|report| Box::new(report) as Box<dyn Report>)
}

/// Parses, runs and prints one command; gives the exit code.
///
/// # Errors
/// If stdout or stderr can't be written.
pub fn main(args: &[OsString], clock: Clock) -> std::io::Result<u8> {
    let environment = Environment::of_process();
    let terminal = Terminal::detect();
    let json = parse::json_wanted(args, environment.get("OPUSH_JSON"));
    let bare = Printer { terminal, color: ColorChoice::Auto, json, quiet: false, verbose: false };
    // A shell's question at Tab is no command: it goes before everything that may speak or fail.
    if let Some(asked) = completions::asked(args) {
        return bare.stdout(&completions::answer(asked, &environment, &clock)).map(|()| 0);
    }
    let cli = match parse::parse(args, &environment) {
        Ok(cli) => cli,
        Err(Stop::Print(text)) => return bare.stdout(&text).map(|()| 0),
        Err(Stop::Usage { failure, .. } | Stop::Refused(failure)) if json && send::is_to_user(args) => {
            return bare.outcome(&Ok(send::nothing(failure)));
        }
        Err(Stop::Refused(failure)) => return bare.outcome(&Err(failure)),
        Err(Stop::Usage { text, failure }) => return bare.usage(&text, &failure),
    };
    let globals = cli.globals;
    let color = match globals.color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let printer =
        Printer { color, json: globals.json, quiet: globals.quiet, verbose: globals.verbose, ..bare };
    let outcome = match Paths::of_process(&environment) {
        Ok(paths) => {
            let typed = Typed { profile: globals.profile, config: globals.config, timeout: globals.timeout };
            let session = Session::new(typed, environment, paths, clock);
            let ctx = Ctx { session, printer, never_ask: globals.no_input };
            let outcome = cli.command.run(&ctx);
            ctx.show_remarks();
            outcome
        }
        Err(problem) if printer.json && send::is_to_user(args) => Ok(send::nothing(problem.into())),
        Err(problem) => Err(problem.into()),
    };
    printer.outcome(&outcome)
}
