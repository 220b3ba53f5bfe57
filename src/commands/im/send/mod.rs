//! `opush im send`: one message to one user, with OfflinePushInfo validated whole.

mod args;
mod draft;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::super::context::Ctx;
use crate::clock::Timestamp;
use crate::config::{Profile, Region};
use crate::diagnose::im_message;
use crate::failure::{Failure, Warning};
use crate::im::ImError;
use crate::im::client::commands::SENDMSG;
use crate::im::message::{Checked, Taken};
use crate::output::{Page, Report, Tone};
use crate::services::{ImService, Setup};
use crate::store::im_events::{self, NewImEvent};

pub(crate) use args::Args;

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Sent, Failure> {
    let profile = ctx.profile()?;
    profile.im()?;
    let message = draft::checked(&args, ctx)?;
    let (mut taken, mut request, mut elapsed_ms) = (Taken::default(), None, None);
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
        taken = sent.map_err(|error| error.of_a_change("the message"))?;
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
fn keep(ctx: &Ctx, profile: &Profile, message: &Checked, taken: Result<&Taken, &ImError>) {
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
