//! The typed vendor message: every field, its limits, the rules between fields, its wire form.

pub(crate) mod categories;
mod check;
mod checked;
mod draft;
mod extras;
mod fields;
mod file;
mod json;
mod opened;
mod origin;
mod payload;
mod plain;
mod read;
mod refusal;
mod set;
mod unknown;
mod warning;
mod wire;

pub(crate) use check::Judged;
pub(crate) use checked::{Checked, TargetKind};
pub(crate) use draft::Draft;
pub(crate) use fields::Field;
pub(crate) use json::{is_escaped_twice, parse as parse_json};
pub(crate) use opened::click_target;
pub(crate) use origin::{Given, Origin};
pub(crate) use payload::{Form, form_body, snake_case};
pub(crate) use plain::is_plain;
pub(crate) use refusal::{Refusal, refusal};
pub(crate) use unknown::{meant, no_sound};
pub(crate) use warning::WARNINGS;

use crate::clock::Timestamp;
use crate::failure::Problem;

/// What `send` refuses in a message file with this text, for tests that compare it with another reader.
pub fn refused_in_file(text: &str, now: Timestamp) -> Vec<Problem> {
    Draft::new().read_json(text, "file").check(now, TargetKind::RegId).err().unwrap_or_default()
}

#[cfg(test)]
mod tests;
