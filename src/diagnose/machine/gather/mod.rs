//! Gets the evidence of the machine. It only looks: no file is made or changed, nothing is sent but one GET to each endpoint.
//! What a piece means belongs to the checks; which configuration and endpoints there are, to the command.

mod completions;
mod files;
mod leftovers;
mod program;
mod proxies;
mod reach;
mod secrets;

pub(crate) use completions::completions;
pub(crate) use files::files;
pub(crate) use leftovers::leftovers;
pub(crate) use program::program;
pub(crate) use proxies::proxies;
pub(crate) use reach::{Place, reach};
pub(crate) use secrets::secrets;
