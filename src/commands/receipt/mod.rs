//! `opush receipt`: what OPPO posts back about a push.
//! How a callback is read and answered belongs to `receipts`, where it is kept to `store`.

mod list;
mod listen;
mod path_secret;
mod printed;

use super::noun::noun;

pub(crate) use list::Listed;
pub(crate) use listen::Listened;
pub(crate) use printed::ReceiptJson;

noun! {
    #[command(after_help = "Examples:
  opush receipt listen --listen 127.0.0.1:8767 --public-url https://push.example.com --path-secret
  opush receipt list --user alice --since 24h
  opush receipt list --rejected")]
    Listen = listen,
    List = list,
}
