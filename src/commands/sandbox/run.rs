//! `opush sandbox run`: serves the simulator until it is stopped.
//! What it answers belongs to `sandbox`.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use url::Url;

use super::super::context::Ctx;
use super::super::listening::{bearer_token, listen_on, say_ready};
use super::super::signals::{ShutdownSignal, server_runtime};
use super::call_line::say as say_call;
use super::times::rfc3339;
use super::tls_view::{Ready, TlsView, say_renewed};
use crate::clock::Timestamp;
use crate::config::files;
use crate::failure::{Failure, Kind, Problem};
use crate::flags::{ListenFlags, time};
use crate::listen::TlsNames;
use crate::output::{Page, Report};
use crate::sandbox::app::App;
use crate::sandbox::control::{self, PREFIX};
use crate::sandbox::http::calls::LoggedCall;
use crate::sandbox::http::follow::{Follower, follow};
use crate::sandbox::im::webhook::set_address;
use crate::sandbox::receipts::is_on_this_machine;
use crate::sandbox::rules::Rules;
use crate::sandbox::state::State;
use crate::sandbox::tls::SandboxTls;
use crate::sandbox::{self, ControlToken, Options};
use crate::services::sandbox::{self as services, OpenedPage, Start, TOKEN_VARIABLE};

/// Serve the simulator over HTTP until Ctrl-C
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox run
  opush sandbox run --open
  opush sandbox run --ephemeral --ready-file ready.json
  opush sandbox run --rule content-limit=200
  opush sandbox run --ephemeral --seed 7 --clock 2026-01-01T00:00:00Z
  opush sandbox run --listen 127.0.0.1:8765 --tls
  opush sandbox run --listen 0.0.0.0:8765 --beyond-loopback

Where other machines can reach it, its control API needs a bearer token: OPUSH_SANDBOX_TOKEN, else one is made and
printed. opush's own commands on this machine know it; elsewhere they take it from OPUSH_SANDBOX_TOKEN.")]
pub(crate) struct Args {
    #[command(flatten)]
    listen: ListenFlags,

    /// Post receipts to any call_back_url, not to those on this machine alone
    #[arg(long)]
    allow_callbacks: bool,

    /// Take AppKeys, regIds and aliases that nobody made as they come, for a server with its own keys; their signatures
    /// are not checked
    #[arg(long)]
    accept_any: bool,

    /// Post the IM server's callbacks (State.StateChange, Push.OfflinePush) to this URL
    #[arg(long, value_name = "URL")]
    im_webhook: Option<Url>,

    /// Keep everything in memory, and forget it at the end
    #[arg(long)]
    ephemeral: bool,

    /// Open the page with its phones and calls in a browser
    #[arg(long)]
    open: bool,

    /// Decide an open question about OPPO otherwise; docs/open-questions.md lists them. May be repeated
    #[arg(long, value_name = "ID=VALUE")]
    rule: Vec<String>,

    /// Set the sandbox's clock to this time, also after each reset; it runs on from there [default: where it was]
    #[arg(long, value_name = "TIME", value_parser = time)]
    clock: Option<Timestamp>,

    /// Answer OPPO's and the IM server's own host names over TLS too, with a CA made for them; say how a program trusts it
    #[arg(long)]
    tls: bool,

    /// Let clients of this machine through to other hosts by CONNECT
    #[arg(long, requires = "tls")]
    pass_others: bool,

    /// Make ids, regIds and tokens from this number: the same ones after each reset
    #[arg(long, value_name = "N")]
    seed: Option<u32>,
}

/// How long the end of the command waits for a reader of its output.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often it is looked whether the CA ends soon.
const EVERY: Duration = Duration::from_secs(600);

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Ran, Failure> {
    let rules = Rules { accept_any: args.accept_any, ..rules(&args.rule)? };
    let given = given_token(ctx)?;
    if ctx.profile_name().is_some() {
        ctx.profile()?;
    }
    let apps = services::apps_of_configuration(ctx)?;
    let state = open_state(&args, ctx, rules, &apps)?;
    server_runtime()?.block_on(async {
        // From here on a signal is a wish to stop cleanly, also in the instant before all is ready.
        let mut stop = ShutdownSignal::listen()?;
        let tls = args.tls.then(|| tls(ctx, args.pass_others)).transpose()?;
        let options = Options {
            tls: tls.as_ref().map(|(_, names)| names.clone()),
            listen: listen_on(&args.listen),
            control_token: given.clone(),
            callbacks_anywhere: args.allow_callbacks,
            ..Options::new(args.listen.listen, state.clone())
        };
        // Before the first call can come.
        let follower = follow_calls(&state, ctx)?;
        let running = sandbox::start(options).await?;
        let url = running.url().to_owned();
        let token = running.control_token.clone();
        let reachable = on_this_machine(running.addr);
        let registered = control::register(&ctx.paths.state_home, &reachable, token)
            .map_err(|error| files::disk("write", &ctx.paths.state_home.join("sandbox.json"), &error))?;
        let tls = tls.map(|(tls, _)| tls);
        let shown = tls.as_ref().map(|tls| TlsView::new(tls, &reachable));
        let ready = Ready { url: &url, pid: std::process::id(), tls: shown.as_ref() };
        say_ready(&args.listen, &ready, files::Mode::Shared, ctx)?;
        let mut known: Vec<&str> = apps.iter().map(|app| app.app_id.as_str()).collect();
        known.dedup();
        say(ctx, &url, &known, registered.is_some(), &state);
        let _opened = args.open.then(|| open_page(ctx, &running));
        if let Some(shown) = &shown {
            shown.say(ctx);
        }
        if let Some(made) = running.control_token.as_ref().filter(|_| given.is_none()) {
            // The one time that it is shown; without it no other machine could use the control API, so --quiet does not
            // hide it. That stderr is gone is no reason to stop.
            let _ = ctx.printer.must_say(&format!("Control API token: {}", made.reveal()));
        }
        until_stopped(&mut stop, &state, tls, ctx).await;
        running.stop().await;
        drop(registered);
        if let Some(follower) = follower {
            follower.stop(PATIENCE);
        }
        Ok(Ran { url, pid: std::process::id() })
    })
}

