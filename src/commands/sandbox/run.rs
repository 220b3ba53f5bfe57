//! `opush sandbox run`: serves the simulator until it is stopped.
//! What it answers belongs to `sandbox`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::super::signals::{ShutdownSignal, runtime};
use crate::config::files;
use crate::failure::{Failure, Kind, Problem};
use crate::listen::ListenError;
use crate::output::{Page, Report};
use crate::sandbox::control::{self, PREFIX};
use crate::sandbox::rules::Rules;
use crate::sandbox::{self, Options};
use crate::services::sandbox as services;

/// Serve the simulator over HTTP until Ctrl-C
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox run
  opush sandbox run --ephemeral --ready-file ready.json
  opush sandbox run --rule content-limit=200")]
pub(crate) struct Args {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0", value_parser = address)]
    listen: SocketAddr,

    /// Allow an address that other machines can reach
    #[arg(long)]
    beyond_loopback: bool,

    /// Post receipts to any call_back_url, not to those on this machine alone
    #[arg(long)]
    allow_callbacks: bool,

    /// Write {"url", "pid"} here once it answers
    #[arg(long, value_name = "FILE")]
    ready_file: Option<PathBuf>,

    /// Keep everything in memory, and forget it at the end
    #[arg(long)]
    ephemeral: bool,

    /// Decide an open question about OPPO otherwise; docs/open-questions.md lists them. May be repeated
    #[arg(long, value_name = "ID=VALUE")]
    rule: Vec<String>,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("\"{text}\" is not an address; write IP:PORT, such as 127.0.0.1:8765"))
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Ran, Failure> {
    let rules = rules(&args.rule)?;
    let apps = services::apps_of_configuration(ctx)?;
    let file = services::file(ctx);
    let state = Arc::new(services::open(ctx, (!args.ephemeral).then_some(file.as_path()), rules, &apps)?);
    for profile in services::sandbox_profiles(ctx)? {
        // As with its apps: what can't be had now is left out, with a warning.
        if let Err(failure) = services::add_im_to_state(ctx, &state, &profile) {
            failure.problems().iter().for_each(|problem| ctx.warn(problem));
        }
    }
    runtime()?.block_on(async {
        // From here on a signal is a wish to stop cleanly, also in the instant before all is ready.
        let mut stop = ShutdownSignal::listen()?;
        let mut options = Options::new(args.listen, state.clone());
        options.beyond_loopback = args.beyond_loopback;
        options.callbacks_anywhere = args.allow_callbacks;
        let running = sandbox::start(options).await.map_err(|error| refused(&error))?;
        let url = running.url().to_owned();
        let registered = control::register(&ctx.paths.state_home, &url)
            .map_err(|error| files::disk("write", &ctx.paths.state_home.join("sandbox.json"), &error))?;
        if let Some(path) = &args.ready_file {
            let ready = serde_json::json!({ "url": url, "pid": std::process::id() });
            files::replace(&ctx.paths.absolute(path), format!("{ready}\n").as_bytes(), files::Mode::Shared)?;
        }
        let mut known: Vec<&str> = apps.iter().map(|app| app.app_id.as_str()).collect();
        known.dedup();
        say(ctx, &url, &known, registered.is_some());
        loop {
            tokio::select! {
                () = stop.received() => break,
                error = state.next_error() => ctx.note(&error),
            }
        }
        running.stop().await;
        drop(registered);
        Ok(Ran { url, pid: std::process::id() })
    })
}

fn say(ctx: &Ctx, url: &str, apps: &[&str], registered: bool) {
    ctx.note(&format!("Sandbox of OPPO PUSH and the IM server at {url}, control API at {url}{PREFIX}"));
    ctx.note(&format!("Apps: {}. Stop it with Ctrl-C.", apps.join(", ")));
    if !registered {
        ctx.note("Another sandbox runs on this state already: commands go to that one, requests to this address come here.");
    }
}

fn rules(assignments: &[String]) -> Result<Rules, Failure> {
    let mut rules = Rules::default();
    let problems: Vec<Problem> = assignments
        .iter()
        .filter_map(|assignment| rules.set(assignment).err())
        .map(|error| {
            Problem::new(Kind::MalformedFlag, error, "docs/open-questions.md lists the rules").at("--rule")
        })
        .collect();
    if problems.is_empty() { Ok(rules) } else { Err(Failure::all(problems)) }
}

fn refused(error: &ListenError) -> Failure {
    let message = error.to_string();
    let problem = match error {
        ListenError::BeyondLoopback(_) => {
            let hint = "add --beyond-loopback if other machines shall reach it";
            Problem::new(Kind::MissingFlag, message, hint)
        }
        ListenError::Bind { .. } => {
            Problem::new(Kind::Sandbox, message, "choose another address, or port 0 for a free one")
        }
    };
    problem.at("--listen").into()
}

/// What is left to say when it has stopped.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Ran {
    /// Where it answered.
    url: String,
    pid: u32,
}

impl Report for Ran {
    fn text(&self, _: &mut Page) {}
}
