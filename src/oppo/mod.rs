//! The vendor client: regions and hosts, regId forms, auth and its token cache, requests, retry, answers.
//! What a notification may contain belongs to `notification`; what a code means, to `return_codes`.

mod answer;
mod auth;
mod client;
mod clock_difference;
mod credentials;
mod deadline;
mod error;
mod exchange;
mod feedback;
mod form;
mod hosts;
mod http;
pub mod lock;
mod outcome;
mod reg_id;
mod request;
mod target;
mod token;
mod token_key;
mod verify;

pub(crate) use answer::Answer;
pub use client::Client;
pub(crate) use clock_difference::ClockDifference;
pub use credentials::Credentials;
pub use error::CallError;
pub use error::Cause;
pub(crate) use error::VendorError;
pub(crate) use exchange::Exchange;
pub use feedback::InvalidRegIds;
pub use hosts::Endpoints;
pub use hosts::Overrides;
pub use outcome::Outcome;
pub use outcome::Sent;
pub use outcome::Unknown;
pub(crate) use reg_id::Home;
pub use reg_id::RegId;
pub use request::Call;
pub(crate) use request::Request;
pub use target::Alias;
pub use target::Push;
pub use target::Target;
pub use token::CachedToken;
pub use token::TokenCache;
pub use token_key::TokenKey;

pub use verify::Verified;
