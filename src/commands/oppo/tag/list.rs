//! `opush oppo tag list`: the tags of a regId, and OPPO's answer as it came.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::super::super::context::Ctx;
use super::super::ask::{App, CertificateFlag, as_it_came, ask, lines, reg_id};
use crate::failure::Failure;
use crate::oppo::Question;
use crate::output::{Page, Report};

/// List the tags of a regId
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The regId
    #[arg(long, value_name = "REGID")]
    reg_id: String,

    #[command(flatten)]
    certificate: CertificateFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Tags, Failure> {
    let profile = ctx.profile()?;
    let reg_id = reg_id(&args.reg_id, &profile)?;
    let (app, answered) = ask(ctx, &profile, &args.certificate, &Question::all_tags(&reg_id))?;
    let answer = as_it_came(answered.data);
    Ok(Tags { app, reg_id: reg_id.as_str().to_owned(), tags: tags(&answer), unconfirmed: true, answer })
}

/// The list, alone or under `tags`.
fn tags(answer: &Value) -> Option<Vec<String>> {
    let list = answer.as_array().or_else(|| answer.get("tags")?.as_array())?;
    list.iter().map(|tag| tag.as_str().map(str::to_owned)).collect()
}

/// What `oppo tag list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Tags {
    #[serde(flatten)]
    app: App,
    reg_id: String,
    /// Null where the answer has no list of texts in a place that opush knows.
    tags: Option<Vec<String>>,
    /// The form of the answer is known from one client alone.
    unconfirmed: bool,
    /// OPPO's data, as they came.
    answer: Value,
}

impl Report for Tags {
    fn text(&self, page: &mut Page) {
        page.line(format!("tags of {}   {}", self.reg_id, self.app.words()));
        match &self.tags {
            Some(tags) if tags.is_empty() => page.line("  It has none."),
            Some(tags) => tags.iter().for_each(|tag| page.line(format!("  {tag}"))),
            None => {
                lines(&self.answer, page);
                page.line("As OPPO answered; the form of this answer is not confirmed.");
            }
        }
    }
}
