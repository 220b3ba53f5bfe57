//! `opush batch`: many pushes from a file, with a journal that never notifies twice.

mod args;
pub(crate) mod cancel;
mod going;
pub(crate) mod list;
mod plan;
pub(crate) mod printed;
pub(crate) mod report;
pub(crate) mod resume;
pub(crate) mod run_file;
mod runs;
pub(crate) mod status;

use super::noun::noun;

pub(crate) use going::BatchEvent;
pub(crate) use report::RowStatus;

noun! {
    #[command(
    after_help = "Examples:\n  opush batch run incident.csv --title \"We are back\" --content \"Messages are there now\" --dry-run\n  opush batch list\n  opush batch resume 3\n  opush batch report 3 > run3.csv"
)]
    Run = run_file,
    List = list,
    Status = status,
    Resume = resume,
    Cancel = cancel,
    Report = report,
}
