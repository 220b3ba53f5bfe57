//! One message with its OfflinePushInfo: put together from flags and a file, validated whole, sent (IM reference, 7 and 8).
//! Whether a push follows is the IM server's decision; OPPO's own notification belongs to `notification`.

mod check;
mod checked;
mod draft;
mod fields;
mod lenient;
mod names;
mod no_push;
mod push_rules;
mod shape;
mod values;
mod warning;

pub(crate) use checked::{Checked, SentMessage};
pub(crate) use draft::{Draft, text_body};
pub(crate) use fields::MESSAGE;
pub(crate) use names::meant;
pub(crate) use no_push::{shows_nothing, switched_off};
pub(crate) use warning::WARNINGS;

use crate::failure::Problem;

/// What `im send` refuses in a message file with this text, for tests that compare it with another reader.
pub fn refused_in_file(text: &str) -> Vec<Problem> {
    Draft::default().read_json(text, "file").check().err().unwrap_or_default()
}

#[cfg(test)]
mod tests;
