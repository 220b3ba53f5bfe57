//! UserIDs as arguments: each once, in the order given, all of them right or none is asked about.
//! What a UserID may be belongs to `config`; which exist, to the IM server.

use std::collections::BTreeSet;

use super::super::context::Ctx;
use crate::config::rules;
use crate::failure::{Failure, Kind, Problem};

/// The users without repeats, or everything wrong with them.
pub(crate) fn checked(users: &[String], place: &str, ctx: &Ctx) -> Result<Vec<String>, Failure> {
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
