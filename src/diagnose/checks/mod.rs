//! The checks of the chain, one file each, and their order.
//! What a check looks at is gathered elsewhere; each only judges.

mod certificate_missing;
mod configuration_invalid;
mod logged_out;
mod master_secret_wrong;
mod no_report;
mod phone_display;
mod secret_missing;

use super::evidence::Evidence;
use super::finding::Check;

/// Every check, in the order of the chain. The first that fails is the broken link.
pub const CHAIN: &[&Check<Evidence>] = &[
    // configuration and secrets
    &configuration_invalid::CHECK,
    &secret_missing::CHECK,
    // certificate
    // credentials
    &master_secret_wrong::CHECK,
    // click
    // report
    &no_report::CHECK,
    &certificate_missing::CHECK,
    // presence
    &logged_out::CHECK,
    // IM server
    // deliveries
    // receipts
    // phone
    &phone_display::CHECK,
];
