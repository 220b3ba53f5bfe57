//! Whether this machine and this configuration are set up soundly: one check a file, like the checks of a push, in an order
//! of their own. What they look at is gathered in `gather`; each only judges.

mod another_opush;
mod clock_wrong;
mod completions_missing;
mod configuration_broken;
mod endpoints;
pub(crate) mod evidence;
pub(crate) mod gather;
mod no_configuration;
mod proxy_broken;
mod secrets_exposed;
mod secrets_unresolved;
mod state_damaged;
mod state_exposed;
mod state_newer;
mod state_unreadable;

use super::Check;
use evidence::Machine;

/// Every check of the machine. The first that fails is what to mend first.
pub const CHAIN: &[&Check<Machine>] = &[
    &no_configuration::CHECK,
    &configuration_broken::CHECK,
    &secrets_unresolved::CHECK,
    &secrets_exposed::CHECK,
    &state_unreadable::CHECK,
    &state_newer::CHECK,
    &state_damaged::CHECK,
    &state_exposed::CHECK,
    &proxy_broken::CHECK,
    &endpoints::NAME_NOT_RESOLVED,
    &endpoints::PORT_CLOSED,
    &endpoints::TLS_FAILED,
    &endpoints::NO_HTTP,
    &clock_wrong::CHECK,
    &completions_missing::CHECK,
    &another_opush::CHECK,
];

#[cfg(test)]
mod tests;
