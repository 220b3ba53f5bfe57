//! The rules that tie the rooms together: which reports are taken, who is pushed to, a delivery's story.
//! The wire belongs to `oppo`, the tables to `store`, what a person sees to the commands.

pub(crate) mod app_message_id;
mod brand;
pub(crate) mod bulk;
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

pub(crate) use brand::{OPPO_BRANDS, platform_for};
pub(crate) use check::check;
pub use decision::Answer;
pub use decision::{KnownCertificate, Message, RULE, Standing};
pub(crate) use decision::{Situation, Step, ask, known_certificates, walk};
pub(crate) use deliver::{Delivered, Delivery, deliver, overall};
pub(crate) use draft::with_certificate;
pub(crate) use names::user_problems;
pub(crate) use oppo_sender::{OppoSender, StoredTokens};
pub(crate) use reports::DEFAULT_DEVICE;
pub(crate) use reports::Outcome;
pub use reports::ReportRequest;
pub use reports::remove;
pub use reports::report;
pub(crate) use to_user::Judged;
pub use to_user::ToUser;
pub use to_user::judge;
pub(crate) use to_user::{certificates_needed, deliver_to_user, prepare};

#[cfg(test)]
mod fake;
