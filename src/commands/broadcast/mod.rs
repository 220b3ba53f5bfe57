//! `opush broadcast`: one message to many at once. This file is its root.
//! What a message may hold belongs to `notification`, when a call is made again to `push`.

mod printed;
pub(crate) mod save;
pub(crate) mod send;
pub(crate) mod status;

use super::noun::noun;

pub(crate) use printed::Broadcasts;

noun! {
    #[command(after_help = "Examples:
  opush broadcast save --title Hello --content \"news for many\"
  opush broadcast send 1 --reg-ids phones.txt
  opush broadcast send 1 --all --confirm com.example.demo
  opush broadcast status 1")]
    Save = save,
    Send = send,
    Status = status,
}
