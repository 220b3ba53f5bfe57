//! What OPPO posts back: reading a callback, the listener that answers 200 only once it is stored, waiting for receipts.
//! How receipts are kept and matched belongs to `store`, HTTP to `listen`.

mod address;
mod desk;
mod events;
mod parse;
mod serve;
pub(crate) mod waiting;
mod writer;

pub(crate) use address::{CallbackUrl, PublicUrl, check_secret};
pub(crate) use events::{meaning, remedy};
pub(crate) use serve::{Options, Totals, serve};
pub(crate) use writer::Event;

#[cfg(test)]
mod tests;
