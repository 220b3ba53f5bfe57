//! The state database: auth tokens, token reports, presence, deliveries, receipts; migrations. Plain functions over plain SQL.
//! What the rows mean for a push belongs to `push`; how tokens are renewed, to `oppo`.

pub(crate) mod auth_tokens;
pub(crate) mod batch;
pub(crate) mod broadcasts;
mod columns;
mod database;
pub mod deliveries;
pub(crate) mod devices;
mod error;
pub(crate) mod health;
pub mod im_events;
pub(crate) mod pictures;
pub mod presence;
mod process;
mod query;
pub mod receipts;
pub(crate) mod reports;
pub(crate) mod retention;
mod schema;
pub mod source;
#[cfg(test)]
mod statements;
pub(crate) mod users;

use columns::{cut, optional_time_at, time_at, to_ms};
pub(crate) use database::Keep;
pub use database::Store;
pub(crate) use error::StoreError;

#[cfg(test)]
mod tests;
