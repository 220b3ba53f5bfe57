//! A token report as it is printed, alone and in a list.
//! What the states mean belongs to `store`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::Profile;
use crate::failure::Remedy;
use crate::output::{Page, Report, Tone};
use crate::store::reports::{self, ReportState};
use crate::store::source::FactSource;

/// One token report, current or ended.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Binding {
    pub(crate) user: String,
    pub(crate) device: String,
    pub(crate) certificate_id: i64,
    pub(crate) reg_id: String,
    /// oppo, realme or oneplus, if it was reported.
    brand: Option<String>,
    profile: String,
    region: String,
    state: ReportState,
    /// Who said it last; null for reports of before this was kept.
    source: Option<FactSource>,
    /// RFC 3339 UTC.
    reported_at: String,
    /// When the same was last reported again.
    last_reported_at: String,
    ended_at: Option<String>,
    ended_reason: Option<String>,
}

impl From<reports::Report> for Binding {
    fn from(report: reports::Report) -> Self {
        Binding {
            user: report.user,
            device: report.device,
            certificate_id: report.certificate_id,
            reg_id: report.reg_id,
            brand: report.brand,
            profile: report.profile,
            region: report.region,
            state: report.state,
            source: report.source,
            reported_at: report.reported_at.to_string(),
            last_reported_at: report.last_reported_at.to_string(),
            ended_at: report.ended_at.map(|at| at.to_string()),
            ended_reason: report.ended_reason,
        }
    }
}

impl Binding {
    /// What was reported, to which profile.
    pub(crate) fn sentence(&self) -> String {
        let Binding { user, device, certificate_id, reg_id, profile, region, .. } = self;
        format!(
            "{user} (device {device}) reported certificate {certificate_id} with regId {reg_id} in profile {profile} ({region})."
        )
    }
}

/// What `token list`, `show` and `remove` print with `--json`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Bindings {
    pub(super) items: Vec<Binding>,
    profile: String,
    region: String,
    /// The line for a person where there is none.
    #[serde(skip)]
    pub(super) none: Remedy,
}

impl Bindings {
    pub(super) fn new(profile: &Profile, reports: Vec<reports::Report>, none: impl Into<Remedy>) -> Self {
        Bindings {
            items: reports.into_iter().map(Binding::from).collect(),
            profile: profile.name.clone(),
            region: profile.region.to_string(),
            none: none.into(),
        }
    }
}

/// A table of reports; the state is the last column.
pub(crate) fn table(page: &mut Page, items: &[Binding]) {
    let (reported, times) =
        page.times("reported", items.iter().map(|item| Some(item.last_reported_at.as_str())));
    let rows: Vec<Vec<String>> = items
        .iter()
        .zip(times)
        .map(|(item, at)| {
            let state = match &item.ended_reason {
                Some(reason) if reason.starts_with(<&str>::from(item.state)) => reason.clone(),
                Some(reason) => format!("{}: {reason}", item.state),
                None => item.state.to_string(),
            };
            vec![
                item.user.clone(),
                item.device.clone(),
                item.certificate_id.to_string(),
                item.reg_id.clone(),
                item.brand.clone().unwrap_or_default(),
                at,
                state,
            ]
        })
        .collect();
    let tones: Vec<Option<Tone>> = items
        .iter()
        .map(|item| Some(if item.state == ReportState::Current { Tone::Ok } else { Tone::Faint }))
        .collect();
    page.table(&["user", "device", "certificate", "regId", "brand", &reported, "state"], &rows, &tones);
}

impl Report for Bindings {
    fn text(&self, page: &mut Page) {
        if self.items.is_empty() {
            return page.line(page.remedy(&self.none));
        }
        page.line(format!("profile {} ({})", self.profile, self.region));
        table(page, &self.items);
    }
}
