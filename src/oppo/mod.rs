//! The vendor client: regions and hosts, regId forms, auth and its token cache, requests, retry, answers.

mod answer;
mod auth;
mod client;
mod credentials;
mod deadline;
mod error;
mod exchange;
mod feedback;
mod hosts;
mod http;
pub mod lock;
mod outcome;
mod reg_id;
mod request;
mod target;
mod token;
mod token_key;

pub(crate) use answer::Answer;
pub use auth::Verified;
pub use client::Client;
pub use credentials::Credentials;
pub(crate) use error::VendorError;
pub use error::{CallError, Cause};
pub(crate) use exchange::{ClockDifference, Exchange};
pub use feedback::InvalidRegIds;
pub use hosts::{Endpoints, Overrides};
pub use outcome::{Outcome, Sent, Unknown};
pub(crate) use reg_id::Home;
pub use reg_id::RegId;
pub use request::Call;
pub(crate) use request::Request;
pub use target::{Alias, Push, Target};
pub use token::{CachedToken, TokenCache};
pub use token_key::TokenKey;
