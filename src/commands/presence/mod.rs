//! `opush presence`: the state of a user's app, and what the offline-push rule makes of it.
//! Whom a login kicks and what a state means belongs to `push`, where it is kept to `store`.

pub(crate) mod clear;
pub(crate) mod explain;
pub(crate) mod printed;
pub(crate) mod set;
mod show;

use super::noun::noun;

noun! {
    #[command(after_help = "Examples:
  opush presence set --user alice killed
  opush presence set --user alice --device pad online
  opush presence clear --user alice
  opush presence show --user alice
  opush presence explain --user alice

REST and the client SDK use the word \"offline\" for different things: the SDK's OFFLINE is REST's PushOnline,
REST's Offline is the SDK's UNLOGINED. Every table shows both.")]
    Set = set,
    Clear = clear,
    Show = show,
    Explain = explain,
}
