//! `opush oppo statistics MESSAGE`: what OPPO counts of a message, as it came.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::super::context::Ctx;
use super::ask::{App, CertificateFlag, as_it_came, ask, lines};
use crate::failure::{Failure, Kind, Problem};
use crate::oppo::Question;
use crate::output::{Page, Report};

/// Ask OPPO what it counts of a message, and show its answer as it came
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush oppo statistics 30001-1-1-0123456789abcdef01234567
  opush oppo statistics 30001-1-1-0123456789abcdef01234567 --task-id 0123456789abcdef01234567

Whether OPPO still offers this call is not confirmed, nor what its names mean.")]
pub(crate) struct Args {
    /// OPPO's message_id of a push or of a saved message
    #[arg(value_name = "MESSAGE")]
    message_id: String,

    /// Only this broadcast of the message
    #[arg(long, value_name = "ID")]
    task_id: Option<String>,

    #[command(flatten)]
    certificate: CertificateFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Statistics, Failure> {
    let profile = ctx.profile()?;
    let mut problems: Vec<Problem> = check(&args.message_id, "MESSAGE").into_iter().collect();
    problems.extend(args.task_id.as_deref().and_then(|id| check(id, "--task-id")));
    if !problems.is_empty() {
        return Err(Failure::all(problems));
    }
    let question = Question::statistics(&args.message_id, args.task_id.as_deref());
    let (app, answered) = ask(ctx, &profile, &args.certificate, &question)?;
    let answer = as_it_came(answered.data);
    Ok(Statistics { app, message_id: args.message_id, task_id: args.task_id, unconfirmed: true, answer })
}

/// Why a text can't be one of OPPO's ids.
fn check(id: &str, place: &str) -> Option<Problem> {
    let hint = "give the id that OPPO answered, as the history shows it";
    if id.trim().is_empty() {
        Some(Problem::new(Kind::Empty, "the id is empty", hint).at(place))
    } else if id.chars().any(char::is_control) {
        Some(Problem::new(Kind::ControlCharacter, "the id has a control character", hint).at(place))
    } else if id.len() > 256 {
        let message = format!("the id has {} bytes; OPPO's are far shorter", id.len());
        Some(Problem::new(Kind::TooLong, message, hint).at(place))
    } else {
        None
    }
}

/// What `oppo statistics --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Statistics {
    #[serde(flatten)]
    app: App,
    message_id: String,
    task_id: Option<String>,
    /// Only one old client reads this answer.
    unconfirmed: bool,
    /// OPPO's data, as they came.
    answer: Value,
}

impl Report for Statistics {
    fn text(&self, page: &mut Page) {
        let task = self.task_id.as_ref().map(|id| format!(", task {id}")).unwrap_or_default();
        page.line(format!("statistics of {}{task}   {}", self.message_id, self.app.words()));
        lines(&self.answer, page);
        page.line("As OPPO answered; what the names mean is not confirmed.");
    }
}
