//! One file per command: its flags, its `run` that reads as the command's story, its report. This file is the root.
//! Rules belong to the rooms below; a command only ties them together.

mod app_file;
mod batch;
mod broadcast;
mod cert;
mod click;
mod completions;
mod config;
mod context;
mod deferred;
mod demo;
mod device;
mod diagnose;
mod doctor;
mod explain;
mod field_flags;
mod flag_file;
mod help;
mod history;
mod im;
mod im_presence;
mod judged;
mod lint;
mod listening;
mod man;
mod noun;
mod oppo;
mod outcome;
mod parse;
mod presence;
mod profile;
mod profile_values;
mod questions;
mod receipt;
mod sandbox;
mod schemas;
mod send;
mod signals;
mod smoke;
mod snippet;
mod snippet_check;
mod token;

use std::ffi::OsString;

use clap::{CommandFactory, Parser, Subcommand};

use crate::clock::Clock;
use crate::completion;
use crate::config::{Environment, Paths};
use crate::flags::{Color, Globals};
use crate::output::{ColorChoice, Printer, Terminal, TypedFlags};
use crate::session::{Session, Typed};
use crate::waiting;

use context::Ctx;
use deferred::Deferred;
use outcome::{Outcome, boxed};
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
    /// See who gets a push, and see it arrive, in a sandbox, with nothing configured
    Demo(Deferred<demo::Args>),
    /// Keep the certificates of a profile: OPPO credentials, channel, click event
    Cert(Deferred<cert::Args>),
    /// Add, list, show, choose and remove profiles: one app in one environment each
    Profile(Deferred<profile::Args>),
    /// Check what a tap on a notification would open, also in the app itself
    Click(Deferred<click::Args>),
    /// Say what a pasted payload is, what OPPO makes of it and what is wrong
    Lint(Deferred<lint::Args>),
    /// Report, list and check the regIds of users' phones
    Token(Deferred<token::Args>),
    /// Set and show the state of a user's app, and what the offline-push rule makes of it
    Presence(Deferred<presence::Args>),
    /// Send one notification
    Send(Deferred<Box<send::Args>>),
    /// Write app-side code for this profile: channel, manifest, constants, token report, receiver, sender
    Snippet(Deferred<snippet::Args>),
    /// Many pushes at once from a file: run, list, status, resume, cancel, report
    Batch(Deferred<batch::Args>),
    /// Scripted pushes with what is expected of them: run, list, new
    Smoke(Deferred<smoke::Args>),
    /// Every push: what was sent, what OPPO answered
    History(Deferred<history::Args>),
    /// Find the first broken link between a message and the phone
    Diagnose(Deferred<Box<diagnose::Args>>),
    /// A phone on a cable, by adb: what keeps it from showing a push, a tap, its log, the app's end
    Device(Deferred<device::Args>),
    /// Check this machine and this configuration: files, secrets, state, network, clock
    Doctor(Deferred<doctor::Args>),
    /// Receive and list what OPPO posts back about pushes
    Receipt(Deferred<receipt::Args>),
    /// Say what a code of OPPO or of the IM server, or a check of the diagnosis, means and what to do about it
    Explain(Deferred<explain::Args>),
    /// Save one message and send it to many: to lists, to tags, to all users
    Broadcast(Deferred<broadcast::Args>),
    /// OPPO's own administration: token, aliases, tags, invalid regIds, quota, pictures, statistics
    Oppo(Deferred<oppo::Args>),
    /// Drive the IM server's REST API
    Im(Deferred<im::Args>),
    /// The simulator of OPPO PUSH, the IM server and phones
    Sandbox(Deferred<sandbox::Args>),
    /// Check, find and trust the configuration file
    Config(Deferred<config::Args>),
    /// Print the completion script of a shell
    Completions(Deferred<completions::Args>),
    /// Print a manual page, as roff
    Man(Deferred<man::Args>),
}

/// The whole tree of commands, for what walks it. A run builds only the branch that was typed.
pub fn tree() -> clap::Command {
    let mut root = Cli::command();
    root.build();
    root
}

impl Command {
    /// Such a send prints a list as JSON, also where it fails.
    fn is_send_to_user(&self) -> bool {
        matches!(self, Command::Send(Deferred(args)) if args.is_to_user())
    }

