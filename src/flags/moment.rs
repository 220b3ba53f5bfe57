//! A point in time on the command line: so long ago, a date, or a time; always in UTC.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::clock::{Timestamp, duration};

/// What `--since` and `--until` take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// So long before now.
    Ago(std::time::Duration),
    At(Timestamp),
}

impl Moment {
    /// The time itself; what lies before the calendar begins is its beginning.
    pub(crate) fn at(self, now: Timestamp) -> Timestamp {
        match self {
            Moment::At(at) => at,
            Moment::Ago(ago) => now.checked_sub(ago).unwrap_or(Timestamp::MIN),
        }
    }
}

/// Parses `24h`, `2026-01-31`, `2026-01-31T10:00:00Z`, or a date and time without a zone, which is taken as UTC.
pub(crate) fn moment(text: &str) -> Result<Moment, String> {
    let text = text.trim();
    if let Ok(ago) = duration(text) {
        return Ok(Moment::Ago(ago));
    }
    read_time(text).map(Moment::At).ok_or_else(|| {
        format!(
            "\"{text}\" is not a time; write it like 24h (so long ago), 2026-01-31 or 2026-01-31T10:00:00Z"
        )
    })
}

/// Parses the same without `24h`.
pub(crate) fn time(text: &str) -> Result<Timestamp, String> {
    read_time(text.trim())
        .ok_or_else(|| format!("\"{text}\" is not a time; write it like 2026-01-31 or 2026-01-31T10:00:00Z"))
}

fn read_time(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    // A date alone is its first moment. A zone that could not be read must not be taken for none.
    let zone = text.get(10..).is_some_and(|rest| rest.contains(['+', '-', 'Z', 'z', '[']));
    let at = text.parse::<DateTime>().ok().filter(|_| !zone);
    at.and_then(|at| TimeZone::UTC.to_timestamp(at).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::Duration;

    #[test]
    fn the_usual_forms() {
        let at = |text: &str| Ok(Moment::At(text.parse().unwrap()));
        assert_eq!(moment("24h"), Ok(Moment::Ago(Duration::from_secs(86_400))));
        assert_eq!(moment("7d"), Ok(Moment::Ago(Duration::from_secs(604_800))));
        assert_eq!(moment("2026-01-31"), at("2026-01-31T00:00:00Z"));
        assert_eq!(moment("2026-01-31T10:00:00"), at("2026-01-31T10:00:00Z"));
        assert_eq!(moment("2026-01-31 10:00"), at("2026-01-31T10:00:00Z"));
        assert_eq!(moment("2026-01-31T10:00:00+08:00"), at("2026-01-31T02:00:00Z"));
        assert!(time("24h").is_err());
        assert_eq!(time("2026-01-31"), Ok("2026-01-31T00:00:00Z".parse().unwrap()));
        for text in ["", "yesterday", "2026-02-30", "2026", "10:00", "-5s", "2026-01-31T10:00:00+99:00"] {
            assert!(moment(text).is_err() && time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn so_long_ago_is_before_now() {
        let now: Timestamp = "2026-01-31T10:00:00Z".parse().unwrap();
        assert_eq!(Moment::Ago(Duration::from_secs(60)).at(now).to_string(), "2026-01-31T09:59:00Z");
        assert_eq!(Moment::Ago(Duration::MAX).at(now), Timestamp::MIN);
    }

    proptest! {
        #[test]
        fn never_panics(text in "[-0-9T:Z+ a-z.]{0,30}") {
            let _ = moment(&text).map(|moment| moment.at(Timestamp::UNIX_EPOCH));
        }
    }
}
