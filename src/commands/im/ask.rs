//! What commands that ask the IM server share: one question, users as arguments, and a list of which some failed.

use std::collections::BTreeSet;

use super::super::context::Ctx;
use crate::config::{Profile, rules};
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

/// The users without repeats, or everything wrong with them.
pub(crate) fn checked_users(users: &[String], place: &str, ctx: &Ctx) -> Result<Vec<String>, Failure> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    let mut problems = Vec::new();
    for user in users.iter().filter(|user| seen.insert(user.as_str())) {
        match rules::user_id(user) {
            Ok(()) => {
                warn_if_odd(user, place, ctx);
                all.push(user.clone());
            }
            Err(flaw) => {
                let shown: String = user.chars().take(40).collect();
                problems.push(
                    Problem::new(flaw.kind, format!("user {shown:?} {}", flaw.message), flaw.hint).at(place),
                );
            }
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(Failure::all(problems)) }
}

fn warn_if_odd(user: &str, place: &str, ctx: &Ctx) {
    if let Some(odd) = user.chars().find(|c| !c.is_ascii_graphic()) {
        let hint = "the client SDK's own check takes printable ASCII only and fails with 7003";
        let message = format!("the UserID {user:?} holds {odd:?}");
        ctx.warn(&Problem::new(Kind::BadName, message, hint).at(place));
    }
}
