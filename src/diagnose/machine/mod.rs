//! Whether this machine and this configuration are set up soundly: one check a file, like the checks of a push, in an order
//! of their own. What they look at is gathered in `gather`; each only judges.

mod another_opush;
mod app_file_unusable;
mod clock_wrong;
mod completions_missing;
mod configuration_broken;
mod endpoints;
pub(crate) mod evidence;
pub(crate) mod gather;
mod leftovers;
mod no_configuration;
mod proxy_broken;
mod secrets_exposed;
mod secrets_unresolved;
mod state_damaged;
mod state_exposed;
mod state_newer;
mod state_unreadable;

use super::{Check, Link, check};
use evidence::Machine;

/// Every check of the machine. The first that fails is what to fix first.
pub const CHAIN: &[&Check<Machine>] = &[
    &check!("no-configuration", Configuration, no_configuration),
    &check!("configuration-broken", Configuration, configuration_broken),
    &check!("app-file-unusable", Configuration, app_file_unusable),
    &check!("secrets-unresolved", Secrets, secrets_unresolved),
    &check!("secrets-exposed", Secrets, secrets_exposed),
    &check!("state-unreadable", State, state_unreadable),
    &check!("state-newer", State, state_newer),
    &check!("state-damaged", State, state_damaged),
    &check!("state-exposed", State, state_exposed),
    &check!("leftovers", State, leftovers),
    &check!("proxy-broken", Proxy, proxy_broken),
    &endpoints::NAME_NOT_RESOLVED,
    &endpoints::PORT_CLOSED,
    &endpoints::TLS_FAILED,
    &endpoints::NO_HTTP,
    &check!("clock-wrong", Clock, clock_wrong),
    &check!("completions-missing", Completions, completions_missing),
    &check!("another-opush", Program, another_opush),
];

#[cfg(test)]
mod tests;
