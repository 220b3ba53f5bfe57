//! What the commands that listen share: where they do, the file that says that they answer, the bearer token.

use serde::Serialize;
use serde_json::json;

use super::context::Ctx;
use crate::config::{Secret, files};
use crate::failure::{Failure, Kind, Problem};
use crate::flags::ListenFlags;
use crate::listen::ListenOn;

/// Shorter tokens could be guessed.
const LEAST: usize = 16;

pub(super) fn listen_on(flags: &ListenFlags) -> ListenOn {
    ListenOn {
        address: flags.listen,
        beyond_loopback: flags.beyond_loopback,
        names: flags.allow_host.clone(),
    }
}

/// Writes the ready file, if one is wanted.
pub(super) fn say_ready(
    flags: &ListenFlags,
    ready: &impl Serialize,
    mode: files::Mode,
    ctx: &Ctx,
) -> Result<(), Failure> {
    if let Some(path) = &flags.ready_file {
        files::replace(&ctx.paths.absolute(path), format!("{}\n", json!(ready)).as_bytes(), mode)?;
    }
    Ok(())
}

/// A bearer token that a person gave at `place`, if it can be one.
pub(super) fn bearer_token(text: &str, place: &str) -> Result<Secret, Failure> {
    let printable = text.chars().all(|c| c.is_ascii_graphic());
    if text.len() < LEAST || !printable {
        let message =
            format!("the bearer token must be at least {LEAST} printable ASCII characters without spaces");
        let hint = "make one: openssl rand -hex 16";
        return Err(Problem::new(Kind::UnusableSecret, message, hint).at(place).into());
    }
    Ok(Secret::new(text))
}
