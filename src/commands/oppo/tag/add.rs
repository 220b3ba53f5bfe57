//! `opush oppo tag add`: makes a tag of the app.

use super::super::super::context::Ctx;
use super::super::ask::{CertificateFlag, ask};
use super::super::changed::Changed;
use crate::failure::Failure;
use crate::oppo::{Question, Tag};

/// Make a tag that regIds can subscribe to
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Its name, no semicolon
    #[arg(value_name = "TAG")]
    tag: String,

    /// What it is for
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    desc: Option<String>,

    #[command(flatten)]
    certificate: CertificateFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Changed, Failure> {
    let profile = ctx.profile()?;
    let tag = Tag::parse(&args.tag).map_err(|problem| problem.at("TAG"))?;
    let question = Question::add_tag(&tag, args.desc.as_deref());
    let (app, answered) = ask(ctx, &profile, &args.certificate, &question)?;
    Ok(Changed {
        words: format!("made   {}", args.tag),
        reg_id: None,
        alias: None,
        tags: Some(vec![args.tag]),
        done: true,
        elapsed_ms: answered.elapsed_ms(),
        app,
    })
}
