//! Whether a user's device is pushed to, or why not: the IM server's rule, step by step.

mod rule;
mod situation;
mod walk;

pub use rule::{DecisionKind, RULE, Step, StepFinding};
pub(crate) use situation::known_certificates;
pub use situation::{AppState, KnownCertificate, Message, Situation};
pub use walk::{Decision, decide};
pub(crate) use walk::{StepResult, check_step, walk};
