//! The secret in the path of the callback URL: made here, or taken from where secrets are kept; never an argument.
//! What it must look like belongs to `receipts`.

use super::super::context::Ctx;
use crate::config::{Secret, SecretFile, SecretRef, piped};
use crate::failure::{Failure, Problem};
use crate::flags::{PathSecretFlags, SecretSource};
use crate::receipts::check_secret;

/// The secret that the flags ask for, if they ask for one.
pub(crate) fn of(flags: &PathSecretFlags, ctx: &Ctx) -> Result<Option<Secret>, Failure> {
    let (secret, flag) = match flags.source() {
        None if flags.path_secret => return Ok(Some(Secret::random())),
        None => return Ok(None),
        Some(SecretSource::Env(name)) => {
            (got(SecretRef::Env(name), "--path-secret-env", ctx)?, "--path-secret-env")
        }
        Some(SecretSource::File(path)) => {
            let path = ctx.paths.absolute(&path);
            let file = SecretFile { written: ctx.paths.friendly(&path), path };
            (got(SecretRef::File(file), "--path-secret-file", ctx)?, "--path-secret-file")
        }
        Some(SecretSource::Stdin) => {
            let flag = "--path-secret-stdin";
            let secret = match ctx.prompt() {
                Some(prompt) => Secret::new(prompt.secret("path secret (not shown)", &|text| {
                    check_secret(text).map_err(|problem| problem.message)
                })?),
                None => piped(flag)?,
            };
            (secret, flag)
        }
    };
    check_secret(secret.reveal()).map_err(|problem| problem.at(flag))?;
    Ok(Some(secret))
}

fn got(reference: SecretRef, flag: &str, ctx: &Ctx) -> Result<Secret, Problem> {
    // Neither form runs a command, so no trust is needed.
    let resolved = reference.resolve(&ctx.environment).map_err(|problem| problem.at(flag))?;
    if let Some(warning) = resolved.warning {
        ctx.warn(&warning.at(flag));
    }
    Ok(resolved.secret)
}
