//! Which link of the chain is broken: evidence gathered once, one pure check for each way to break, the first broken link named.
//! What a person sees of it belongs to the commands; the rule of who is pushed to, to `push`.

mod chain;
pub mod checks;
pub mod evidence;
mod finding;
pub mod gather;
pub mod im_message;
pub mod machine;
pub mod sent;
mod standing;

pub use chain::{Checked, Diagnosis, Verdict, examine};
pub use evidence::Evidence;
pub use finding::{Check, Finding, Skipped, Status};
