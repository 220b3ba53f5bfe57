//! Channel, category and notify level: what decides whether and how loudly it is shown (OPPO reference, sections 5, 9, 10).
//! Whether OPPO granted a category cannot be known here; code 67 tells.

use super::Found;
use crate::notification::limits::CHANNEL_ID;
use crate::notification::{Draft, warning};

pub(super) fn check(draft: &Draft, found: &mut Found) {
    found.identifier("channel_id", &draft.channel_id);
    found.identifier("category", &draft.category);
    found.identifier("small_picture_id", &draft.small_picture_id);
    match &draft.channel_id {
        None if !draft.unreadable.contains("channel_id") => {
            found.warn(warning::CHANNEL_MISSING, "channel_id is missing", "--channel-id");
        }
        Some(given) => {
            let units = given.value.encode_utf16().count();
            if CHANNEL_ID.warn.is_some_and(|limit| units > limit) {
                let message = format!("channel_id has {units} characters");
                found.warn(warning::CHANNEL_LENGTH_UNKNOWN, message, &given.origin);
            }
        }
        None => {}
    }
    if let Some(given) = &draft.category
        && !given.value.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
    {
        let message = format!("category is {}", crate::click::quoted(&given.value));
        found.warn(warning::CATEGORY_UNUSUAL, message, &given.origin);
    }
    if let Some(given) = &draft.notify_level
        && draft.category.is_none()
        && !draft.unreadable.contains("category")
    {
        let message = format!("notify_level {} needs a category", given.value.to_wire());
        found.missing(&message, "Add --category, such as IM, or leave notify_level out", &given.origin);
    }
}
