//! `opush oppo alias set`: gives a regId an alias, whoever had it before.

use super::super::super::context::Ctx;
use super::super::ask::{CertificateFlag, ask, reg_id};
use super::super::changed::Changed;
use crate::failure::Failure;
use crate::oppo::{Alias, Question};

/// Give a regId an alias, whoever had it before
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// At most 64 characters, no semicolon
    #[arg(value_name = "ALIAS")]
    alias: String,

    /// The regId that gets it
    #[arg(long, value_name = "REGID")]
    reg_id: String,

    #[command(flatten)]
    certificate: CertificateFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Changed, Failure> {
    let profile = ctx.profile()?;
    let alias = Alias::parse(&args.alias).map_err(|problem| problem.at("ALIAS"));
    let (alias, reg_id) = match (alias, reg_id(&args.reg_id, &profile)) {
        (Ok(alias), Ok(reg_id)) => (alias, reg_id),
        (alias, reg_id) => return Err(Failure::all(alias.err().into_iter().chain(reg_id.err()).collect())),
    };
    let (app, answered) = ask(ctx, &profile, &args.certificate, &Question::set_alias(&reg_id, &alias))?;
    Ok(Changed {
        words: format!("set   {}   {}", args.alias, reg_id.as_str()),
        reg_id: Some(reg_id.as_str().to_owned()),
        alias: Some(args.alias),
        tags: None,
        done: true,
        elapsed_ms: answered.elapsed_ms(),
        app,
    })
}
