//! Tags given to a regId, or taken from it.

use super::super::super::context::Ctx;
use super::super::ask::{CertificateFlag, ask, reg_id};
use super::super::changed::Changed;
use crate::failure::{Failure, Problem};
use crate::oppo::{Question, RegId, Tag};

#[derive(clap::Args, Debug)]
pub(crate) struct TagsOfRegId {
    /// The tags
    #[arg(value_name = "TAG", required = true)]
    tags: Vec<String>,

    /// The regId
    #[arg(long, value_name = "REGID")]
    reg_id: String,

    #[command(flatten)]
    certificate: CertificateFlag,
}

pub(super) fn change(
    args: TagsOfRegId,
    ctx: &Ctx,
    question: fn(&RegId, &[Tag]) -> Question,
    word: &str,
) -> Result<Changed, Failure> {
    let profile = ctx.profile()?;
    let mut problems: Vec<Problem> = Vec::new();
    let mut tags = Vec::new();
    for tag in &args.tags {
        match Tag::parse(tag) {
            Ok(tag) => tags.push(tag),
            Err(problem) => problems.push(problem.at("TAG")),
        }
    }
    let reg_id = match reg_id(&args.reg_id, &profile) {
        Ok(reg_id) if problems.is_empty() => reg_id,
        found => return Err(Failure::all(problems.into_iter().chain(found.err()).collect())),
    };
    let (app, answered) = ask(ctx, &profile, &args.certificate, &question(&reg_id, &tags))?;
    Ok(Changed {
        words: format!("{word}   {}   {}", args.tags.join(", "), reg_id.as_str()),
        reg_id: Some(reg_id.as_str().to_owned()),
        alias: None,
        tags: Some(args.tags),
        done: true,
        elapsed_ms: answered.elapsed_ms(),
        app,
    })
}
