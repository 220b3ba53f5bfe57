//! `opush im send`: one message to one user, with OfflinePushInfo validated whole.

use std::path::{Path, PathBuf};
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::super::context::Ctx;
use super::super::flag_file;
use crate::clock::Timestamp;
use crate::config::{Profile, Region};
use crate::diagnose::im_message;
use crate::failure::{Failure, Kind, Problem, Warning};
use crate::flags::duration;
use crate::im::ImError;
use crate::im::client::commands::SENDMSG;
use crate::im::message::{Checked, Draft, SentMessage, text_body};
use crate::output::{Page, Report, Tone};
use crate::services::{ImService, Setup};
use crate::store::im_events::{self, NewImEvent};

/// Send one message to a user, with what its offline push should show
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush im send --to bob --text \"see you at 8?\" --title Alice --ext extKey=value --channel-id tuikit
  opush im send --to bob --message-file order.json --dry-run

Everything is validated first; with one problem nothing is sent, and all problems are named.
Whether a push follows is the IM server's decision; its answer does not tell.")]
pub(crate) struct Args {
    /// Receiver
    #[arg(long, value_name = "USER", allow_hyphen_values = true)]
    to: Option<String>,

    /// The message's text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,

    /// Sender [default: the administrator]
    #[arg(long, value_name = "USER", allow_hyphen_values = true)]
    from: Option<String>,

    /// Title of the notification
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    title: Option<String>,

    /// Text of the notification [default: made from the message]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    desc: Option<String>,

    /// One pair of custom content; may be repeated
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true)]
    ext: Vec<String>,

    /// Custom content as a JSON object, or @FILE that holds it
    #[arg(long, value_name = "JSON|@FILE", allow_hyphen_values = true)]
    ext_json: Option<String>,

    /// NotificationChannel on OPPO phones [default: the certificate's in the IM console]
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    channel_id: Option<String>,

    /// OPPO's message class, such as IM or ACCOUNT
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    category: Option<String>,

    /// 1 notification bar, 2 and lock screen, 16 and banner and sound; needs --category
    #[arg(long, value_name = "LEVEL", allow_hyphen_values = true)]
    notify_level: Option<i64>,

    /// 0 push, 1 no offline push
    #[arg(long, value_name = "0|1", allow_hyphen_values = true)]
    push_flag: Option<i64>,

    /// How long the message is kept for a user who is not online, at most 7d; 0s means online only
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    life_time: Option<Duration>,

    /// Only if the receiver is online; nothing is kept and nothing pushed
    #[arg(long)]
    online_only: bool,

    /// The whole request of sendmsg as JSON, field names of the REST API; flags go before it
    #[arg(long, value_name = "FILE")]
    message_file: Option<PathBuf>,

    /// Validate and print the exact request, secrets masked, without any network
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Sent, Failure> {
    let profile = ctx.profile()?;
    profile.im()?;
    let message = checked(&args, ctx)?;
    let (mut taken, mut request, mut elapsed_ms) = (SentMessage::default(), None, None);
    if args.dry_run {
        let url = ImService::without_network(ctx, &profile)?.shown_url(SENDMSG);
        request = Some(RequestJson { method: "POST", url, body: message.body(0) });
    } else {
        let started = std::time::Instant::now();
        let sent = ctx.block_on(async {
            let service = ImService::open(ctx, &profile, Setup::Register).await?;
            let sent = service.client.send(&message).await;
            service.close().await;
            Ok(sent)
        })?;
        elapsed_ms = u64::try_from(started.elapsed().as_millis()).ok();
        keep(ctx, &profile, &message, sent.as_ref());
        taken = sent.map_err(|error| {
            let problem = error.of_a_change("the message");
            let hint = Box::new(problem.hint.fill("RECEIVER", Some(message.to())));
            Problem { hint, ..problem }
        })?;
    }
    let at = taken.time.and_then(|second| Timestamp::from_second(second).ok());
    Ok(Sent {
        status: if args.dry_run { "dry_run" } else { "accepted" },
        profile: profile.name.clone(),
        region: profile.region.value,
        to: message.to().to_owned(),
        message_key: taken.key,
        message_id: taken.id,
        at: at.map(|at| at.to_string()),
        elapsed_ms,
        warnings: message.warnings().to_vec(),
        request,
    })
}

