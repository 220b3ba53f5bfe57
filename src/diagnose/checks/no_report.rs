//! Whether a token report is in force for the user's device.
//! What the report says belongs to the checks after it.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};

pub const CHECK: Check<Evidence> = Check {
    id: "no-report",
    link: "report",
    title: "a token report is in force",
    remedy: "let the app report after each login, in onRegister too: opush snippet token",
    page: include_str!("../../../docs/checks/no-report.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let subject = evidence.subject()?;
    let user = evidence.user()?;
    if let Ok(report) = evidence.report() {
        let others = match subject.other_devices {
            0 => String::new(),
            1 => "; 1 other device is known".to_owned(),
            many => format!("; {many} other devices are known"),
        };
        return Ok(Finding::pass(format!(
            "certificate {}, regId {}, {:.0}{others}",
            report.certificate_id, report.reg_id, report.last_reported_at
        )));
    }
    let ended = evidence.reports.iter().find(|report| report.ended_at.is_some());
    let profile = &subject.profile.name;
    Ok(match ended {
        Some(ended) => Finding::fail(
            format!(
                "the last report of {user} in profile {profile} ended: {}",
                ended.ended_reason.as_deref().unwrap_or("no reason kept")
            ),
            "the app did not report again after that",
        ),
        None => Finding::fail(
            format!("{user} has no token report in profile {profile}"),
            "the app never reported: no regId from OPPO's SDK, an empty token, or a report before the login",
        ),
    })
}
