//! `opush token listen`: a test build of an app posts its own regId, and each report appears as it arrives.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use super::super::context::Ctx;
use super::super::listening::{bearer_token, listen_on, say_ready};
use super::super::signals::{ShutdownSignal, runtime};
use super::binding::Binding;
use crate::config::{Secret, files};
use crate::failure::{Failure, Kind, Problem};
use crate::flags::ListenFlags;
use crate::listen::{self, Limits, Response};
use crate::output::{Page, Printer, Report, failure_json};
use crate::push::{NotTaken, OutcomeKind, REPORT_PATH, ReportHandler, Reported};

/// Take the regIds that a test build of an app posts, until Ctrl-C
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush token listen
  opush token listen --listen 127.0.0.1:8766 --token-file token.txt --ready-file ready.json

The app posts {\"user\", \"reg_id\", \"brand\", \"device\", \"certificate_id\"} as JSON to /report with the header
Authorization: Bearer TOKEN. The token comes from --token-file, else OPUSH_LISTEN_TOKEN, else one is made and printed.")]
pub(crate) struct Args {
    #[command(flatten)]
    listen: ListenFlags,

    /// A file of mode 0600 that holds the bearer token
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,

    /// For reports that name no certificate [default: the profile's default one]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,
}

/// The variable that holds the bearer token where no file is named.
const VARIABLE: &str = "OPUSH_LISTEN_TOKEN";

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Listened, Failure> {
    let profile = ctx.profile()?;
    let (token, made) = token(&args, ctx)?;
    let (name, region) = (profile.name.clone(), profile.region.to_string());
    let default = || profile.certificate(None).ok().map(|certificate| certificate.id.get());
    let certificate = args.certificate.or_else(default);
    let handler = ReportHandler { store: ctx.store()?, certificate, profile, token: token.clone() };
    let taken =
        Arc::new(Taken { printer: ctx.printer.clone(), items: Mutex::default(), refused: AtomicU64::new(0) });
    let answering = taken.clone();
    runtime()?.block_on(async {
        let mut stop = ShutdownSignal::listen()?;
        let handler: listen::Handler = Arc::new(move |request| answering.answer(handler.take(&request)));
        let running = listen::start(listen_on(&args.listen), Limits::DEFAULT, handler).await?;
        let url = running.url();
        let ready = json!({ "url": url, "pid": std::process::id() });
        say_ready(&args.listen, &ready, files::Mode::Shared, ctx)?;
        ctx.note(&format!(
            "Reports for profile {name} are taken at {url}{REPORT_PATH}. Stop it with Ctrl-C."
        ));
        if made {
            // The one time that it is shown; without it no app could report, so --quiet does not hide it.
            // That stderr is gone is no reason to stop.
            let _ = ctx.printer.must_say(&format!("Bearer token: {}", token.reveal()));
        }
        stop.received().await;
        running.stop().await;
        Ok(Listened {
            url,
            profile: name,
            region,
            items: std::mem::take(&mut *taken.items.lock().unwrap_or_else(PoisonError::into_inner)),
            refused: taken.refused.load(Ordering::Relaxed),
        })
    })
}

/// The bearer token, and whether it was made here.
fn token(args: &Args, ctx: &Ctx) -> Result<(Secret, bool), Failure> {
    let given = match (&args.token_file, ctx.environment.get(VARIABLE)) {
        (Some(file), _) => bearer_token(&of_file(&ctx.paths.absolute(file))?, "--token-file"),
        (None, Some(value)) => bearer_token(value, VARIABLE),
        (None, None) => return Ok((Secret::random(), true)),
    };
    Ok((given?, false))
}

fn of_file(path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let at = |problem: Problem| Failure::from(problem.at("--token-file"));
    let unreadable = |error: std::io::Error| {
        let message = format!("{shown} can't be read: {error}");
        at(Problem::new(Kind::MissingSecret, message, "name a readable file of mode 0600"))
    };
    let mode = std::fs::metadata(path).map_err(unreadable)?.permissions().mode();
    if mode & 0o077 != 0 {
        let message = format!("other users of this machine can read {shown}");
        return Err(at(Problem::new(Kind::ExposedSecret, message, format!("chmod 600 '{shown}'"))));
    }
    // More than this is not a token; what is cut off makes it a wrong one.
    let bytes = files::read(path, 4096).map_err(unreadable)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// What came in so far.
struct Taken {
    printer: Printer,
    items: Mutex<Vec<Arrived>>,
    refused: AtomicU64,
}

impl Taken {
    /// What the app gets for its report, which is shown here.
    fn answer(&self, taken: Result<Reported, NotTaken>) -> Response {
        let refused = match taken {
            Ok(reported) => return self.show(reported),
            Err(NotTaken::Request(response)) => response,
            Err(NotTaken::Report(failure)) => {
                let first = &failure.problems()[0];
                let _ = self.printer.note(&format!("refused: {first}"));
                let status = if first.kind == Kind::StateDatabase { 500 } else { 400 };
                Response::new(status, failure_json(&failure))
            }
        };
        self.refused.fetch_add(1, Ordering::Relaxed);
        refused
    }

    fn show(&self, reported: Reported) -> Response {
        let arrived = Arrived {
            outcome: (&reported.outcome).into(),
            report: Binding::from(reported.report),
            warnings: reported.warnings.into_iter().map(|warning| warning.message).collect(),
        };
        let json = json!(arrived);
        let line = format!("{:<10}  {}", arrived.outcome, arrived.report.sentence());
        // A reader that went away is no reason to refuse an app's report.
        let _ = match self.printer.json {
            true => self.printer.event(&json),
            false => self.printer.say(&line).map(|_| ()),
        };
        self.items.lock().unwrap_or_else(PoisonError::into_inner).push(arrived);
        Response::new(200, json)
    }
}

/// A report that was taken.
#[derive(Debug, Serialize, JsonSchema)]
struct Arrived {
    outcome: OutcomeKind,
    report: Binding,
    warnings: Vec<String>,
}

/// What `token listen --json` prints when it has stopped. As they arrived, the reports stood on stderr, a line each.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listened {
    /// Where it answered.
    url: String,
    profile: String,
    region: String,
    /// Reports that were taken, in their order.
    items: Vec<Arrived>,
    /// Requests that were refused.
    refused: u64,
}

impl Report for Listened {
    fn text(&self, _: &mut Page) {}
}
