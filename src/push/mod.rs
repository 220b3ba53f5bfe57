//! The rules that tie the rooms together: which reports are taken, who is pushed to, a delivery's story.
//! The wire belongs to `oppo`, the tables to `store`, what a person sees to the commands.

pub(crate) mod app_message_id;
mod audience;
mod brand;
mod broadcast;
pub(crate) mod bulk;
mod check;
mod decision;
mod deliver;
mod draft;
mod im_events;
mod listed;
mod names;
mod oppo_sender;
mod pictures;
pub mod presence;
mod report_handler;
mod reports;
mod resend;
mod saved;
mod to_user;
mod token;

pub(crate) use audience::{TargetLine, Targets};
pub(crate) use brand::{OPPO_BRANDS, platform_for};
pub(crate) use broadcast::{Broadcast, CallResult, CallStatus, broadcast, overall_of};
pub(crate) use check::check;
pub use decision::{
    AppState, Decision, DecisionKind, KnownCertificate, Message, RULE, Situation, Step, StepFinding, decide,
};
pub(crate) use decision::{StepResult, apply_rule, check_step, known_certificates};
pub(crate) use deliver::{Delivered, Delivery, deliver, overall};
pub(crate) use draft::with_certificate;
pub(crate) use im_events::keep_callback;
pub(crate) use listed::Listed;
pub(crate) use names::user_problems;
pub(crate) use oppo_sender::{OppoSender, StoredTokens};
pub(crate) use pictures::{UploadWish, ttl_problem, upload};
pub(crate) use report_handler::{NotTaken, REPORT_PATH, ReportHandler};
pub(crate) use reports::{DEFAULT_DEVICE, Outcome, OutcomeKind, Reported};
pub use reports::{ReportRequest, remove, report};
pub(crate) use resend::{Recorded, recorded, title};
pub(crate) use saved::{SavedMessage, find_saved, keep_saved};
pub(crate) use to_user::{Judged, certificates_needed, deliver_to_user, prepare};
pub use to_user::{ToUser, judge, judge_by};

#[cfg(test)]
pub(crate) mod testing;
