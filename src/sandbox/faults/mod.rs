//! Faults on purpose: what is to go wrong, for whom, how often; kept in the sandbox's database until cleared.
//! How a fault shows on the wire belongs to the server, `vendor` and `im`, which ask here whether one strikes.

mod check;
mod effect;
mod fate;
mod keep;
mod strike;
mod table;

#[cfg(test)]
mod tests;

pub use check::New;
pub(crate) use effect::Effect;
pub(crate) use fate::{Fate, invalid, of_message, of_push};
pub(crate) use keep::Fault;
pub use keep::clear;
pub(crate) use keep::list;
pub use keep::set;
pub(super) use strike::words;
pub(crate) use strike::{About, Struck, answer, page, strikes};
pub use table::CALLS;
pub(crate) use table::Kind;
pub(crate) use table::Row;
pub use table::Side;
pub use table::TABLE;
pub use table::Where;
pub(crate) use table::row;
