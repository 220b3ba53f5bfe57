//! What OPPO posts back: reading a callback, the listener that answers 200 only once it is stored, waiting for receipts.
//! How receipts are kept and matched belongs to `store`, HTTP to `listen`.

mod address;
mod desk;
mod events;
mod parse;
mod serve;
pub mod waiting;
mod writer;

pub use address::{CallbackUrl, PublicUrl, SecretFault, check_secret};
pub use events::{meaning, remedy};
pub use parse::{NotReceipt, Parsed, parse};
pub use serve::{Options, Serving, Totals, serve};
pub use writer::Event;

#[cfg(test)]
mod tests;