/// Keeps the message as evidence for `diagnose`. It is sent either way, so a failure is only a warning.
fn keep(ctx: &Ctx, profile: &Profile, message: &Checked, taken: Result<&SentMessage, &ImError>) {
    let (key, code) = match taken {
        Ok(taken) => (taken.key.clone(), Some(0)),
        Err(ImError::Refused(refusal)) => (None, Some(refusal.code)),
        // Whether it was taken is not known, or it was not.
        Err(_) => return,
    };
    let event = NewImEvent {
        profile: profile.name.clone(),
        sdk_app_id: profile.im.as_ref().map_or(0, |im| im.sdk_app_id.value),
        command: im_message::COMMAND.into(),
        user: Some(message.to().to_owned()),
        message_key: key,
        code,
        body: message.body(0).to_string(),
        ..NewImEvent::default()
    };
    let kept = ctx.store().and_then(|store| Ok(im_events::record(&store, &[event])?));
    if let Err(failure) = kept {
        failure.problems().iter().for_each(|problem| ctx.warn(problem));
    }
}

/// What `im send --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Sent {
    /// accepted or dry_run.
    status: &'static str,
    profile: String,
    region: Region,
    to: String,
    /// By which webhooks name the message.
    message_key: Option<String>,
    message_id: Option<String>,
    /// When the server took it, RFC 3339 UTC.
    at: Option<String>,
    elapsed_ms: Option<u64>,
    warnings: Vec<Warning>,
    /// With --dry-run: the request, the UserSig masked.
    request: Option<RequestJson>,
}

/// The exact request.
#[derive(Debug, Serialize, JsonSchema)]
struct RequestJson {
    method: &'static str,
    url: String,
    /// MsgRandom is made anew for each request; 0 is used in place of it.
    body: Value,
}

impl Report for Sent {
    fn text(&self, page: &mut Page) {
        if let Some(request) = &self.request {
            page.line(format!("dry run   nothing was sent   {} ({})", self.profile, self.region));
            page.line(format!("{} {}", request.method, request.url));
            page.lines(&serde_json::to_string_pretty(&request.body).unwrap_or_default());
            return;
        }
        let accepted = page.tone(Tone::Ok, "accepted");
        let key = self.message_key.as_ref().or(self.message_id.as_ref()).map_or("", String::as_str);
        let elapsed = self.elapsed_ms.unwrap_or_default();
        page.line(format!(
            "{accepted}   {key}   to {}, {} ({}), {elapsed} ms",
            self.to, self.profile, self.region
        ));
        page.line("The IM server took the message. Whether it pushes, its answer does not tell.");
    }

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }
}

/// The message, or everything that is wrong with it.
pub(crate) fn checked(args: &Args, ctx: &Ctx) -> Result<Checked, Failure> {
    let mut problems = Vec::new();
    let mut draft = Draft::default();
    if let Some(path) = &args.message_file {
        match read(path, ctx, "--message-file") {
            Ok(text) => drop(draft.read_json(&text, &path.display().to_string())),
            Err(problem) => problems.push(problem),
        }
    }
    flags(args, &mut draft);
    match args.ext_json.as_deref().map(|text| (text, text.strip_prefix('@'))) {
        None => {}
        Some((text, None)) => drop(draft.set("OfflinePushInfo.Ext", text, "--ext-json")),
        Some((_, Some(file))) => match read(Path::new(file), ctx, "--ext-json") {
            Ok(text) => drop(draft.set("OfflinePushInfo.Ext", text.trim(), "--ext-json")),
            Err(problem) => problems.push(problem),
        },
    }
    for pair in &args.ext {
        draft.ext_pair(pair);
    }
    let mut others = match draft.check() {
        Ok(checked) if problems.is_empty() => return Ok(checked),
        found => found.err().unwrap_or_default(),
    };
    // What a file that can't be read would have held is not missing.
    others.retain(|problem| problems.is_empty() || problem.kind != Kind::MissingField);
    problems.extend(others);
    Err(match problems.len() {
        1 => Failure::all(problems),
        count => Failure::all(problems).headed(format!("{count} values are not usable; nothing was sent")),
    })
}

/// The flags that set one field each.
fn flags(args: &Args, draft: &mut Draft) {
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    let seconds = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let given = [
        ("--to", text(&args.to)),
        ("--from", text(&args.from)),
        ("--text", args.text.as_deref().map(text_body)),
        ("--life-time", args.life_time.map(seconds).map(Value::from)),
        ("--online-only", args.online_only.then(|| Value::from(1))),
        ("--push-flag", args.push_flag.map(Value::from)),
        ("--title", text(&args.title)),
        ("--desc", text(&args.desc)),
        ("--channel-id", text(&args.channel_id)),
        ("--category", text(&args.category)),
        ("--notify-level", args.notify_level.map(Value::from)),
    ];
    for (flag, value) in given {
        if let Some(value) = value {
            draft.flag(flag, value);
        }
    }
}

/// The text of a file that a flag names; `-` is stdin.
fn read(path: &Path, ctx: &Ctx, flag: &'static str) -> Result<String, Problem> {
    flag_file::read(path, ctx, flag, "a message has at most 12 KB")
}
