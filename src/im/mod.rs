//! The IM server's REST side (Tencent Cloud Chat): UserSig, calls, presence, messages with OfflinePushInfo, traces, webhooks.
//! OPPO's own API belongs to `oppo`; what presence means for a push, to `push`.

pub(crate) mod account;
pub(crate) mod client;
pub(crate) mod codes;
pub(crate) mod envelope;
mod error;
pub mod message;
pub(crate) mod presence;
pub(crate) mod trace;
pub mod user_sig;
pub(crate) mod webhook;

pub(crate) use client::{Caller, Client, Server};
pub(crate) use error::{ImError, Refusal};
pub(crate) use presence::{State, Terminal, UserState};
