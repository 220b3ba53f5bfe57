//! The control API's faults: set, listed, cleared.

use super::super::faults::{self, NewFault, TABLE};
use super::super::moment::Moment;
use super::super::{app, im};
use super::ask::Ask;
use super::refusal::{Answered, Refusal, created, done, items};

pub(super) fn list(_: &Ask<'_>, at: Moment<'_>) -> Answered {
    items(faults::list(at.tx)?)
}

/// Every fault that can be set.
pub(super) fn known(_: &Ask<'_>, _: Moment<'_>) -> Answered {
    items(TABLE.to_vec())
}

pub(super) fn set(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let new: NewFault = ask.body()?;
    Refusal::flaws(&new.flaws())?;
    if let Some(wanted) = &new.app {
        let of_im = im::apps(at.tx)?.iter().any(|app| app.sdk_app_id.to_string() == *wanted);
        if !of_im && app::by_id(at.tx, wanted)?.is_none() {
            return Err(Refusal::no_app(wanted));
        }
    }
    created(faults::set(at.tx, at.now, &new)?)
}

pub(super) fn clear_all(_: &Ask<'_>, at: Moment<'_>) -> Answered {
    faults::clear(at.tx, None)?;
    done()
}

pub(super) fn clear(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    match ask.name().parse() {
        Ok(id) if faults::clear(at.tx, Some(id))? > 0 => done(),
        _ => Err(Refusal::not_found("unknown-fault", format!("there is no fault {}", ask.name()))),
    }
}
