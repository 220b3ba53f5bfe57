//! The state of a device's app, as it is printed, alone and in a list.
//! What the states mean belongs to `push`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::clock::Timestamp;
use crate::config::{Profile, Region};
use crate::failure::Remedy;
use crate::output::{Page, Report, Tone};
use crate::push::AppState;
use crate::store::devices::Device;
use crate::store::presence::{Platform, Presence, PresenceSource};
use crate::store::source::FactSource;

/// The state of one device's app.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PresenceJson {
    pub(crate) user: String,
    pub(crate) device: String,
    platform: Platform,
    state: AppState,
    /// The IM server's REST word: Online, PushOnline or Offline; null where it is not known.
    rest: Option<String>,
    /// The client SDK's word: ONLINE, OFFLINE or UNLOGINED; null where it is not known.
    sdk: Option<String>,
    /// When the state began, RFC 3339 UTC; null where it was only seen.
    since: Option<String>,
    /// When it was last said to be so.
    seen_at: Option<String>,
    /// Who said so; expired-7-days is derived.
    source: FactSource,
    last_login_at: Option<String>,
    last_disconnect_at: Option<String>,
    /// As source was called before.
    told_by: PresenceSource,
    reason: Option<String>,
    /// It has a current token report.
    reported: bool,
    profile: String,
    region: Region,
}

impl PresenceJson {
    pub(crate) fn of(device: &Device, profile: &Profile, now: Timestamp) -> Self {
        let presence = device.presence.as_ref();
        let state = AppState::of(presence, now);
        let time = |at: Option<Timestamp>| at.map(|at| at.to_string());
        PresenceJson {
            user: device.user.clone(),
            device: device.name.clone(),
            platform: presence.map_or(Platform::Android, |presence| presence.platform),
            state,
            rest: state.rest().map(Into::into),
            sdk: state.sdk().map(Into::into),
            since: time(presence.and_then(|presence| presence.since)),
            seen_at: time(presence.map(|presence| presence.seen_at)),
            source: match presence {
                Some(presence) if state != AppState::Expired => presence.source.into(),
                _ => FactSource::Derived,
            },
            last_login_at: time(presence.and_then(|presence| presence.last_login_at)),
            last_disconnect_at: time(presence.and_then(|presence| presence.disconnected_at)),
            told_by: presence.map_or(PresenceSource::Report, |presence| presence.source),
            reason: presence.and_then(|presence| presence.reason.clone()),
            reported: device.report.is_some(),
            profile: profile.name.clone(),
            region: profile.region.value,
        }
    }

    /// What was just said, whether or not a token is reported for the device.
    pub(crate) fn said(presence: &Presence, reported: bool, profile: &Profile, now: Timestamp) -> Self {
        let device = Device {
            user: presence.user.clone(),
            name: presence.device.clone(),
            presence: Some(presence.clone()),
            report: None,
        };
        PresenceJson { reported, ..PresenceJson::of(&device, profile, now) }
    }
}

/// A table of devices, both words for each state; the state is the last column.
pub(crate) fn table(page: &mut Page, items: &[&PresenceJson]) {
    let (since, times) = page.times("since", items.iter().map(|item| item.since.as_deref()));
    let (seen, seen_times) = page.times("seen", items.iter().map(|item| item.seen_at.as_deref()));
    let rows: Vec<Vec<String>> = items
        .iter()
        .zip(times.into_iter().zip(seen_times))
        .map(|(item, (time, seen))| {
            let state = match &item.reason {
                Some(reason) => format!("{}: {reason}", item.state.as_str()),
                None => item.state.as_str().to_owned(),
            };
            let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "not known".into());
            let reported = if item.reported { "reported" } else { "none" };
            vec![
                item.user.clone(),
                item.device.clone(),
                reported.into(),
                time,
                seen,
                item.source.to_string(),
                word(&item.rest),
                word(&item.sdk),
                state,
            ]
        })
        .collect();
    let tones: Vec<Option<Tone>> = items
        .iter()
        .map(|item| match item.state {
            AppState::Killed | AppState::Background => Some(Tone::Ok),
            AppState::Online | AppState::Unknown => Some(Tone::Warn),
            _ => Some(Tone::Faint),
        })
        .collect();
    page.table(&["user", "device", "token", &since, &seen, "source", "REST", "SDK", "state"], &rows, &tones);
}

/// What `presence show` and `clear` print.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PresenceList {
    pub(crate) items: Vec<PresenceJson>,
    #[serde(skip)]
    pub(crate) headline: Option<&'static str>,
    /// The line for a person where there is none.
    #[serde(skip)]
    pub(crate) none: Remedy,
}

impl Report for PresenceList {
    fn text(&self, page: &mut Page) {
        if self.items.is_empty() {
            page.line(page.remedy(&self.none));
        } else {
            self.headline.into_iter().for_each(|line| page.line(line));
            table(page, &self.items.iter().collect::<Vec<_>>());
        }
    }
}
