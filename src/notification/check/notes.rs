//! Fields that are taken although they were not written as documented: one remark for all of a kind.

use super::found::Found;
use crate::notification::draft::Note;
use crate::notification::fields::{Applies, Field};
use crate::notification::{Draft, Origin, warning};
use strum::VariantArray;

pub(super) fn check(draft: &Draft, found: &mut Found) {
    for kind in Note::VARIANTS {
        let noted: Vec<_> = draft.notes.iter().filter(|(note, ..)| note == kind).collect();
        let Some((.., first)) = noted.first() else { continue };
        let names: Vec<&str> = noted.iter().map(|(_, field, _)| field.name()).collect();
        let place = match (noted.as_slice(), first) {
            ([_, _, ..], Origin::File { path, .. }) => path.clone(),
            _ => first.to_string(),
        };
        let (is, are, warning) = match kind {
            Note::Unset => ("is not set", "are not set", warning::NOT_SET),
            Note::Converted => ("has another type", "have another type", warning::OTHER_TYPE),
        };
        let message = format!("{} {}", names.join(", "), if names.len() == 1 { is } else { are });
        found.warn(warning, message, place);
    }
    for (field, given) in &draft.values {
        match field.row().applies {
            Applies::Unicast => {}
            Applies::BroadcastOnly(_) if draft.broadcast => {}
            Applies::PaidOnly => {
                found.warn(warning::PAID_FIELD, format!("{} is given", field.name()), &given.origin)
            }
            Applies::BroadcastOnly(reason) => not_used(*field, reason, &given.origin, found),
        }
    }
}

/// A field that is there, and that nothing in the message makes use of.
pub(super) fn not_used(field: Field, reason: &str, origin: &Origin, found: &mut Found) {
    found.warn(warning::NOT_USED, format!("{} is not used: {reason}", field.name()), origin);
}
