//! Simulated phones: what they are, how a push reaches them or is lost, where a tap lands.

mod accept;
mod arrive;
mod change;
mod check;
mod fate;
mod filter;
mod forget;
mod intent;
mod link;
mod many;
mod model;
mod names;
mod new;
mod read;
mod reasons;
mod receiver;
mod reg_id_state;
mod registration;
mod resolve;
mod session;
mod settle;
mod stage;
mod tap;

#[cfg(test)]
mod tests;

pub(crate) use accept::{accept, accept_alias};
pub(crate) use arrive::arrive;
pub use change::{Change, remove, set};
pub(crate) use check::Flaw;
pub(crate) use filter::Filter;
pub(crate) use forget::forgotten;
pub(crate) use many::add_many;
pub use model::Network;
pub(crate) use model::{Activity, Brand, Channel, Importance, Phone};
pub(crate) use names::CONTENT_CHANNEL;
pub use new::{Click, PhoneSpec, add};
pub(crate) use read::{
    Detail, Message, count, find, first, has_reached, is_due, message_ids, message_of_row, messages_of,
    of_row, of_session, settle_due, show,
};
pub use read::{Wanted, list, messages};
pub(crate) use reasons::{MEANINGS, explain};
pub(crate) use receiver::{Addressee, look_up};
pub(crate) use reg_id_state::RegIdState;
pub(crate) use registration::{delete_alias, has_ever_registered, invalid, reg_id_of_alias};
pub use registration::{register_anew, set_alias};
pub(crate) use session::{PresenceState, RestState, SdkState, Session};
pub(crate) use stage::Stage;
pub(crate) use tap::{Dismissal, Tap, dismiss, tap, tap_of};
