//! What commands that ask the IM server one question share.

use super::super::context::Ctx;
use crate::config::Profile;
use crate::failure::{Failure, Kind, Problem};
use crate::im::Client;
use crate::services::{ImService, Setup};

/// One question to the profile's IM server, from opening the way to it until that is closed again.
pub(crate) fn ask<T, E: Into<Failure>>(
    ctx: &Ctx,
    profile: &Profile,
    question: impl AsyncFnOnce(&Client) -> Result<T, E>,
) -> Result<T, Failure> {
    ctx.block_on(async {
        let service = ImService::open(ctx, profile, Setup::Register).await?;
        let answer = question(&service.client).await;
        service.close().await;
        answer.map_err(E::into)
    })
}

/// The problem of a list of which some failed: the one they share if all did, else that it is partly done.
pub(crate) fn some_failed<'a>(errors: impl Iterator<Item = &'a Problem>, total: usize) -> Option<Problem> {
    let errors: Vec<&Problem> = errors.collect();
    let first = errors.first()?;
    if errors.len() < total {
        let message = format!("{} of {total} users could not be looked up", errors.len());
        return Some(Problem::new(Kind::PartlyDone, message, "each user's error says why"));
    }
    let problem = Problem::new(first.kind, first.message.clone(), &first.hint);
    Some(Problem { code: first.code, ..problem })
}
