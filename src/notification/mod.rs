//! The typed vendor message: every field, its limits, the rules between fields, its wire form.
//! Who it goes to, and how it is sent, belongs to `oppo` and `push`.

mod check;
mod checked;
mod draft;
mod extras;
mod file;
mod json;
pub(crate) mod limits;
mod origin;
mod read;
mod unknown;
mod values;
mod warning;
mod wire;

pub(crate) use checked::Checked;
pub(crate) use draft::Draft;
pub(crate) use origin::{Given, Origin};
pub(crate) use unknown::no_sound;

/// What a unicast is addressed to, as far as a notification's rules depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TargetKind {
    RegId,
    Alias,
}

#[cfg(test)]
mod tests;
