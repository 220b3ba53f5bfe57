//! The checks of the chain, one file each, and their order.
//! What a check looks at is gathered elsewhere; each only judges.

mod account_unknown;
mod app_differs;
mod app_id_differs;
mod app_key_unknown;
mod app_message_id_repeated;
mod app_not_installed;
mod app_not_permitted;
mod app_services_missing;
mod app_stopped;
mod app_without_push;
mod battery_restricted;
mod certificate_local_id;
mod certificate_missing;
mod certificate_not_yet_active;
mod channel_differs;
mod channel_missing;
mod channel_not_in_app;
mod channel_not_on_phone;
mod channel_switched_off;
mod click_target_doubtful;
mod click_target_not_in_app;
mod clock_skew;
mod configuration_invalid;
mod content_too_plain;
mod custom_content_lost;
mod custom_content_not_strings;
mod daily_limit;
mod do_not_disturb;
mod im_credentials_refused;
mod im_push_lost;
mod im_unreachable;
mod master_secret_wrong;
mod message_refused;
mod night_control;
mod no_certificate;
mod no_receipt;
mod no_report;
mod nothing_sent;
mod nothing_to_show;
mod notifications_off;
mod on_invalid_list;
mod outcome_unknown;
mod phone_brand;
mod phone_display;
mod presence;
mod presence_unknown;
mod push_disabled_by_sender;
mod push_service_missing;
mod rapid_series;
mod refused;
mod reg_id_gone;
mod reg_id_moved;
mod report_brand;
mod report_region;
mod report_superseded;
mod sdk_silent;
mod secret_missing;
mod sound_asked_for;
mod system_channel;
mod target_not_on_phone;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod vendor_unavailable;
mod vendor_unreachable;

use super::{Check, Evidence, Link, check};

/// Every check, in the order of the chain. The first that fails is the broken link.
pub const CHAIN: &[&Check<Evidence>] = &[
    &check!("configuration-invalid", Configuration, configuration_invalid),
    &check!("secret-missing", Configuration, secret_missing),
    &check!("no-certificate", Certificate, no_certificate),
    &check!("certificate-missing", Certificate, certificate_missing),
    &check!("certificate-not-yet-active", Certificate, certificate_not_yet_active),
    &check!("certificate-local-id", Certificate, certificate_local_id),
    &check!("vendor-unreachable", Credentials, vendor_unreachable),
    &check!("vendor-unavailable", Credentials, vendor_unavailable),
    &check!("clock-skew", Credentials, clock_skew),
    &check!("app-key-unknown", Credentials, app_key_unknown),
    &check!("master-secret-wrong", Credentials, master_secret_wrong),
    &check!("app-not-permitted", Credentials, app_not_permitted),
    &check!("app-id-differs", Credentials, app_id_differs),
    &check!("channel-missing", Message, channel_missing),
    &check!("channel-differs", Message, channel_differs),
    &check!("system-channel", Message, system_channel),
    &check!("channel-not-in-app", Message, channel_not_in_app),
    &check!("click-target-doubtful", Message, click_target_doubtful),
    &check!("click-target-not-in-app", Message, click_target_not_in_app),
    &check!("custom-content-lost", Message, custom_content_lost),
    &check!("custom-content-not-strings", Message, custom_content_not_strings),
    &check!("push-disabled-by-sender", Message, push_disabled_by_sender),
    &check!("nothing-to-show", Message, nothing_to_show),
    &check!("sound-asked-for", Message, sound_asked_for),
    &check!("app-without-push", Report, app_without_push),
    &check!("reg-id-moved", Report, reg_id_moved),
    &check!("report-superseded", Report, report_superseded),
    &check!("sdk-silent", Report, sdk_silent),
    &check!("no-report", Report, no_report),
    &check!("report-region", Report, report_region),
    &check!("report-brand", Report, report_brand),
    &check!("im-unreachable", ImServer, im_unreachable),
    &check!("im-credentials-refused", ImServer, im_credentials_refused),
    &check!("account-unknown", Account, account_unknown),
    &presence::LOGGED_OUT,
    &presence::KICKED,
    &presence::EXPIRED_7_DAYS,
    &presence::ONLINE,
    &check!("presence-unknown", Presence, presence_unknown),
    &check!("im-push-lost", PushService, im_push_lost),
    &check!("nothing-sent", Deliveries, nothing_sent),
    &check!("outcome-unknown", Deliveries, outcome_unknown),
    &refused::REG_ID_INVALID,
    &refused::REG_ID_UNSUBSCRIBED,
    &refused::QUOTA_USED_UP,
    &refused::RATE_LIMITED,
    &refused::CATEGORY_REFUSED,
    &refused::TEMPLATE_MISSING,
    &check!("message-refused", Deliveries, message_refused),
    &check!("app-message-id-repeated", Deliveries, app_message_id_repeated),
    &check!("reg-id-gone", Receipts, reg_id_gone),
    &check!("on-invalid-list", Receipts, on_invalid_list),
    &check!("daily-limit", Receipts, daily_limit),
    &check!("night-control", Receipts, night_control),
    &check!("no-receipt", Receipts, no_receipt),
    &check!("rapid-series", Receipts, rapid_series),
    &check!("content-too-plain", Receipts, content_too_plain),
    &check!("phone-display", Phone, phone_display),
    &check!("phone-brand", Phone, phone_brand),
    &check!("push-service-missing", Phone, push_service_missing),
    &check!("app-not-installed", Phone, app_not_installed),
    &check!("app-stopped", Phone, app_stopped),
    &check!("app-differs", Phone, app_differs),
    &check!("app-services-missing", Phone, app_services_missing),
    &check!("target-not-on-phone", Phone, target_not_on_phone),
    &check!("notifications-off", Phone, notifications_off),
    &check!("channel-not-on-phone", Phone, channel_not_on_phone),
    &check!("channel-switched-off", Phone, channel_switched_off),
    &check!("do-not-disturb", Phone, do_not_disturb),
    &check!("battery-restricted", Phone, battery_restricted),
];

/// Those that look at a phone on a cable and at nothing else.
pub(crate) fn on_phone() -> Vec<&'static Check<Evidence>> {
    CHAIN.iter().copied().filter(|check| check.link == Link::Phone && check.id != "phone-display").collect()
}
