//! Payloads as people have them: what it is, what OPPO would make of it, what is wrong, and the corrected message.
//! The rules of a notification belong to `notification`, those of the IM server to `im`; nothing is read twice here.

mod answers;
mod curl;
mod descend;
mod embedded;
mod im_names;
mod item;
mod judge;
mod kind;
mod layers;
mod path;
mod payload;
mod receipt;
mod repair;
#[cfg(test)]
mod tests;
mod warning;
mod wrappers;

pub(crate) use answers::{CodeOf, Meaning};
pub(crate) use item::Item;
pub(crate) use judge::{Linted, lint};
pub(crate) use kind::{Layer, PayloadKind};
pub(crate) use repair::{Fixed, fix};
pub(crate) use warning::WARNINGS;
