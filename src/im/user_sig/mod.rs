//! UserSig, the IM server's proof of who calls (TLSSigAPIv2, IM reference, section 6): making one and taking one apart.
//! Sending one along belongs to `client`; which administrator and key, to `config`.

mod claims;
mod flaw;
mod make;
mod verify;

pub use claims::Claims;
pub use claims::read;
pub(crate) use flaw::{Flaw, FlawKind};
pub use make::Order;
pub use make::make;
pub use verify::Expected;
pub use verify::verify;

#[cfg(test)]
mod tests;
