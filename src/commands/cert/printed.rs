//! A certificate as it is printed: alone, in a list, and within what `add` and `edit` say.
//! What its values mean belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::clock::Timestamp;
use crate::config::{Activity, Certificate, Profile, Region};
use crate::output::Tone;

/// Whether the IM server uses a certificate yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CertificateState {
    /// The IM server uses it.
    Active,
    /// The IM server uses it ten minutes after it was saved.
    Waiting,
    /// It is not known when the IM console saved it.
    Unknown,
}

/// One certificate of a profile; secrets only as where they come from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Printed {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) profile: String,
    pub(crate) region: Region,
    /// It is meant where no certificate is named.
    pub(crate) default: bool,
    /// opush gave the ID itself (1 to 999): the IM server does not know it.
    pub(crate) local: bool,
    pub(crate) app_id: String,
    pub(crate) app_key: String,
    /// Such as "set (env OPUSH_MASTER_SECRET)".
    pub(crate) master_secret: String,
    pub(crate) app_secret: Option<String>,
    pub(crate) channel_id: Option<String>,
    /// The click target in its flag form.
    pub(crate) click: String,
    /// When the IM console saved it.
    pub(crate) saved_at: Option<String>,
    pub(crate) state: CertificateState,
    /// When the IM server begins to use it.
    pub(crate) active_at: Option<String>,
    /// The state in words: "active in 7m 12s".
    #[serde(skip)]
    pub(crate) said: String,
    #[serde(skip)]
    pub(crate) tone: Option<Tone>,
}

impl Printed {
    pub(crate) fn new(profile: &Profile, certificate: &Certificate, now: Timestamp) -> Self {
        let id = certificate.id.value;
        let activity = certificate.activity(now);
        let (state, tone) = match activity {
            Activity::Active => (CertificateState::Active, Tone::Ok),
            Activity::In(_) => (CertificateState::Waiting, Tone::Warn),
            Activity::Unknown => (CertificateState::Unknown, Tone::Faint),
        };
        let (said, tone) = match (id.is_local(), activity) {
            (_, Activity::Unknown) if profile.region.value == Region::Sandbox => {
                ("usable at once, in the sandbox".to_owned(), Tone::Ok)
            }
            (true, Activity::Unknown) => ("not known to the IM server yet".to_owned(), Tone::Warn),
            (true, activity) => (format!("{activity}, by a local ID"), tone),
            (false, activity) => (activity.to_string(), tone),
        };
        Printed {
            id: id.get(),
            name: certificate.name.value.clone(),
            profile: profile.name.clone(),
            region: profile.region.value,
            default: profile.certificate(None).is_ok_and(|default| default.id.value == id),
            local: id.is_local(),
            app_id: certificate.app_id.value.clone(),
            app_key: certificate.app_key.value.clone(),
            master_secret: certificate.master_secret.describe(),
            app_secret: certificate.app_secret.as_ref().map(|secret| secret.describe()),
            channel_id: certificate.channel_id.as_ref().map(|channel| channel.value.clone()),
            click: certificate.click.to_string(),
            saved_at: certificate.saved_at.as_ref().map(ToString::to_string),
            state,
            active_at: certificate.active_at().map(|at| at.to_string()),
            said,
            tone: Some(tone),
        }
    }
}

/// The ten minutes are not OPPO's.
pub(crate) const DIRECT: &str =
    "The ten minutes are the IM server's rule, not OPPO's: a send to a regId or an alias is not held back.";
