//! Whether a user's device is pushed to, or why not: the IM server's rule, each "no" with its name.
//! A direct send asks nobody here; OPPO itself knows no user and no certificate ID.

use std::time::Duration;

use crate::clock::Timestamp;
use crate::failure::{Kind, Problem};
use crate::store::reports::Report;

/// The IM server uses a certificate this long after it was saved or edited (IM reference, section 2.2).
pub const TAKES_EFFECT_AFTER: Duration = Duration::from_secs(10 * 60);

/// What the decision needs to know of a certificate of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownCertificate {
    pub id: i64,
    /// When the IM console saved it; one without a time counts as long saved.
    pub saved_at: Option<Timestamp>,
}

/// Push, or why not (IM reference, section 4.4). Names are stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Push,
    NoReport { user: String, profile: String },
    CertificateMissing { certificate_id: i64, user: String, profile: String },
    CertificateNotYetActive { certificate_id: i64, active_at: Timestamp, reg_id: String },
}

impl Decision {
    /// The name that results, diagnosis and history show.
    pub fn name(&self) -> &'static str {
        match self {
            Decision::Push => "push",
            Decision::NoReport { .. } => "no-report",
            Decision::CertificateMissing { .. } => "certificate-missing",
            Decision::CertificateNotYetActive { .. } => "certificate-not-yet-active",
        }
    }

    /// The ground of the decision, in one sentence.
    pub fn ground(&self) -> String {
        match self {
            Decision::Push => "the offline-push rule has nothing against it".into(),
            Decision::NoReport { user, profile } => {
                format!("user {user} has no token report in profile {profile}")
            }
            Decision::CertificateMissing { certificate_id, user, profile } => {
                format!(
                    "user {user} reported certificate {certificate_id}, which profile {profile} does not have"
                )
            }
            Decision::CertificateNotYetActive { certificate_id, active_at, .. } => format!(
                "certificate {certificate_id} was saved less than 10 minutes ago; the IM server uses it from \
                 {active_at:.0} on"
            ),
        }
    }

    /// What a person is told of a "no"; nothing for a push.
    pub fn problem(&self) -> Option<Problem> {
        let hint = match self {
            Decision::Push => return None,
            Decision::NoReport { user, .. } => {
                format!(
                    "report the token of their phone: opush token report --user {user} --certificate ID --reg-id R"
                )
            }
            Decision::CertificateMissing { certificate_id, user, .. } => format!(
                "add it again: opush cert add --id {certificate_id}; or report with one that exists: \
                 opush token report --user {user} --certificate ID --reg-id R"
            ),
            Decision::CertificateNotYetActive { reg_id, .. } => format!(
                "wait until then, or add --force; OPPO itself does not wait: opush send --reg-id {reg_id} goes out at once"
            ),
        };
        Some(Problem::new(Kind::NotPushed, format!("{}: {}", self.name(), self.ground()), hint))
    }
}

/// Decides for one report. `force` lets a certificate serve before its ten minutes are over.
pub fn decide(report: &Report, certificates: &[KnownCertificate], now: Timestamp, force: bool) -> Decision {
    let certificate_id = report.certificate_id;
    let Some(certificate) = certificates.iter().find(|known| known.id == certificate_id) else {
        return Decision::CertificateMissing {
            certificate_id,
            user: report.user.clone(),
            profile: report.profile.clone(),
        };
    };
    let active_at = certificate.saved_at.and_then(|saved| saved.checked_add(TAKES_EFFECT_AFTER).ok());
    match active_at {
        Some(active_at) if now < active_at && !force => {
            Decision::CertificateNotYetActive { certificate_id, active_at, reg_id: report.reg_id.clone() }
        }
        _ => Decision::Push,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::reports::ReportState;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + seconds).unwrap()
    }

    fn report() -> Report {
        Report {
            id: 1,
            profile: "demo".into(),
            region: "cn".into(),
            user: "alice".into(),
            device: "default".into(),
            certificate_id: 7005,
            reg_id: "CN_0123456789abcdef0123456789abcdef".into(),
            brand: None,
            state: ReportState::Current,
            reported_at: at(0),
            last_reported_at: at(0),
            ended_at: None,
            ended_reason: None,
        }
    }

    fn saved(id: i64, saved_at: Option<Timestamp>) -> [KnownCertificate; 1] {
        [KnownCertificate { id, saved_at }]
    }

    #[test]
    fn a_certificate_serves_from_ten_minutes_after_it_was_saved() {
        let fresh = saved(7005, Some(at(0)));
        let early = decide(&report(), &fresh, at(599), false);
        assert_eq!(early.name(), "certificate-not-yet-active");
        let problem = early.problem().unwrap();
        assert_eq!(problem.kind.class().exit_code(), 9);
        assert!(problem.message.ends_with("from 2023-11-14T22:23:20Z on"), "{}", problem.message);
        assert_eq!(decide(&report(), &fresh, at(600), false), Decision::Push);
        assert_eq!(decide(&report(), &fresh, at(599), true), Decision::Push);
        assert_eq!(decide(&report(), &saved(7005, None), at(0), false), Decision::Push);
    }

    #[test]
    fn a_certificate_that_is_gone_is_not_forced_back() {
        for force in [false, true] {
            let decision = decide(&report(), &saved(7004, None), at(0), force);
            assert_eq!(decision.name(), "certificate-missing");
            assert!(decision.ground().contains("7005"));
        }
        assert_eq!(decide(&report(), &[], at(0), false).name(), "certificate-missing");
    }

    #[test]
    fn every_no_names_itself_and_what_to_do() {
        let none = Decision::NoReport { user: "bob".into(), profile: "demo".into() };
        let problem = none.problem().unwrap();
        assert_eq!(problem.message, "no-report: user bob has no token report in profile demo");
        assert!(problem.hint.contains("opush token report --user bob"));
        assert_eq!(Decision::Push.problem(), None);
    }
}
