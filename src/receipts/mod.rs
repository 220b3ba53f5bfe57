//! What OPPO posts back: reading a callback, the listener that answers 200 only once it is stored, waiting for receipts.
//! How receipts are kept and matched belongs to `store`, HTTP to `listen`.

mod address;
mod events;
mod handler;
mod listener;
mod parse;
mod serve;
mod wait;
mod writer;

pub(crate) use address::{CallbackUrl, PublicUrl, check_secret};
pub(crate) use events::meaning;
#[cfg(test)]
pub(crate) use events::remedy;
pub(crate) use listener::{ReceiptListener, random_path_secret};
pub(crate) use serve::{Options, Totals, serve};
pub(crate) use wait::{AwaitedReceipt, Listening, in_words, wait_for_receipts};
pub(crate) use writer::Event;

#[cfg(test)]
mod tests;
