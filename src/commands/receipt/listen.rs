//! `opush receipt listen`: serves the callback URL until it is stopped, and shows each receipt as it is stored.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use super::super::context::Ctx;
use super::super::listening::{listen_on, say_ready};
use super::super::signals::{ShutdownSignal, runtime};
use super::path_secret;
use super::printed::{ReceiptJson, cut};
use crate::config::files;
use crate::failure::{Failure, Kind, Problem, Warning};
use crate::flags::{ListenFlags, PathSecretFlags};
use crate::output::{Page, Printer, Report};
use crate::receipts::{self, CallbackUrl, Event, Options, PublicUrl, Totals};

/// Serve the callback URL until Ctrl-C: receipts are stored, matched with their pushes and shown
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush receipt listen
  opush receipt listen --listen 127.0.0.1:8767 --public-url https://push.example.com --path-secret
  opush receipt listen --listen 127.0.0.1:8767 --path-secret-file path-secret.txt --ready-file ready.json

It prints the URL for --callback-url of send, and answers 200 only once a receipt is stored. The ready file has that URL
as \"callback_url\", and is readable by you alone. OPPO sends no password,
so a listener that others can reach should have a secret in its path.")]
pub(crate) struct Args {
    #[command(flatten)]
    listen: ListenFlags,

    /// How OPPO reaches this listener, through a proxy with TLS, say
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    #[command(flatten)]
    path_secret: PathSecretFlags,
}

/// How long the end of the command waits for a reader of its output.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Listened, Failure> {
    let public_url = args.public_url.as_deref().map(PublicUrl::parse).transpose()?;
    let secret = path_secret::of(&args.path_secret, ctx)?;
    let options = Options { public_url, secret, ..Options::new(listen_on(&args.listen)) };
    warn(&options, ctx);
    // How long receipts are kept is in it; once it is read, the store holds to that.
    ctx.configuration()?;
    let store = Arc::new(ctx.store()?);
    let (url, totals) = runtime()?.block_on(async {
        let mut stop = ShutdownSignal::listen()?;
        let (serving, events) = receipts::serve(store, options).await?;
        let shown = show(events, ctx.printer.clone());
        let (url, callback_url) = (serving.url(), serving.callback_url().clone());
        let ready = json!({ "url": url, "callback_url": callback_url.reveal(), "pid": std::process::id() });
        say_ready(&args.listen, &ready, files::Mode::Private, ctx)?;
        say_where(&url, &callback_url, ctx);
        stop.received().await;
        let totals = serving.stop().await;
        let _ = shown.recv_timeout(PATIENCE);
        Ok::<_, Failure>((url, totals))
    })?;
    if totals.left_out > 0 {
        let left_out = totals.left_out;
        ctx.note(&format!(
            "{left_out} lines were not shown, because the output was not read in time; all are kept"
        ));
    }
    Ok(Listened::new(url, totals))
}

/// Shows events on a thread of its own, as results on stdout; with `--json`, where stdout gets one object at the end, as
/// lines of JSON on stderr. A message comes when all are shown.
fn show(events: Receiver<Event>, printer: Printer) -> Receiver<()> {
    let (finished, done) = sync_channel(1);
    std::thread::spawn(move || {
        for event in events {
            // A reader that went away is no reason to stop.
            let _ = match event {
                Event::Stored(receipt) => {
                    let receipt = ReceiptJson::from(&*receipt);
                    match printer.json {
                        true => printer.event(&receipt),
                        false => printer.say(&receipt.line()).map(|_| ()),
                    }
                }
                Event::Rejected { why } => printer.note(&format!("rejected: {}", cut(&why, 300))),
                Event::Failed { problem, .. } => printer.warn(&Warning::from(&problem)),
            };
        }
        let _ = finished.send(());
    });
    done
}

/// The URL is of use only with its secret, and is nowhere else; so `--quiet` does not hide it, and it goes to stderr,
/// while results can be piped on without it.
fn say_where(url: &str, callback_url: &CallbackUrl, ctx: &Ctx) {
    ctx.note(&format!("Receipts are taken at {url}. Stop it with Ctrl-C."));
    // That stderr is gone is no reason to stop.
    let _ = ctx.printer.must_say(&format!("Callback URL: {}", callback_url.reveal()));
    if let Some(length) = callback_url.too_long() {
        let message = format!("the callback URL has {length} characters, and OPPO takes 200");
        ctx.warn(&Problem::new(Kind::TooLong, message, "give a shorter --public-url").at("--public-url"));
    }
}

/// What will not work, or is open to anybody.
fn warn(options: &Options, ctx: &Ctx) {
    let open = options.listen.beyond_loopback || options.public_url.is_some();
    if open && options.secret.is_none() {
        let message = "whoever finds the callback URL can post receipts: OPPO sends no password with them";
        ctx.warn(&Problem::new(Kind::ExposedSecret, message, "add --path-secret").at("--path-secret"));
    }
    let address = options.listen.address.ip();
    if address.is_unspecified() && options.public_url.is_none() {
        let message = format!("{address} is not an address that OPPO could post to");
        ctx.warn(&Problem::new(Kind::BadUrl, message, "add --public-url URL").at("--public-url"));
    }
}

/// What `receipt listen --json` prints when it has stopped. As they arrived, the receipts stood on stderr, a line each.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listened {
    /// Where it answered; without the path, which may hold a secret.
    url: String,
    /// Receipts that were stored, one for each event of a regId.
    stored: u64,
    /// Receipts that were there before.
    repeated: u64,
    /// Of those stored, the ones that belong to no push of this state.
    unmatched: u64,
    /// Requests that were not receipts, or did not come whole.
    rejected: u64,
    /// Callbacks that could not be stored, and were answered 503.
    failed: u64,
    /// Requests to another path, or by another method than POST.
    elsewhere: u64,
    /// Why the last of those that could not be stored was not.
    #[serde(skip)]
    failure: Option<Problem>,
}

impl Listened {
    fn new(url: String, totals: Totals) -> Self {
        let Totals { stored, repeated, unmatched, rejected, failed, elsewhere, problem: failure, .. } =
            totals;
        Listened { url, stored, repeated, unmatched, rejected, failed, elsewhere, failure }
    }
}

impl Report for Listened {
    fn text(&self, page: &mut Page) {
        let Listened { stored, repeated, unmatched, rejected, failed, .. } = self;
        page.line(format!(
            "{stored} stored ({unmatched} of no push known here), {repeated} repeated, {rejected} rejected, {failed} failed"
        ));
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone().map(Failure::from)
    }

    /// It was said when it happened.
    fn spoken(&self) -> Option<Failure> {
        None
    }
}
