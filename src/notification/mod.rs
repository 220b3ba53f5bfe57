//! The typed vendor message: every field, its limits, the rules between fields, its wire form.
//! Who it goes to, and how it is sent, belongs to `oppo` and `push`.

mod check;
mod checked;
mod draft;
mod extras;
mod file;
mod json;
pub mod limits;
mod origin;
mod read;
mod unknown;
mod values;
mod warning;
mod wire;

pub use checked::Checked;
pub use draft::Draft;
pub use origin::{Given, Origin};
pub use unknown::no_sound;
pub use values::{Network, NotifyLevel, ShowTime, Style};
pub use warning::{WARNINGS, Warning};

/// What a unicast is addressed to, as far as a notification's rules depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetKind {
    RegId,
    Alias,
}

#[cfg(test)]
mod tests;
