//! One check of a chain, and the part of the chain that it looks at.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{Display, IntoStaticStr};

use super::finding::{Finding, Skipped};
use crate::failure::Remedy;

/// One check: one way in which the chain breaks.
pub struct Check<E: 'static> {
    /// Stable, kebab-case; the name of its page in docs/checks/.
    pub id: &'static str,
    pub(crate) link: Link,
    /// What holds when it passes, in one sentence.
    pub(crate) title: &'static str,
    /// How to fix it, unless the finding knows better.
    pub(crate) remedy: Remedy,
    /// Its page of the documentation.
    pub(crate) page: &'static str,
    /// Pure: the same evidence gives the same finding.
    pub(crate) examine: fn(&E) -> Result<Finding, Skipped>,
}

/// A row of a chain: the check of a file, which has `TITLE`, `REMEDY` and `examine`; or all of it, for a file with several.
macro_rules! check {
    ($id:literal, $link:ident, $file:ident) => {
        check!($id, $link, $file::TITLE, $file::REMEDY, $file::examine)
    };
    ($id:literal, $link:ident, $title:expr, $remedy:expr, $examine:expr) => {
        Check {
            id: $id,
            link: Link::$link,
            title: $title,
            remedy: $remedy,
            page: include_str!(concat!("../../../docs/checks/", $id, ".md")),
            examine: $examine,
        }
    };
}
pub(crate) use check;

/// The part of the chain, or of the machine, that a check looks at. A report has one row for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[derive(Display, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
#[schemars(rename = "CheckLink")]
pub(crate) enum Link {
    /// The file and the profile.
    Configuration,
    /// The certificate that a push is signed by.
    Certificate,
    /// AppKey and MasterSecret, and the auth token they give.
    Credentials,
    /// What the notification holds.
    Message,
    /// The regId that the app reported for the user.
    Report,
    /// SDKAppID, administrator and secret key.
    #[serde(rename = "IM server")]
    #[strum(serialize = "IM server")]
    ImServer,
    /// The user, as the IM server knows it.
    Account,
    /// Where the user's app is, and whether that lets a push through.
    Presence,
    /// What the IM server's push service did.
    #[serde(rename = "push service")]
    #[strum(serialize = "push service")]
    PushService,
    /// Pushes that were sent, and what OPPO answered.
    Deliveries,
    /// What OPPO posted back.
    Receipts,
    /// What only the phone shows: switches, channels, the app.
    Phone,
    /// Where secrets are, and who can read them.
    Secrets,
    /// The state database.
    State,
    /// The proxy that a request would take.
    Proxy,
    /// The name of the host, looked up.
    Name,
    /// A connection to the host.
    Connection,
    /// The host's certificate.
    #[serde(rename = "TLS")]
    #[strum(serialize = "TLS")]
    Tls,
    /// An answer of the host.
    #[serde(rename = "HTTP")]
    #[strum(serialize = "HTTP")]
    Http,
    /// This machine's clock.
    Clock,
    /// The completion script of the shell.
    Completions,
    /// The program itself.
    Program,
}
