//! Finds in the evidence which token report is current, and how the last one ended.

use super::Evidence;
use crate::diagnose::finding::Skipped;
use crate::store::reports::{Report, ReportState};

impl Evidence {
    /// The current report of the device in question.
    pub(crate) fn report(&self) -> Result<&Report, Skipped> {
        let device = self.subject()?.device.as_ref();
        device
            .and_then(|device| device.report.as_ref())
            .ok_or_else(|| Skipped::because("there is no current token report"))
    }

    /// The current report, as a finding says it.
    pub(crate) fn current_report(&self) -> Result<String, Skipped> {
        let report = self.report()?;
        let others = match self.subject()?.other_devices {
            0 => String::new(),
            1 => "; 1 other device is known".to_owned(),
            many => format!("; {many} other devices are known"),
        };
        // Older versions did not keep it.
        let source = report.source.map(|source| format!(", {}", source.words())).unwrap_or_default();
        Ok(format!(
            "certificate {}, regId {}, {:.0}{source}{others}",
            report.certificate_id, report.reg_id, report.last_reported_at,
        ))
    }

    /// The user's last report, where it ended because its regId moved and no other is current.
    pub(crate) fn moved_report(&self) -> Option<&Report> {
        let last = self.reports.iter().max_by_key(|report| report.ended_at)?;
        (self.report().is_err() && last.state == ReportState::Unbound).then_some(last)
    }
}
