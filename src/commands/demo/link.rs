//! The links that the demo can break, and what each teaches: words as data.
//! How a link is broken belongs to `stage`, how it is found to `story`.

use clap::ValueEnum;

/// One link of the chain from a certificate to a tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Link {
    /// MasterSecret is wrong
    Secret,
    /// The app has not created the channel
    Channel,
    /// The regId reported is not one that OPPO gave out
    #[value(name = "regid")]
    RegId,
    /// The Activity of the click target is not exported
    Click,
    /// The app's notification switch is off
    Notifications,
}

impl Link {
    /// The word of `--break`, and of `first_broken`.
    pub fn as_str(self) -> &'static str {
        match self {
            Link::Secret => "secret",
            Link::Channel => "channel",
            Link::RegId => "regid",
            Link::Click => "click",
            Link::Notifications => "notifications",
        }
    }

    /// What is broken, in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Link::Secret => "OPPO does not accept the certificate's MasterSecret",
            Link::Channel => "the app has not created the channel that the push names",
            Link::RegId => "the regId that was reported is not one that OPPO gave out",
            Link::Click => "the Activity that a tap is to open can't be opened from outside the app",
            Link::Notifications => "the app's notification switch is off",
        }
    }

    /// How to mend it.
    pub fn remedy(self) -> &'static str {
        match self {
            Link::Secret => {
                "copy MasterSecret, not AppSecret, from OPPO's push console: opush cert edit ID --master-secret-stdin, then opush cert verify"
            }
            Link::Channel => {
                "create a NotificationChannel with exactly this id when the app starts, before the first push (Android 8 and later)"
            }
            Link::RegId => {
                "report the regId that onRegister gave on this phone, in this app: opush token report --user U --certificate ID --reg-id R"
            }
            Link::Click => {
                "declare the Activity in the manifest with android:exported=\"true\": opush click check --click activity:CLASS shows the XML"
            }
            Link::Notifications => {
                "ask the user to switch the app's notifications on; on OPPO phones the switch is off after an install"
            }
        }
    }
}
