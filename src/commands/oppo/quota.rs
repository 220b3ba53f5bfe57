//! `opush oppo quota`: what OPPO says of the day's pushes, as it came.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::super::context::Ctx;
use super::ask::{App, CertificateFlag, as_it_came, ask, lines};
use crate::failure::Failure;
use crate::oppo::Question;
use crate::output::{Page, Report};

/// Ask OPPO how many pushes the app may send, and show its answer as it came
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush oppo quota
  opush oppo quota --certificate 7005 --json

The names in OPPO's answer are not confirmed, so opush does not interpret them.")]
pub(crate) struct Args {
    #[command(flatten)]
    certificate: CertificateFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Quota, Failure> {
    let profile = ctx.profile()?;
    let (app, answered) = ask(ctx, &profile, &args.certificate, &Question::push_permit())?;
    Ok(Quota { app, unconfirmed: true, answer: as_it_came(answered.data) })
}

/// What `oppo quota --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Quota {
    #[serde(flatten)]
    app: App,
    /// No document that opush knows says what the names in the answer mean.
    unconfirmed: bool,
    /// OPPO's data, as they came.
    answer: Value,
}

impl Report for Quota {
    fn text(&self, page: &mut Page) {
        page.line(format!("quota of {}", self.app.words()));
        lines(&self.answer, page);
        page.line("As OPPO answered; what the names mean is not confirmed.");
    }
}
