//! The control API's faults: set, listed, cleared.

use super::super::faults::{self, NewFault};
use super::super::{app, im};
use super::ask::Ask;
use super::refusal::{Answered, Refusal, created, done, ok};
use super::types::Items;

pub(super) fn list(ask: &Ask<'_>) -> Answered {
    ok(Items { items: ask.state.with(faults::list)? })
}

pub(super) fn set(ask: &Ask<'_>) -> Answered {
    let new: NewFault = ask.body()?;
    Refusal::flaws(&new.flaws())?;
    let set = ask.state.with(|tx| {
        if let Some(wanted) = &new.app {
            let of_im = im::apps(tx)?.iter().any(|app| app.sdk_app_id.to_string() == *wanted);
            if !of_im && app::by_id(tx, wanted)?.is_none() {
                return Ok(Err(Refusal::no_app(wanted)));
            }
        }
        faults::set(tx, ask.state.now(), &new).map(Ok)
    })?;
    created(set?)
}

pub(super) fn clear_all(ask: &Ask<'_>) -> Answered {
    ask.state.with(|tx| faults::clear(tx, None))?;
    done()
}

pub(super) fn clear(ask: &Ask<'_>) -> Answered {
    let cleared = match ask.name().parse::<i64>() {
        Ok(id) => ask.state.with(|tx| faults::clear(tx, Some(id)))?,
        Err(_) => 0,
    };
    if cleared > 0 {
        return done();
    }
    Err(Refusal::not_found("unknown-fault", format!("there is no fault {}", ask.name())))
}
