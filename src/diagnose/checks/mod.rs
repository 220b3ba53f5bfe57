//! The checks of the chain, one file each, and their order.
//! What a check looks at is gathered elsewhere; each only judges.

mod account_unknown;
mod app_id_differs;
mod app_key_unknown;
mod app_not_permitted;
mod certificate_local_id;
mod certificate_missing;
mod certificate_not_yet_active;
mod channel_differs;
mod channel_missing;
mod click_target_doubtful;
mod clock_skew;
mod configuration_invalid;
mod custom_content_lost;
mod custom_content_not_strings;
mod expired_7_days;
mod kicked;
mod logged_out;
mod master_secret_wrong;
mod no_certificate;
mod no_report;
mod online;
mod phone_display;
mod presence_unknown;
mod reg_id_moved;
mod report_brand;
mod report_region;
mod report_superseded;
mod secret_missing;
mod vendor_unavailable;
mod vendor_unreachable;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use super::evidence::Evidence;
use super::finding::Check;

/// Every check, in the order of the chain. The first that fails is the broken link.
pub const CHAIN: &[&Check<Evidence>] = &[
    // configuration and secrets
    &configuration_invalid::CHECK,
    &secret_missing::CHECK,
    // certificate
    &no_certificate::CHECK,
    &certificate_not_yet_active::CHECK,
    &certificate_local_id::CHECK,
    // credentials
    &vendor_unreachable::CHECK,
    &vendor_unavailable::CHECK,
    &clock_skew::CHECK,
    &app_key_unknown::CHECK,
    &master_secret_wrong::CHECK,
    &app_not_permitted::CHECK,
    &app_id_differs::CHECK,
    // message
    &channel_missing::CHECK,
    &channel_differs::CHECK,
    &click_target_doubtful::CHECK,
    &custom_content_lost::CHECK,
    &custom_content_not_strings::CHECK,
    // report
    &reg_id_moved::CHECK,
    &report_superseded::CHECK,
    &no_report::CHECK,
    &report_region::CHECK,
    &report_brand::CHECK,
    &certificate_missing::CHECK,
    // account
    &account_unknown::CHECK,
    // presence
    &logged_out::CHECK,
    &kicked::CHECK,
    &expired_7_days::CHECK,
    &online::CHECK,
    &presence_unknown::CHECK,
    // IM server
    // deliveries
    // receipts
    // phone
    &phone_display::CHECK,
];
