//! Whether a user's device is pushed to, or why not: the IM server's rule, step by step.

mod apply;
mod rule;
mod situation;

pub use apply::{Decision, decide};
pub(crate) use apply::{StepResult, apply_rule, check_step};
pub use rule::{DecisionKind, RULE, Step, StepFinding};
pub(crate) use situation::known_certificates;
pub use situation::{AppState, KnownCertificate, Message, Situation};
