//! When it may be shown and how long it is kept: time to live, show window, and what only broadcasts can schedule.
//! Time now is handed in; the ranges are in `limits`.

use super::Found;
use crate::clock::Timestamp;
use crate::failure::Kind;
use crate::notification::limits::{OFF_LINE_TTL, Range, SHOW_TTL, TIME};
use crate::notification::values::ShowTime;
use crate::notification::{Draft, Given, warning};
use std::time::Duration;

pub(super) fn check(draft: &Draft, now: Timestamp, found: &mut Found) {
    ttl("off_line_ttl", &draft.off_line_ttl, OFF_LINE_TTL, found);
    ttl("show_ttl", &draft.show_ttl, SHOW_TTL, found);
    if let (Some(off_line), Some(ttl)) = (&draft.off_line, &draft.off_line_ttl)
        && !off_line.value
    {
        let message = format!("off_line_ttl is {} s and off_line is false", ttl.value.as_secs());
        found.warn(warning::TTL_WITHOUT_EFFECT, message, &ttl.origin);
    }
    window(draft, now, found);
    if let Some(given) = draft.push_time_type.as_ref().filter(|given| given.value != 0) {
        let (kind, message) = match given.value {
            1 => (
                Kind::NotForUnicast,
                "push_time_type is 1 (scheduled), and only pushes to all users can be scheduled".to_owned(),
            ),
            other => (Kind::OutOfRange, format!("push_time_type is {other}; OPPO knows 0 (at once)")),
        };
        found.problem(kind, message, "Leave it out: a push to one phone goes out at once", &given.origin);
    }
}

fn ttl(name: &str, given: &Option<Given<Duration>>, range: Range, found: &mut Found) {
    let Some(Given { value, origin }) = given else { return };
    if value.subsec_nanos() != 0 {
        let message = format!("{name} is {value:?}; OPPO takes whole seconds");
        found.problem(Kind::OutOfRange, message, "Round it to whole seconds", origin);
    }
    found.range(name, i64::try_from(value.as_secs()).unwrap_or(i64::MAX), range, origin);
}

fn window(draft: &Draft, now: Timestamp, found: &mut Found) {
    let both = [("show_start_time", &draft.show_start_time), ("show_end_time", &draft.show_end_time)];
    for (name, given) in both {
        if let Some(given) = given {
            found.range(name, given.value.as_millisecond(), TIME, &given.origin);
        }
    }
    let windowed = draft.show_time_type.as_ref().filter(|given| given.value == ShowTime::Window);
    match windowed {
        Some(window) => {
            for (name, given) in both {
                if given.is_none() && !draft.unreadable.contains(name) {
                    let message = format!("show_time_type 1 needs {name}");
                    found.missing(&message, format!("Add {name} in milliseconds"), &window.origin);
                }
            }
        }
        None if draft.unreadable.contains("show_time_type") => {}
        None => {
            for (name, given) in both {
                if let Some(given) = given {
                    let message = format!("{name} is given and show_time_type is not 1");
                    let hint = "Add show_time_type 1, or leave the times out";
                    found.problem(Kind::ContradictoryFields, message, hint, &given.origin);
                }
            }
        }
    }
    let (Some(start), Some(end)) = (&draft.show_start_time, &draft.show_end_time) else { return };
    if start.value >= end.value {
        let message = format!("show_end_time {} is not after show_start_time {}", end.value, start.value);
        found.problem(Kind::BadTime, message, "Let the window end after it begins", &end.origin);
    } else if end.value <= now {
        let message = format!("show_end_time {} is past, so it would never be shown", end.value);
        found.problem(Kind::BadTime, message, "Give a window that is not over yet", &end.origin);
    }
}
