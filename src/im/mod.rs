//! The IM server's REST side (Tencent Cloud Chat): UserSig, calls, presence, messages with OfflinePushInfo, traces, webhooks.
//! OPPO's own API belongs to `oppo`; what presence means for a push, to `push`.

pub mod account;
pub mod client;
pub mod codes;
pub mod envelope;
mod error;
pub mod hosts;
pub mod message;
pub mod presence;
pub mod trace;
pub mod user_sig;
pub mod webhook;

pub use client::{Answer, Caller, Client, Server};
pub use error::{ImError, Refusal};
pub use presence::{State, Terminal, UserState};
