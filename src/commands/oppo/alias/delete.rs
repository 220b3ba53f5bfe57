//! `opush oppo alias delete`: takes an alias from whichever regId has it.

use super::super::super::context::Ctx;
use super::super::ask::{CertificateFlag, ask};
use super::super::changed::Changed;
use crate::failure::Failure;
use crate::oppo::{Alias, Question};

/// Take an alias from the regId that has it
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The alias
    #[arg(value_name = "ALIAS")]
    alias: String,

    #[command(flatten)]
    certificate: CertificateFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Changed, Failure> {
    let profile = ctx.profile()?;
    let alias = Alias::parse(&args.alias).map_err(|problem| problem.at("ALIAS"))?;
    let (app, answered) = ask(ctx, &profile, &args.certificate, &Question::delete_alias(&alias))?;
    Ok(Changed {
        words: format!("deleted   {}", args.alias),
        reg_id: None,
        alias: Some(args.alias),
        tags: None,
        done: true,
        elapsed_ms: answered.elapsed_ms(),
        app,
    })
}
