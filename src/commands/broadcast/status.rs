//! `opush broadcast status`: what was sent of a message from here, and what OPPO counts of it.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::super::context::Ctx;
use super::super::oppo::ask::{App, CertificateFlag, as_it_came, ask, lines};
use crate::failure::Failure;
use crate::oppo::Question;
use crate::output::{Page, Report};
use crate::push;
use crate::store::broadcasts::{self, KeptCall};
use crate::store::deliveries::Status;

/// Show what was sent of a saved message, and OPPO's statistics of it as they came
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush broadcast status 1
  opush broadcast status 30001-1-1-0123456789abcdef01234567 --task-id 0123456789abcdef01234567

Whether OPPO still offers the statistics is not confirmed, nor what their names mean.")]
pub(crate) struct Args {
    /// The saved message: its number or its message_id
    #[arg(value_name = "MESSAGE")]
    message: String,

    /// Only this sending of the message
    #[arg(long, value_name = "ID")]
    task_id: Option<String>,

    #[command(flatten)]
    certificate: CertificateFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<BroadcastStatus, Failure> {
    let profile = ctx.profile()?;
    let store = ctx.store()?;
    let saved = push::find_saved(&store, &profile.name, &args.message)?;
    let flag = CertificateFlag {
        certificate: args.certificate.certificate.or(saved.as_ref().map(|saved| saved.certificate_id)),
    };
    let message_id = saved.as_ref().map_or(args.message, |saved| saved.message_id.clone());
    let app_id = profile.certificate(flag.id())?.app_id.value.clone();
    let calls = broadcasts::calls_of(&store, &app_id, &message_id)?;
    let question = Question::statistics(&message_id, args.task_id.as_deref());
    let (app, answered) = ask(ctx, &profile, &flag, &question)?;
    Ok(BroadcastStatus {
        app,
        message_id,
        task_id: args.task_id,
        saved_at: saved.map(|saved| saved.saved_at.to_string()),
        calls: calls.into_iter().map(CallView::from).collect(),
        unconfirmed: true,
        answer: as_it_came(answered.data),
    })
}

/// What `broadcast status --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BroadcastStatus {
    #[serde(flatten)]
    app: App,
    message_id: String,
    task_id: Option<String>,
    /// When it was saved from here, RFC 3339 UTC; null if it was not.
    saved_at: Option<String>,
    /// The calls that sent it from here, the newest first.
    calls: Vec<CallView>,
    /// Only one old client reads OPPO's answer.
    unconfirmed: bool,
    /// OPPO's data, as they came.
    answer: Value,
}

/// A call of the history.
#[derive(Debug, Serialize, JsonSchema)]
struct CallView {
    /// Its number in `opush history`.
    history_id: i64,
    at: String,
    status: Status,
    /// all, reg-ids, aliases or tags.
    audience: String,
    targets: Option<i64>,
    task_id: Option<String>,
}

impl From<KeptCall> for CallView {
    fn from(call: KeptCall) -> Self {
        CallView {
            history_id: call.delivery.0,
            at: call.begun_at.to_string(),
            status: call.status,
            audience: call.audience,
            targets: call.targets,
            task_id: call.task_id,
        }
    }
}

impl Report for BroadcastStatus {
    fn text(&self, page: &mut Page) {
        page.line(format!("{}   {}", self.message_id, self.app.words()));
        for call in &self.calls {
            let targets = call.targets.map(|count| format!(", {count} targets")).unwrap_or_default();
            let (at, status) = (page.time(&call.at), call.status.as_str());
            page.line(format!("  {at}  {status}  to {}{targets}, push {}", call.audience, call.history_id));
        }
        lines(&self.answer, page);
        page.line("As OPPO answered; what the names mean is not confirmed.");
    }
}
