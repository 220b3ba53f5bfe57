//! What OPPO posts back: reading a callback, the listener that answers 200 only once it is stored, waiting for receipts.
//! How receipts are kept and matched belongs to `store`, HTTP to `listen`.

mod address;
mod events;
mod handler;
mod listener;
mod parse;
mod serve;
mod totals;
mod wait;
mod writer;

pub(crate) use address::{CallbackUrl, PublicUrl, check_secret};
pub(crate) use events::{meaning, remedy};
pub(crate) use listener::ReceiptListener;
pub(crate) use parse::parse as parse_callback;
pub(crate) use serve::{Options, serve};
pub(crate) use totals::{Event, Totals};
pub(crate) use wait::{AwaitedReceipt, Listening, in_words, wait_for_receipts};

#[cfg(test)]
mod tests;
