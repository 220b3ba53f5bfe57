//! A phone as the control API answers it: with the session on it, which phones themselves know nothing of.

use rusqlite::Transaction;
use serde::Serialize;

use super::super::im;
use super::super::phone::Phone;
use super::super::state::State;
use super::ask::Ask;
use super::refusal::{Answered, Refusal, ok};

pub(super) fn with_session(tx: &Transaction<'_>, state: &State, mut phone: Phone) -> rusqlite::Result<Phone> {
    phone.session = im::show(tx, &state.rules, state.now(), &phone.name)?;
    Ok(phone)
}

/// What was found for the phone in the path; `None`: there is no such phone.
pub(super) fn or_no_phone(ask: &Ask<'_>, found: Option<impl Serialize>) -> Answered {
    found.map_or_else(|| Err(Refusal::no_phone(ask.name())), ok)
}
