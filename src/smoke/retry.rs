//! When a case may be repeated, and how long it waits before.
//! A wrong outcome is never repeated: it would only be hidden.

use std::time::Duration;

use crate::failure::{Class, Problem};

/// The vendor's codes that pass by themselves: throttled, not available, called too often (OPPO reference, section 8).
const PASSING: [i64; 3] = [-2, -1, 13];

/// Whether the outcome says nothing of what is tested, so that another try may.
pub(super) fn worth_repeating(problem: &Problem) -> bool {
    problem.kind.class() == Class::Network || problem.code.is_some_and(|code| PASSING.contains(&code))
}

/// The pause before a repeat: half a second, doubled each time; `repeat` counts from 1.
pub(super) fn pause(repeat: u32) -> Duration {
    Duration::from_millis(500) * 2u32.pow(repeat.saturating_sub(1).min(5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Kind;

    #[test]
    fn only_what_passes_by_itself_is_repeated() {
        let problem = |kind| Problem::new(kind, "m", "h");
        assert!(worth_repeating(&problem(Kind::Unreachable)));
        assert!(worth_repeating(&problem(Kind::OutcomeUnknown)));
        assert!(worth_repeating(&problem(Kind::VendorRefused).with_code(13)));
        for kind in [Kind::VendorRefused, Kind::NotPushed, Kind::StateDatabase, Kind::TooLong] {
            assert!(!worth_repeating(&problem(kind)), "{kind:?}");
        }
        assert!(!worth_repeating(&problem(Kind::VendorRefused).with_code(67)));
    }

    #[test]
    fn pauses_double_up_to_a_limit() {
        assert_eq!(pause(1), Duration::from_millis(500));
        assert_eq!(pause(3), Duration::from_secs(2));
        assert_eq!(pause(u32::MAX), Duration::from_secs(16));
    }
}
