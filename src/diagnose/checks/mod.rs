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
mod content_too_plain;
mod custom_content_lost;
mod custom_content_not_strings;
mod daily_limit;
mod im_credentials_refused;
mod im_push_lost;
mod im_unreachable;
mod master_secret_wrong;
mod message_refused;
mod no_certificate;
mod no_receipt;
mod no_report;
mod nothing_sent;
mod nothing_to_show;
mod notifications_off;
mod on_invalid_list;
mod outcome_unknown;
mod phone_display;
mod presence;
mod presence_unknown;
mod push_disabled_by_sender;
mod rapid_series;
mod refused;
mod reg_id_gone;
mod reg_id_moved;
mod report_brand;
mod report_region;
mod report_superseded;
mod secret_missing;
mod sound_asked_for;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod vendor_unavailable;
mod vendor_unreachable;

use super::{Check, Evidence};

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
    &push_disabled_by_sender::CHECK,
    &nothing_to_show::CHECK,
    &sound_asked_for::CHECK,
    // report
    &reg_id_moved::CHECK,
    &report_superseded::CHECK,
    &no_report::CHECK,
    &report_region::CHECK,
    &report_brand::CHECK,
    &certificate_missing::CHECK,
    // IM server and account
    &im_unreachable::CHECK,
    &im_credentials_refused::CHECK,
    &account_unknown::CHECK,
    // presence
    &presence::LOGGED_OUT,
    &presence::KICKED,
    &presence::EXPIRED_7_DAYS,
    &presence::ONLINE,
    &presence_unknown::CHECK,
    // what the IM server counts
    &im_push_lost::CHECK,
    // deliveries
    &nothing_sent::CHECK,
    &outcome_unknown::CHECK,
    &refused::REG_ID_INVALID,
    &refused::REG_ID_UNSUBSCRIBED,
    &refused::QUOTA_USED_UP,
    &refused::RATE_LIMITED,
    &refused::CATEGORY_REFUSED,
    &refused::TEMPLATE_MISSING,
    &message_refused::CHECK,
    // receipts
    &reg_id_gone::CHECK,
    &on_invalid_list::CHECK,
    &daily_limit::CHECK,
    &no_receipt::CHECK,
    &rapid_series::CHECK,
    &content_too_plain::CHECK,
    // phone
    &phone_display::CHECK,
    &notifications_off::CHECK,
];
