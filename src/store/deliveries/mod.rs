//! The table of deliveries.

mod filter;
mod find;
mod model;
mod row;
mod write;

pub(crate) use filter::Filter;
pub(crate) use find::{Pages, after, again, earlier_with_same_id, list, newest, pending, show};
pub use model::{Completion, DeliveryTarget, NewDelivery, Outcome};
pub(crate) use model::{Delivery, DeliveryId, STOPPED, Status};
pub(crate) use write::hold_back;
pub use write::{begin, complete};

#[cfg(test)]
mod plans;
#[cfg(test)]
mod tests;
