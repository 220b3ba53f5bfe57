//! The links that the demo can break, and what each teaches: words as data.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use crate::failure::Remedy;

/// One link of the chain from a certificate to a tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[derive(EnumMessage, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum DemoLink {
    /// MasterSecret is wrong
    Secret,
    /// The app has not created the channel
    Channel,
    /// The app was installed again and did not report its new regId
    #[serde(rename = "regid")]
    #[strum(serialize = "regid")]
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

impl DemoLink {
    /// The link that a reason of the IM server for not pushing points to, if it is one of the story's.
    pub(crate) fn of_reason(reason: &str) -> Option<DemoLink> {
        match reason {
            "no-report" => Some(DemoLink::Report),
            "certificate-missing" | "certificate-not-yet-active" => Some(DemoLink::CertificateId),
            "logged-out" | "kicked" | "expired-7-days" => Some(DemoLink::Logout),
            "online" => Some(DemoLink::Presence),
            "oppo-refused" => Some(DemoLink::RegId),
            _ => None,
        }
    }

    /// The word of `--break`, and of `first_broken`.
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }

    /// What is broken, in a sentence.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            DemoLink::Secret => "OPPO does not accept the certificate's MasterSecret",
            DemoLink::Channel => "the app has not created the channel that the push names",
            DemoLink::RegId => "the regId that the app reported is not the one that the phone has by now",
            DemoLink::Click => "the Activity that a tap is to open can't be opened from outside the app",
            DemoLink::Notifications => "the app's notification switch is off",
            DemoLink::Report => "the app has not reported its regId to the IM server after the login",
            DemoLink::CertificateId => "the app reported a certificate ID that the IM server does not have",
            DemoLink::Logout => "the user is logged out when the message comes",
            DemoLink::Presence => {
                "the user is online when the message comes, so that the app gets it and nothing is pushed"
            }
        }
    }

    /// How to fix it.
    pub(crate) fn remedy(self) -> Remedy {
        match self {
            DemoLink::Secret => Remedy::run(
                "copy MasterSecret, not AppSecret, from OPPO's push console",
                "cert edit <ID> --master-secret-stdin",
            ),
            DemoLink::Channel => Remedy::say(
                "create a NotificationChannel with exactly this id when the app starts, before the first push (Android 8 and later)",
            ),
            DemoLink::RegId => Remedy::run(
                "report the regId of every onRegister, not only the first: another installation has another; this is the code",
                "snippet token",
            ),
            DemoLink::Click => Remedy::run(
                "declare the Activity in the manifest with android:exported=\"true\"; this shows the XML",
                "click check --click activity:<CLASS>",
            ),
            DemoLink::Notifications => Remedy::say(
                "ask the user to switch the app's notifications on; on OPPO phones the switch is off after an install",
            ),
            DemoLink::Report => Remedy::run(
                "call setOfflinePushConfig with certificate ID and regId after every login, also when onRegister came first; this is the code",
                "snippet token",
            ),
            DemoLink::CertificateId => Remedy::run(
                "report the certificate ID that the IM console shows, and wait 10 minutes after saving it there",
                "cert list",
            ),
            DemoLink::Logout => Remedy::say(
                "log out only when the user asks for it; an app that is left or killed stays logged in, and is pushed to",
            ),
            DemoLink::Presence => Remedy::run(
                "kill the app, or leave it after doBackground; one that is only hidden counts as online. This shows what the IM server thinks",
                "im state <USER>",
            ),
        }
    }
}