/// Says what goes wrong meanwhile, and has the CA renewed in time.
async fn until_stopped(stop: &mut ShutdownSignal, state: &State, mut tls: Option<SandboxTls>, ctx: &Ctx) {
    let mut look = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            () = stop.received() => return,
            error = state.next_error() => ctx.note(&error),
            _ = look.tick(), if tls.is_some() => {
                let Some(tls) = &mut tls else { continue };
                match tls.renew(ctx.clock.now().as_millisecond()) {
                    Ok(false) => {}
                    Ok(true) => say_renewed(tls, ctx),
                    Err(error) => ctx.note(&format!(
                        "The CA could not be renewed ({error}); it ends at {}",
                        rfc3339(tls.expires_at_ms())
                    )),
                }
            }
        }
    }
}

/// The IM server posts to the URL of this run, or nowhere.
fn set_webhook(args: &Args, state: &State) -> Result<(), Failure> {
    let url = args.im_webhook.as_ref().map(Url::as_str);
    if url.is_some_and(|url| !args.allow_callbacks && !is_on_this_machine(url)) {
        let message = "the URL leads to another machine";
        let hint = "add --allow-callbacks if the sandbox shall post there";
        return Err(Problem::new(Kind::MissingFlag, message, hint).at("--im-webhook").into());
    }
    state.with(|tx| set_address(tx, url)).map_err(|error| services::broken_state(&error))
}

/// The state with the apps and the IM apps of the configuration.
fn open_state(args: &Args, ctx: &Ctx, rules: Rules, apps: &[App]) -> Result<Arc<State>, Failure> {
    let file = services::file(ctx);
    let path = (!args.ephemeral).then_some(file.as_path());
    let start = Start { time: args.clock.map(Timestamp::as_millisecond), seed: args.seed };
    let state = Arc::new(services::open(ctx, path, rules, Some(start), apps)?);
    set_webhook(args, &state)?;
    for profile in services::sandbox_profiles(ctx)? {
        // As with its apps: what can't be had now is left out, with a warning.
        if let Err(failure) = services::add_im_to_state(ctx, &state, &profile) {
            failure.problems().iter().for_each(|problem| ctx.warn(problem));
        }
    }
    Ok(state)
}

/// Prints a line for each call, unless `--quiet`.
fn follow_calls(state: &Arc<State>, ctx: &Ctx) -> Result<Option<Follower>, Failure> {
    if ctx.printer.quiet {
        return Ok(None);
    }
    let printer = ctx.printer.clone();
    let each = move |forgotten: i64, call: LoggedCall| {
        if forgotten > 0 {
            let _ =
                printer.note(&format!("{forgotten} calls are not shown: the output was not read in time"));
        }
        // A reader that went away is no reason to stop.
        say_call(&printer, &call);
    };
    follow(state, each).map(Some).map_err(|error| services::broken_state(&error))
}

/// That no browser opens is no reason to stop.
fn open_page(ctx: &Ctx, running: &sandbox::Running) -> Option<OpenedPage> {
    let url = on_this_machine(running.addr);
    let opened = services::open_page(ctx, &url, running.control_token.as_ref());
    opened.map_err(|why| ctx.note(&format!("No browser was opened ({why}). The page is at {url}/"))).ok()
}

/// The CA with its files, and the names that are answered by it.
fn tls(ctx: &Ctx, pass_others: bool) -> Result<(SandboxTls, TlsNames), Failure> {
    let folder = ctx.paths.state_home.join("sandbox-tls");
    let now = ctx.clock.now().as_millisecond();
    let made =
        SandboxTls::open(&folder, now, pass_others).and_then(|tls| tls.names().map(|names| (tls, names)));
    made.map_err(|error| files::disk("write", &folder, &error).into())
}

/// The token of the environment.
fn given_token(ctx: &Ctx) -> Result<Option<ControlToken>, Failure> {
    let Some(text) = ctx.environment.get(TOKEN_VARIABLE) else { return Ok(None) };
    Ok(Some(ControlToken::new(bearer_token(text, TOKEN_VARIABLE)?.reveal())))
}

/// How commands on this machine reach it: an address that means every one of this machine is none to connect to.
fn on_this_machine(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        let loopback =
            if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() };
        address.set_ip(loopback);
    }
    format!("http://{address}")
}

fn say(ctx: &Ctx, url: &str, apps: &[&str], registered: bool, state: &State) {
    ctx.note(&format!("Sandbox of OPPO PUSH and the IM server at {url}, control API at {url}{PREFIX}"));
    ctx.note(&format!("Phones and calls in a browser: {url}/"));
    ctx.note(&format!("Apps: {}. Stop it with Ctrl-C.", apps.join(", ")));
    if state.rules.accept_any {
        ctx.note("Unknown AppKeys and regIds are taken as they come. The signatures of unknown apps are not checked.");
    }
    if state.time().ahead_ms != 0 {
        let now = ctx.printer.time(&rfc3339(state.now()));
        ctx.note(&format!(
            "The sandbox's clock is at {now}. Let it follow the machine's: opush sandbox clock follow"
        ));
    }
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
