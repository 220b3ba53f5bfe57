//! Why a push waits or is lost, and why a tap opens nothing: the names, and what each means to a person.

use strum::{EnumString, IntoStaticStr};

use super::super::words::kept_as_text;

/// One line per reason makes its value, its word and its meaning.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal: $meaning:literal;)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
            pub(crate) enum $name { $(#[strum(serialize = $word)] $variant,)* }
            kept_as_text!($name);
        )*
        /// Every such word, with its meaning.
        pub(crate) const MEANINGS: &[(&str, &str)] = &[$($(($word, $meaning),)*)*];
    };
}

reasons! {
    /// Why a push that OPPO took is not shown.
    LossReason {
        StaleRegId = "stale-reg-id": "the phone's app has another regId by now";
        Unregistered = "unregistered": "the app is no longer registered for push";
        NotificationsOff = "notifications-off": "the app's notification switch is off";
        NoChannelId = "no-channel-id": "the push named no channel, which Android 8 and later require";
        ChannelMissing = "channel-missing": "the app has not created the channel that the push names";
        ChannelDisabled = "channel-disabled": "the user switched the channel off";
        PhoneOffline = "phone-offline": "the phone was offline and the push was not to be kept (off_line false)";
        TtlOverWhileOffline = "ttl-over-while-offline": "the phone was offline until off_line_ttl ran out";
        TtlOverWithoutWifi = "ttl-over-without-wifi": "the phone had no Wi-Fi (network_type 1) until off_line_ttl ran out";
        ShowWindowOver = "show-window-over": "the push reached the phone after show_end_time";
    }
    /// Why a push that is shown is neither heard nor seen to come.
    QuietReason {
        DoNotDisturb = "quiet-do-not-disturb": "it is in the shade, but Do Not Disturb keeps it from sounding and popping up";
        LowChannel = "quiet-low-channel": "it is in the shade, but its channel's importance (min or low) gives it no sound";
    }
    /// What a held push waits for.
    WaitReason {
        Network = "waits-for-network": "it is shown when the phone is online again";
        Wifi = "waits-for-wifi": "it is shown when the phone has Wi-Fi (network_type 1)";
        ShowWindow = "waits-for-show-window": "it is shown at show_start_time";
    }
    /// Why a tap opens nothing.
    TapFailure {
        NothingShown = "nothing-shown": "the phone shows no notification";
        NotShown = "not-shown": "the phone does not show this message";
        NoLauncherActivity = "no-launcher-activity": "no activity has a filter with MAIN and LAUNCHER";
        ActivityMissing = "activity-missing": "the app declares no activity of this class";
        ActivityNotExported = "activity-not-exported": "the activity is not exported, so that no other process may start it";
        NoActivityForAction = "no-activity-for-action": "no activity has a filter with this action";
        FilterLacksDefaultCategory = "filter-lacks-default-category": "the filter with this action lacks the category DEFAULT";
        FilterLacksBrowsableCategory = "filter-lacks-browsable-category": "the filter with this action lacks the category BROWSABLE";
        FilterLacksCategory = "filter-lacks-category": "the filter with this action lacks a category that the intent names";
        FilterHasData = "filter-has-data": "the filter with this action has a data element, which the intent does not match";
        FilterLacksDataScheme = "filter-lacks-data-scheme": "the filter with this action has no data element for the intent's scheme";
        FilterLacksDataHost = "filter-lacks-data-host": "the filter's data element has another host than the intent's data";
        FilterLacksDataPath = "filter-lacks-data-path": "the filter's data element has another path than the intent's data";
        UrlNotHttp = "url-not-http": "the click URL is not an http or https URL";
        UnsupportedIntentUrl = "unsupported-intent-url": "the intent URL can't be read: its part after #Intent; is not a list of KEY=VALUE; that ends with end";
        UnknownClickAction = "unknown-click-action": "OPPO has no such click_action_type";
    }
}

/// What a reason of a held or lost push, or of a tap that opened nothing, means.
pub(crate) fn explain(reason: &str) -> Option<&'static str> {
    MEANINGS.iter().find(|(id, _)| *id == reason).map(|(_, meaning)| *meaning)
}
