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
    Configuration,
    Certificate,
    Credentials,
    Message,
    Report,
    #[serde(rename = "IM server")]
    #[strum(serialize = "IM server")]
    ImServer,
    Account,
    Presence,
    #[serde(rename = "push service")]
    #[strum(serialize = "push service")]
    PushService,
    Deliveries,
    Receipts,
    Phone,
    Secrets,
    State,
    Proxy,
    Name,
    Connection,
    #[serde(rename = "TLS")]
    #[strum(serialize = "TLS")]
    Tls,
    #[serde(rename = "HTTP")]
    #[strum(serialize = "HTTP")]
    Http,
    Clock,
    Completions,
    Program,
}
