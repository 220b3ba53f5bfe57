//! The checks of the chain, one file each, and their order.
//! What a check looks at is gathered elsewhere; each only judges.

mod category_refused;
mod certificate_missing;
mod configuration_invalid;
mod content_too_plain;
mod daily_limit;
mod im_credentials_refused;
mod im_push_lost;
mod im_unreachable;
mod logged_out;
mod master_secret_wrong;
mod message_refused;
mod no_receipt;
mod no_report;
mod nothing_sent;
mod nothing_to_show;
mod notifications_off;
mod on_invalid_list;
mod outcome_unknown;
mod phone_display;
mod push_disabled_by_sender;
mod quota_used_up;
mod rapid_series;
mod rate_limited;
mod reg_id_gone;
mod reg_id_invalid;
mod reg_id_unsubscribed;
mod secret_missing;
mod sound_asked_for;
mod template_missing;

use super::evidence::Evidence;
use super::finding::Check;

/// Every check, in the order of the chain. The first that fails is the broken link.
pub const CHAIN: &[&Check<Evidence>] = &[
    // configuration and secrets
    &configuration_invalid::CHECK,
    &secret_missing::CHECK,
    // credentials
    &master_secret_wrong::CHECK,
    // message
    &push_disabled_by_sender::CHECK,
    &nothing_to_show::CHECK,
    &sound_asked_for::CHECK,
    // report
    &no_report::CHECK,
    &certificate_missing::CHECK,
    // IM server and account
    &im_unreachable::CHECK,
    &im_credentials_refused::CHECK,
    // presence
    &logged_out::CHECK,
    // what the IM server counts
    &im_push_lost::CHECK,
    // deliveries
    &nothing_sent::CHECK,
    &outcome_unknown::CHECK,
    &reg_id_invalid::CHECK,
    &reg_id_unsubscribed::CHECK,
    &quota_used_up::CHECK,
    &rate_limited::CHECK,
    &category_refused::CHECK,
    &template_missing::CHECK,
    &message_refused::CHECK,
    // receipts
    &reg_id_gone::CHECK,
    &on_invalid_list::CHECK,
    &daily_limit::CHECK,
    &no_receipt::CHECK,
    &rapid_series::CHECK,
    &content_too_plain::CHECK,
    // phone
    &notifications_off::CHECK,
    &phone_display::CHECK,
];
