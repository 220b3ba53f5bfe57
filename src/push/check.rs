//! `token check`: what is known of a regId without sending anything.
//! Only a push shows whether OPPO knows it.

use super::token;
use crate::config::Region;
use crate::failure::{Failure, Problem};
use crate::oppo::{Home, RegId};
use crate::store::Store;
use crate::store::reports::{self, Report, ReportFilter};

/// What is known of a regId.
#[derive(Clone, Debug)]
pub(crate) struct Check {
    /// The regId, if the text has one of OPPO's forms.
    pub(crate) reg_id: Option<RegId>,
    /// Everything wrong with it for this profile; nothing if it may be pushed to.
    pub(crate) problems: Vec<Problem>,
    /// Its reports in this profile, ended ones too.
    pub(crate) reports: Vec<Report>,
}

impl Check {
    /// Where its phone is at home, as far as the form tells.
    pub(crate) fn home(&self) -> Option<Home> {
        self.reg_id.as_ref().map(RegId::home)
    }

    /// Whether it has OPPO's form and belongs to the profile's region.
    pub(crate) fn is_valid(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Looks at `text`, and for its reports in `profile`.
pub(crate) fn check(store: &Store, profile: &str, region: Region, text: &str) -> Result<Check, Failure> {
    match token::parse(text) {
        Err(problem) => Ok(Check { reg_id: None, problems: vec![problem], reports: Vec::new() }),
        Ok(reg_id) => {
            let problems = token::region_problem(&reg_id, profile, region).into_iter().collect();
            let filter = ReportFilter {
                profile: Some(profile),
                reg_id: Some(reg_id.as_str()),
                history: true,
                ..ReportFilter::default()
            };
            let reports = reports::list(store, &filter)?;
            Ok(Check { reg_id: Some(reg_id), problems, reports })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reports::{ReportRequest, report};
    use super::*;
    use crate::clock::{Clock, Timestamp};
    use crate::failure::Kind;

    const CHINA: &str = "CN_0123456789abcdef0123456789abcdef";

    #[test]
    fn form_home_fit_and_reports_are_shown() {
        let store = Store::in_memory(Clock::fixed(Timestamp::UNIX_EPOCH)).unwrap();
        let request = ReportRequest {
            profile: "demo",
            region: Region::Cn,
            certificates: &[7005],
            user: "alice",
            device: None,
            certificate_id: 7005,
            reg_id: CHINA,
            brand: None,
            source: crate::store::source::FactSource::ByHand,
        };
        report(&store, &request).unwrap();
        report(&store, &ReportRequest { user: "bob", ..request }).unwrap();

        let found = check(&store, "demo", Region::Cn, CHINA).unwrap();
        assert!(found.is_valid());
        assert_eq!(found.home(), Some(Home::China));
        let users: Vec<_> = found.reports.iter().map(|report| report.user.as_str()).collect();
        assert_eq!(users, ["alice", "bob"]);

        let abroad = check(&store, "abroad", Region::Intl, CHINA).unwrap();
        assert_eq!(abroad.problems[0].kind, Kind::WrongRegion);
        assert!(abroad.reports.is_empty());

        let malformed = check(&store, "demo", Region::Cn, "078a").unwrap();
        assert_eq!((malformed.home(), malformed.problems[0].kind), (None, Kind::BadRegId));
        let empty = check(&store, "demo", Region::Cn, "").unwrap();
        assert_eq!(empty.problems[0].kind, Kind::EmptyToken);
    }
}
