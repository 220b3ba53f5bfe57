//! Token reports whose regId is on OPPO's list of invalid ones, and when so many are that something else is likelier wrong.

use crate::failure::Failure;
use crate::store::Store;
use crate::store::reports::{self as table, Report};

/// Fewer than this say nothing about the list as a whole.
const FEW: usize = 5;

/// The current reports of one certificate that a list names.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) reports: Vec<Report>,
    /// How many current reports the certificate has in all.
    pub(crate) of: u64,
}

impl Listed {
    pub(crate) fn find(
        store: &Store,
        profile: &str,
        certificate_id: i64,
        reg_ids: &[String],
    ) -> Result<Listed, Failure> {
        Ok(Listed {
            reports: table::with_reg_ids(store, profile, certificate_id, reg_ids)?,
            of: table::count_of(store, profile, certificate_id)?,
        })
    }

    /// Over a fifth of all: the credentials may be another app's, or the list may not be what it seems.
    pub(crate) fn is_doubtful(&self) -> bool {
        let listed = self.reports.len();
        listed >= FEW && listed as u64 * 5 > self.of
    }

    /// Ends these reports, as far as they are still current, and gives those that were.
    pub(crate) fn remove(&self, store: &Store) -> Result<Vec<Report>, Failure> {
        Ok(table::end_invalid(store, &self.reports, "OPPO lists the regId as invalid")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, Timestamp};
    use crate::store::source::FactSource;

    #[test]
    fn over_a_fifth_is_doubtful_and_a_few_are_not() {
        let store = Store::in_memory(Clock::fixed(Timestamp::UNIX_EPOCH)).unwrap();
        let reg_ids: Vec<String> = (0..30).map(|number| format!("CN_{number:032}")).collect();
        for (number, reg_id) in reg_ids.iter().enumerate() {
            let request = table::NewReport {
                profile: "demo".into(),
                region: "cn".into(),
                user: format!("u{number}"),
                device: "default".into(),
                certificate_id: 7005,
                reg_id: reg_id.clone(),
                brand: None,
                source: FactSource::ByHand,
            };
            table::record(&store, &request).unwrap();
        }
        let listed = |count: usize| Listed::find(&store, "demo", 7005, &reg_ids[..count]).unwrap();
        for (count, doubtful) in [(0, false), (4, false), (6, false), (7, true), (30, true)] {
            assert_eq!(listed(count).is_doubtful(), doubtful, "{count}");
        }
        let few = Listed { of: 4, ..listed(4) };
        assert!(!few.is_doubtful(), "four of four say nothing");
        assert_eq!(listed(6).remove(&store).unwrap().len(), 6);
        assert_eq!((listed(30).reports.len(), listed(30).of), (24, 24));
        assert!(Listed::find(&store, "demo", 7006, &reg_ids).unwrap().reports.is_empty());
    }
}
