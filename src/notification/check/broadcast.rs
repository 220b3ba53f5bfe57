//! Rules of what only a broadcast can carry: its speed, its picture, its time (OPPO reference, section 5).

use super::found::Found;
use super::notes;
use crate::clock::Timestamp;
use crate::failure::Kind;
use crate::notification::Draft;
use crate::notification::fields::Field;

/// Pushes a second.
const SPEEDS: std::ops::RangeInclusive<i64> = 1000..=10_000;

pub(super) fn check(draft: &Draft, now: Timestamp, found: &mut Found) {
    speed(draft, found);
    picture(draft, found);
    time(draft, now, found);
}

fn speed(draft: &Draft, found: &mut Found) {
    let rate = draft.number(Field::FixSpeedRate);
    match (draft.is(Field::FixSpeed, true), rate) {
        (Some(origin), None) if draft.lacks(Field::FixSpeedRate) => {
            let hint = "add fix_speed_rate, from 1000 to 10000 a second";
            found.problem(Kind::MissingField, "fix_speed is true without fix_speed_rate", hint, origin);
        }
        (Some(_), Some((rate, origin))) if !SPEEDS.contains(&rate) => {
            let message = format!("fix_speed_rate is {rate}; OPPO takes 1000 to 10000 a second");
            found.problem(Kind::OutOfRange, message, "give 1000 to 10000", origin);
        }
        (None, Some((_, origin))) => {
            notes::not_used(Field::FixSpeedRate, "fix_speed is not true", origin, found);
        }
        _ => {}
    }
    if let Some(origin) = draft.is(Field::FixSpeed, true).filter(|_| draft.is_big_picture()) {
        let message = "a fixed speed and a big picture (style 3) exclude each other";
        found.problem(Kind::ContradictoryFields, message, "leave one of the two out", origin);
    }
}

fn picture(draft: &Draft, found: &mut Found) {
    if draft.is_big_picture() {
        if let Some((_, origin)) = draft.number(Field::Style).filter(|_| draft.lacks(Field::BigPictureId)) {
            let hint = "add --big-picture FILE, or big_picture_id of a picture that was uploaded";
            found.problem(Kind::MissingField, "style 3 needs a big picture", hint, origin);
        }
    } else if let Some((_, origin)) = draft.text(Field::BigPictureId) {
        notes::not_used(Field::BigPictureId, "style is not 3 (big picture)", origin, found);
    }
}

fn time(draft: &Draft, now: Timestamp, found: &mut Found) {
    let start = draft.number(Field::PushStartTime);
    if !draft.is_scheduled() {
        if let Some((_, origin)) = start {
            notes::not_used(Field::PushStartTime, "push_time_type is not 1", origin, found);
        }
        return;
    }
    match (start, draft.number(Field::PushTimeType)) {
        (Some((start, origin)), _) if start <= now.as_millisecond() => {
            let message = "push_start_time is past";
            found.problem(Kind::BadTime, message, "give a time that is still to come", origin);
        }
        (None, Some((_, origin))) if draft.lacks(Field::PushStartTime) => {
            let message = "push_time_type 1 needs push_start_time";
            found.problem(Kind::MissingField, message, "add push_start_time in milliseconds", origin);
        }
        _ => {}
    }
}