    fn run(self, ctx: &Ctx) -> Outcome {
        match self {
            Command::Demo(Deferred(args)) => boxed(demo::run(args, ctx)),
            Command::Cert(Deferred(args)) => cert::run(args, ctx),
            Command::Profile(Deferred(args)) => profile::run(args, ctx),
            Command::Click(Deferred(args)) => click::run(args, ctx),
            Command::Lint(Deferred(args)) => boxed(lint::run(args, ctx)),
            Command::Token(Deferred(args)) => token::run(args, ctx),
            Command::Presence(Deferred(args)) => presence::run(args, ctx),
            Command::Send(Deferred(args)) => send::run(*args, ctx),
            Command::Snippet(Deferred(args)) => snippet::run(args, ctx),
            Command::Batch(Deferred(args)) => batch::run(args, ctx),
            Command::Smoke(Deferred(args)) => smoke::run(args, ctx),
            Command::History(Deferred(args)) => history::run(args, ctx),
            Command::Diagnose(Deferred(args)) => boxed(diagnose::run(*args, ctx)),
            Command::Device(Deferred(args)) => device::run(args, ctx),
            Command::Doctor(Deferred(args)) => boxed(doctor::run(args, ctx)),
            Command::Receipt(Deferred(args)) => receipt::run(args, ctx),
            Command::Broadcast(Deferred(args)) => broadcast::run(args, ctx),
            Command::Oppo(Deferred(args)) => oppo::run(args, ctx),
            Command::Im(Deferred(args)) => im::run(args, ctx),
            Command::Sandbox(Deferred(args)) => sandbox::run(args, ctx),
            Command::Config(Deferred(args)) => config::run(args, ctx),
            Command::Explain(Deferred(args)) => boxed(explain::run(args, ctx)),
            Command::Completions(Deferred(args)) => boxed(completions::run(args, ctx)),
            Command::Man(Deferred(args)) => boxed(man::run(args, ctx)),
        }
    }
}

/// Parses, runs and prints one command; gives the exit code.
///
/// # Errors
/// If stdout or stderr can't be written.
pub fn main(args: &[OsString], clock: Clock) -> std::io::Result<u8> {
    let environment = Environment::of_process();
    let terminal = Terminal::detect();
    let json = parse::json_wanted(args, environment.get("OPUSH_JSON"));
    let bare = Printer {
        typed: TypedFlags::default(),
        terminal,
        color: ColorChoice::Auto,
        json,
        quiet: false,
        verbose: false,
    };
    // A shell's request at Tab is not a command: it goes before everything that may speak or fail.
    if let Some(request) = completion::request(args) {
        let answer = completion::answer(request, tree(), &environment, &clock, explain::all_words);
        return bare.stdout(&answer).map(|()| 0);
    }
    let cli = match parse::parse::<Cli, Command>(args, &environment) {
        Ok(cli) => cli,
        Err(Stop::Print(text)) => return bare.stdout(&text).map(|()| 0),
        Err(Stop::Usage { failure, .. } | Stop::Refused(failure))
            if json
                && send::names_user(args)
                && parse::named_command(Cli::command(), args).as_deref() == Some("send") =>
        {
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
    let mut printer =
        Printer { color, json: globals.json, quiet: globals.quiet, verbose: globals.verbose, ..bare };
    let outcome = match Paths::of_process(&environment) {
        Ok(paths) => {
            let Globals { profile, config, ca_file, timeout, .. } = globals;
            let typed = Typed { profile, config, ca_file, timeout };
            let session = Session::new(typed, environment, paths, clock);
            waiting::set_limit(session.timeout());
            printer.typed = TypedFlags {
                profile: session.profile_flag().map(str::to_owned),
                config: session.config_flag().map(|path| path.to_string_lossy().into_owned()),
                ca_file: session.ca_file_flag().map(|path| path.to_string_lossy().into_owned()),
            };
            let ctx = Ctx { session, printer: printer.clone(), never_ask: globals.no_input, tree };
            let outcome = signals::interrupted_if_stopped(cli.command.run(&ctx));
            ctx.show_remarks();
            outcome
        }
        Err(problem) if printer.json && cli.command.is_send_to_user() => Ok(send::nothing(problem.into())),
        Err(problem) => Err(problem.into()),
    };
    printer.outcome(&outcome)
}

#[cfg(test)]
mod tests;
