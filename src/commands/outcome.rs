//! What every command comes to: a report to print, or a failure.

use crate::failure::Failure;
use crate::output::Report;

pub(crate) type Outcome = Result<Box<dyn Report>, Failure>;

pub(crate) fn boxed<R: Report + 'static>(result: Result<R, Failure>) -> Outcome {
    result.map(|report| Box::new(report) as Box<dyn Report>)
}
