//! What is said of a step: what was seen, or what was wrong.

use crate::failure::Failure;

/// What was seen; an error is why the step failed.
pub(super) type Seen = Result<String, String>;

pub(super) fn words(error: impl Into<Failure>) -> String {
    let failure: Failure = error.into();
    failure.problems().iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; ")
}
