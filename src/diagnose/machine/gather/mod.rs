//! Gets the evidence of the machine. It only looks: no file is made or changed, nothing is sent but one GET to each endpoint.
//! What a piece means belongs to the checks; which configuration and endpoints there are, to the command.

mod completions;
mod files;
mod program;
mod proxies;
mod reach;
mod secrets;

pub use completions::completions;
pub use files::files;
pub use program::program;
pub use proxies::proxies;
pub use reach::{Place, reach};
pub use secrets::secrets;
