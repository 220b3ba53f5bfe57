//! The table of receipts.

mod matching;
mod model;
mod of_many;
mod table;

pub(super) use matching::settle;
pub use model::ReceiptFilter;
pub(crate) use model::{Event, NewReceipt, NewRejected, Receipt, Rejected};
pub(crate) use of_many::of_many;
pub use table::list;
pub(crate) use table::{keep, rejected};

#[cfg(test)]
pub(crate) use table::{record, reject};

#[cfg(test)]
mod tests;
