//! Why a push waits or is lost, and why a tap opens nothing: the names, and what each means to a person.

use strum::{EnumString, IntoStaticStr, VariantArray};

use super::super::words::kept_as_text;

/// Why a push that OPPO took is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum LossReason {
    StaleRegId,
    Unregistered,
    NotificationsOff,
    NoChannelId,
    ChannelMissing,
    ChannelDisabled,
    PhoneOffline,
    TtlOverWhileOffline,
    TtlOverWithoutWifi,
    ShowWindowOver,
}

/// Why a push that is shown is neither heard nor seen to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum QuietReason {
    #[strum(serialize = "quiet-do-not-disturb")]
    DoNotDisturb,
    #[strum(serialize = "quiet-low-channel")]
    LowChannel,
}

/// What a held push waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum WaitReason {
    #[strum(serialize = "waits-for-network")]
    Network,
    #[strum(serialize = "waits-for-wifi")]
    Wifi,
    #[strum(serialize = "waits-for-show-window")]
    ShowWindow,
}

/// Why a tap opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum TapFailure {
    NothingShown,
    NotShown,
    NoLauncherActivity,
    ActivityMissing,
    ActivityNotExported,
    NoActivityForAction,
    FilterLacksDefaultCategory,
    FilterHasData,
    FilterLacksDataScheme,
    UrlNotHttp,
    UnsupportedIntentUrl,
    UnknownClickAction,
}

kept_as_text!(LossReason, QuietReason, WaitReason, TapFailure);

const MEANINGS: &[(&str, &str)] = &[
    ("stale-reg-id", "the phone's app has another regId by now"),
    ("unregistered", "the app is no longer registered for push"),
    ("notifications-off", "the app's notification switch is off"),
    ("no-channel-id", "the push named no channel, which Android 8 and later require"),
    ("channel-missing", "the app has not created the channel that the push names"),
    ("channel-disabled", "the user switched the channel off"),
    ("phone-offline", "the phone was offline and the push was not to be kept (off_line false)"),
    ("ttl-over-while-offline", "the phone was offline until off_line_ttl ran out"),
    ("ttl-over-without-wifi", "the phone had no Wi-Fi (network_type 1) until off_line_ttl ran out"),
    ("show-window-over", "the push reached the phone after show_end_time"),
    ("quiet-do-not-disturb", "it is in the shade, but Do Not Disturb keeps it from sounding and popping up"),
    ("quiet-low-channel", "it is in the shade, but its channel's importance (min or low) gives it no sound"),
    ("waits-for-network", "it is shown when the phone is online again"),
    ("waits-for-wifi", "it is shown when the phone has Wi-Fi (network_type 1)"),
    ("waits-for-show-window", "it is shown at show_start_time"),
    ("nothing-shown", "the phone shows no notification"),
    ("not-shown", "the phone does not show this message"),
    ("no-launcher-activity", "no activity has a filter with MAIN and LAUNCHER"),
    ("activity-missing", "the app declares no activity of this class"),
    ("activity-not-exported", "the activity is not exported, so that no other process may start it"),
    ("no-activity-for-action", "no activity has a filter with this action"),
    ("filter-lacks-default-category", "the filter with this action lacks the category DEFAULT"),
    ("filter-has-data", "the filter with this action has a data element, which the intent does not match"),
    ("filter-lacks-data-scheme", "the filter with this action has no data element for the intent's scheme"),
    ("url-not-http", "the click URL is not an http or https URL"),
    ("unsupported-intent-url", "the intent URL names neither an action nor a component that could be read"),
    ("unknown-click-action", "OPPO has no such click_action_type"),
];

/// What a reason of a held or lost push, or of a tap that opened nothing, means.
pub(crate) fn explain(reason: &str) -> Option<&'static str> {
    MEANINGS.iter().find(|(id, _)| *id == reason).map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_one_meaning_and_none_is_left_over() {
        let losses = LossReason::VARIANTS.iter().map(|reason| reason.as_str());
        let quiet = QuietReason::VARIANTS.iter().map(|reason| reason.as_str());
        let waits = WaitReason::VARIANTS.iter().map(|reason| reason.as_str());
        let taps = TapFailure::VARIANTS.iter().map(|reason| reason.as_str());
        let named: Vec<&str> = losses.chain(quiet).chain(waits).chain(taps).collect();
        let explained: Vec<&str> = MEANINGS.iter().map(|(id, _)| *id).collect();
        assert_eq!(named, explained);
        assert_eq!(explain("no-such-reason"), None);
    }
}
