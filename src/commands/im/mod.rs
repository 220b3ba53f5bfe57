//! `opush im`: the IM server's REST API from a terminal. This file is its root.
//! Calls, codes and the rules of a message belong to the room `im`.

pub(crate) mod account;
mod ask;
pub(crate) mod check;
pub(crate) mod kick;
pub(crate) mod loss;
pub(crate) mod send;
pub(crate) mod state;
pub(crate) mod trace;
pub(crate) mod usersig;
pub(crate) mod webhook;

use super::noun::noun;

noun! {
    #[command(after_help = "Examples:
  opush im check
  opush im state alice bob
  opush im send --to bob --text \"see you at 8?\" --title Alice --ext extKey=value --channel-id tuikit
  opush im usersig --user bob --expire 1h

These need [profile.NAME.im] in the configuration.")]
    Usersig = usersig,
    Check = check,
    State = state,
    Account = account,
    Send = send,
    Kick = kick,
    Trace = trace,
    Loss = loss,
    ;
    Webhook = webhook,
}
