//! Faults on purpose: what goes wrong, for which calls, how often; kept in the sandbox's database until cleared.

mod check;
mod effect;
mod fate;
mod keep;
mod strike;
mod table;

#[cfg(test)]
mod tests;

pub use check::NewFault;
pub(crate) use fate::{PushLoss, invalid, of_message, of_push};
pub(crate) use keep::{Fault, are_set, list};
pub use keep::{clear, set};
pub(super) use strike::words;
pub(crate) use strike::{About, Struck, answer, page, strikes};
pub use table::{CALLS, Side, TABLE, Where};
pub(crate) use table::{Effect, Kind, Row, row};
