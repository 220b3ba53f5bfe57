//! The journal of runs: a row for each run, and one for each of its calls. What is packed in a call belongs to `batch`.

mod calls;
mod model;
mod runs;

pub(crate) use calls::{add, begin, certificates, planned_again, read, settle, skip, to_send, totals};
pub(crate) use model::{Call, CallEnd, CallState, Claim, NewCall, NewRun, Planned, Run, RunState, Totals};
pub(crate) use runs::{abandoned, begin_run, cancel, claim, drop_run, end, find, list, prune, start};
