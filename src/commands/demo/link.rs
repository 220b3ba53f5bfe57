//! The links that the demo can break, and what each teaches: words as data.
//! How a link is broken belongs to `stage`, how it is found to `story`.

use clap::ValueEnum;

/// One link of the chain from a certificate to a tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Link {
    /// MasterSecret is wrong
    Secret,
    /// The app has not created the channel
    Channel,
    /// The app was installed anew and did not report its new regId
    #[value(name = "regid")]
    RegId,
    /// The Activity of the click target is not exported
    Click,
    /// The app's notification switch is off
    Notifications,
    /// The app never reported its regId to the IM server
    Report,
    /// The app reported a certificate ID that the IM server does not have
    CertificateId,
    /// The user is logged out when the message comes
    Logout,
    /// The app is still open when the message comes
    Presence,
}

impl Link {
    /// The link that a reason of the IM server for not pushing points to, if it is one of the story's.
    pub(crate) fn of_reason(reason: &str) -> Option<Link> {
        match reason {
            "no-report" => Some(Link::Report),
            "certificate-missing" | "certificate-not-yet-active" => Some(Link::CertificateId),
            "logged-out" | "kicked" | "expired-7-days" => Some(Link::Logout),
            "online" => Some(Link::Presence),
            "oppo-refused" => Some(Link::RegId),
            _ => None,
        }
    }

    /// The word of `--break`, and of `first_broken`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Link::Secret => "secret",
            Link::Channel => "channel",
            Link::RegId => "regid",
            Link::Click => "click",
            Link::Notifications => "notifications",
            Link::Report => "report",
            Link::CertificateId => "certificate-id",
            Link::Logout => "logout",
            Link::Presence => "presence",
        }
    }

    /// What is broken, in a sentence.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Link::Secret => "OPPO does not accept the certificate's MasterSecret",
            Link::Channel => "the app has not created the channel that the push names",
            Link::RegId => "the regId that the app reported is not the one that the phone has by now",
            Link::Click => "the Activity that a tap is to open can't be opened from outside the app",
            Link::Notifications => "the app's notification switch is off",
            Link::Report => "the app has not reported its regId to the IM server after the login",
            Link::CertificateId => "the app reported a certificate ID that the IM server does not have",
            Link::Logout => "the user is logged out when the message comes",
            Link::Presence => {
                "the user is online when the message comes, so that the app gets it and nothing is pushed"
            }
        }
    }

    /// How to fix it.
    pub(crate) fn remedy(self) -> &'static str {
        match self {
            Link::Secret => {
                "copy MasterSecret, not AppSecret, from OPPO's push console: opush cert edit ID --master-secret-stdin, then opush cert verify"
            }
            Link::Channel => {
                "create a NotificationChannel with exactly this id when the app starts, before the first push (Android 8 and later)"
            }
            Link::RegId => {
                "report the regId of every onRegister, not only the first: another installation has another; opush snippet token shows the code"
            }
            Link::Click => {
                "declare the Activity in the manifest with android:exported=\"true\": opush click check --click activity:CLASS shows the XML"
            }
            Link::Notifications => {
                "ask the user to switch the app's notifications on; on OPPO phones the switch is off after an install"
            }
            Link::Report => {
                "call setOfflinePushConfig with certificate ID and regId after every login, also when onRegister came first: opush snippet token shows the code"
            }
            Link::CertificateId => {
                "report the certificate ID that the IM console shows, and wait 10 minutes after saving it there: opush cert list, opush snippet constants"
            }
            Link::Logout => {
                "log out only when the user asks for it; an app that is left or killed stays logged in, and is pushed to"
            }
            Link::Presence => {
                "kill the app, or leave it after doBackground; one that is only hidden counts as online. opush im state USER shows what the IM server thinks"
            }
        }
    }
}
