//! Rules between fields: what must be there, the show window, and values that contradict each other.

use super::found::Found;
use super::notes;
use crate::clock::Timestamp;
use crate::failure::Kind;
use crate::notification::fields::{Field, WINDOW};
use crate::notification::{Draft, TargetKind, categories, warning};

/// What every push has, unless a private template is given.
pub(super) fn required(draft: &Draft, found: &mut Found) {
    if draft.values.contains_key(&Field::PrivateMsgTemplateId) {
        return;
    }
    for field in Field::unicast().filter(|field| field.row().required && draft.lacks(*field)) {
        let (name, flag) = (field.name(), field.given_by());
        let hint = format!("give {flag}, or {name} in the message file");
        found.problem(Kind::MissingField, format!("{name} is missing"), hint, flag);
    }
}

pub(super) fn check(draft: &Draft, now: Timestamp, target: TargetKind, found: &mut Found) {
    if let (Some(_), Some((ttl, origin))) = (draft.is(Field::OffLine, false), draft.number(Field::OffLineTtl))
    {
        let message = format!("off_line_ttl is {ttl} s and off_line is false");
        found.warn(warning::TTL_WITHOUT_EFFECT, message, origin);
    }
    window_type(draft, found);
    window_times(draft, now, found);
    if let Some((_, origin)) = draft.text(Field::CallBackUrl).filter(|_| target == TargetKind::Alias) {
        let message = "call_back_url is for pushes to a regId, and this one goes to an alias";
        found.problem(Kind::ContradictoryFields, message, "push to the regId, or leave it out", origin);
    }
    if draft.lacks(Field::ChannelId) {
        found.warn(warning::CHANNEL_MISSING, "channel_id is missing", "--channel-id");
    }
    if let Some((category, origin)) = draft.text(Field::Category)
        && let Some(unusual) = categories::unusual(category)
    {
        found.warn(warning::CATEGORY_UNUSUAL, format!("category is {unusual}"), origin);
    }
    if let Some((zone, origin)) = draft.text(Field::TimeZone).filter(|(zone, _)| !is_time_zone(zone)) {
        let message = format!("time_zone is {}", crate::click::quoted(zone));
        found.warn(warning::TIME_ZONE_UNUSUAL, message, origin);
    }
    if let Some((operation, origin)) = draft.number(Field::BadgeOperationType)
        && ![0, 1].contains(&operation)
    {
        let message = format!("badge_operation_type is {operation}");
        found.warn(warning::BADGE_OPERATION_UNKNOWN, message, origin);
    }
    if draft.broadcast {
        super::broadcast::check(draft, now, found);
    } else if let Some(origin) = draft.is(Field::FixSpeed, true) {
        let message = "fix_speed is true, and only a broadcast has a speed";
        found.problem(Kind::NotForUnicast, message, "leave it out", origin);
    }
}

/// GMT+08:00, the form that is known.
fn is_time_zone(zone: &str) -> bool {
    let part =
        |text: &str, most: u32| text.len() == 2 && text.parse().is_ok_and(|number: u32| number <= most);
    let offset = zone.strip_prefix("GMT").and_then(|rest| rest.strip_prefix(['+', '-']));
    let parts = offset.and_then(|offset| offset.split_once(':'));
    parts.is_some_and(|(hours, minutes)| part(hours, 14) && part(minutes, 59))
}

const TIMES: [Field; 2] = [Field::ShowStartTime, Field::ShowEndTime];

/// Both times are there with show_time_type 1; without it they are not used.
fn window_type(draft: &Draft, found: &mut Found) {
    match draft.number(Field::ShowTimeType) {
        Some((WINDOW, origin)) => {
            for name in TIMES.into_iter().filter(|field| draft.lacks(*field)).map(Field::name) {
                let message = format!("show_time_type {WINDOW} needs {name}");
                found.problem(Kind::MissingField, message, format!("add {name} in milliseconds"), origin);
            }
        }
        None if !draft.lacks(Field::ShowTimeType) => {}
        _ => {
            let reason = format!("show_time_type is not {WINDOW}");
            for (field, origin) in TIMES.into_iter().filter_map(|field| Some((field, draft.number(field)?.1)))
            {
                notes::not_used(field, &reason, origin, found);
            }
        }
    }
}

fn window_times(draft: &Draft, now: Timestamp, found: &mut Found) {
    let [start, end] = TIMES.map(|field| {
        let (milliseconds, origin) = draft.number(field)?;
        Some((Timestamp::from_millisecond(milliseconds).ok()?, origin))
    });
    let (Some((start, _)), Some((end, origin))) = (start, end) else { return };
    if !draft.has_window() {
        return;
    }
    if start >= end {
        let message = format!("show_end_time {end} is not after show_start_time {start}");
        found.problem(Kind::BadTime, message, "let the window end after it begins", origin);
    } else if end <= now {
        let message = format!("show_end_time {end} is past, so it would never be shown");
        found.problem(Kind::BadTime, message, "give a window that is not over yet", origin);
    }
}
