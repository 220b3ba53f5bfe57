//! Which link of the chain is broken: evidence gathered once, one pure check for each way to break, the first broken link named.
//! What a person sees of it belongs to the commands; the rule of who is pushed to, to `push`.

mod chain;
pub mod checks;
pub(crate) mod evidence;
mod finding;
pub(crate) mod gather;
pub(crate) mod im_message;
pub mod machine;
pub(crate) mod sent;
mod standing;

pub(crate) use chain::{Checked, Diagnosis, Verdict, examine};
pub(crate) use evidence::Evidence;
pub(crate) use finding::{Check, Status};
