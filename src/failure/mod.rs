//! What a person sees when something fails: one or more problems, each with its kind, place and remedy, and the exit code.
//! How a failure is printed belongs to `output`; what a vendor's code means belongs to `return_codes`.

#[allow(clippy::module_inception)]
mod failure;
mod kinds;
mod problem;
mod remedy;
#[cfg(test)]
mod tests;
mod warning;

pub use failure::{Explain, Failure};
pub use kinds::{Class, Kind};
pub use problem::Problem;
pub use remedy::Remedy;
pub(crate) use remedy::shell_word;
pub use warning::Warning;
pub(crate) use warning::{WarningKind, warning_kinds};
