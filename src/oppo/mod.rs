//! The vendor client: regions and hosts, regId forms, auth and its token cache, requests, retry, answers.
//! What may stand in a notification belongs to `notification`; what a code means, to `return_codes`.

mod answer;
mod auth;
mod callback;
mod client;
mod credentials;
mod deadline;
mod error;
mod exchange;
mod feedback;
mod form;
mod hosts;
mod http;
pub mod lock;
mod masking;
mod outcome;
mod reg_id;
mod request;
mod target;
mod token;
mod verify;

pub use crate::transport::is_loopback;
pub use answer::{Answer, read};
pub use client::{Client, DEFAULT_TIMEOUT, MAX_TRIES};
pub use credentials::Credentials;
pub use error::{CallError, Cause, VendorError};
pub use exchange::Exchange;
pub use feedback::InvalidRegIds;
pub use hosts::{Endpoints, HostsError, Overrides};
pub use outcome::{Outcome, Sent, Unknown, Warning};
pub use reg_id::{Home, RegId, RegIdError, WrongRegion};
pub use request::{Call, Request};
pub use target::{Alias, AliasError, Push, Target};
pub use token::{CachedToken, TokenCache, TokenKey};
pub use verify::{ClockDifference, Verified};
