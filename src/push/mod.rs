//! The rules that tie the rooms together: which reports are taken, who is pushed to, a delivery's story.
//! The wire belongs to `oppo`, the tables to `store`, what a person sees to the commands.

pub mod app_message_id;
mod brand;
pub mod bulk;
mod check;
mod decision;
mod deliver;
mod draft;
mod empty_token;
mod names;
mod oppo_sender;
pub mod presence;
mod reports;
mod sender;
mod to_user;
mod token;

pub use brand::{OPPO_BRANDS, platform_for};
pub use check::{Check, check};
pub use decision::{
    Answer, Decision, EXPIRES_AFTER, KnownCertificate, Message, RULE, Situation, Standing, Walked, Went, ask,
    decide, known_certificates, walk,
};
pub use deliver::{Delivered, Delivery, deliver, overall};
pub use draft::with_certificate;
pub use names::user_problems;
pub use oppo_sender::{OppoSender, StoredTokens};
pub use reports::{DEFAULT_DEVICE, Outcome, ReportRequest, Reported, remove, report};
pub use sender::{SendOutcome, Sender, Sent};
pub use to_user::{Judged, Prepared, ToUser, deliver_to_user, judge};

#[cfg(test)]
mod fake;
