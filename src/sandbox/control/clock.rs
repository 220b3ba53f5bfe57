//! The control API's clock: where it is, set, moved on, and back to the machine's. What became due meanwhile happens at once.

use super::super::changes::Change;
use super::super::clock::{self, ClockShown, MOST};
use super::super::moment::Moment;
use super::super::phone::{self, Flaw};
use super::super::posting;
use super::ask::Ask;
use super::refusal::{Answered, Refusal, ok};
use super::types::{NewTime, PassingTime};

pub(super) fn show(ask: &Ask<'_>, _: Moment<'_>) -> Answered {
    ok(ask.state.time())
}

pub(super) fn set(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let NewTime { now } = ask.body()?;
    move_to(ask, at, "now", Some(now))
}

pub(super) fn advance(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let PassingTime { by_ms } = ask.body()?;
    let time = ask.state.time().now.checked_add(by_ms).filter(|_| by_ms > 0);
    move_to(ask, at, "by_ms", time)
}

pub(super) fn follow(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    ask.no_body()?;
    move_to(ask, at, "now", Some(ask.state.time().machine))
}

fn move_to(ask: &Ask<'_>, at: Moment<'_>, field: &'static str, time: Option<i64>) -> Answered {
    let before = ask.state.time();
    let Some(time) = time.filter(|time| (0..=MOST).contains(time)) else {
        let message = "time goes on, and the clock's is from 1970 to 9999".to_owned();
        return Err(Refusal::flaw(Flaw { field: field.into(), message }));
    };
    let after = ClockShown::new(before.machine, time - before.machine);
    clock::set_ahead(at.tx, after.ahead_ms)?;
    ask.state.clock_is_ahead(after.ahead_ms);
    posting::clock_moved(at.tx, after.ahead_ms - before.ahead_ms)?;
    phone::settle_due(at.tx, after.now)?;
    ask.state.changes.note(Change::Clock);
    ok(after)
}
