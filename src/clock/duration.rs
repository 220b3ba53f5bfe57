//! The one parser for durations, on the command line and in files: `90s`, `12m`, `24h`, `1h 30m`.
//! Limits on a duration belong to the rule that it is for.

use std::time::Duration;

use jiff::SignedDuration;

/// Parses a duration such as `90s`, `12m`, `24h`, `10d` or `1h 30m`. A bare number is refused: it has no unit.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let refused = || format!("\"{text}\" is not a duration; write it with units, such as 90s, 12m or 24h");
    // jiff's own units end at weeks only for calendar spans; days count as 24 hours here.
    let text = text.trim();
    let parsed: SignedDuration = match text.strip_suffix('d').and_then(|days| days.parse::<i64>().ok()) {
        Some(days) => days.checked_mul(24).and_then(SignedDuration::try_from_hours).ok_or_else(refused)?,
        None => text.parse().map_err(|_| refused())?,
    };
    Duration::try_from(parsed).map_err(|_| refused())
}

/// The other way: `7m 12s`, at most two units, for people.
pub(crate) fn describe_duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (days, hours, minutes, rest) =
        (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    let parts = [(days, "d"), (hours, "h"), (minutes, "m"), (rest, "s")];
    let words: Vec<String> = parts
        .iter()
        .skip_while(|(count, _)| *count == 0)
        .take(2)
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count}{unit}"))
        .collect();
    if words.is_empty() { "0s".to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_usual_forms() {
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("12m"), Ok(Duration::from_secs(720)));
        assert_eq!(duration("24h"), Ok(Duration::from_secs(86_400)));
        assert_eq!(duration("10d"), Ok(Duration::from_secs(864_000)));
        assert_eq!(duration("1h30m"), Ok(Duration::from_secs(5_400)));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
    }

    #[test]
    fn no_unit_no_sense_and_less_than_nothing_are_refused() {
        for text in ["90", "", "soon", "-5s", "5 parsecs", "99999999999999999999d", "9999999999999999d"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn words_for_people() {
        assert_eq!(describe_duration(Duration::from_secs(432)), "7m 12s");
        assert_eq!(describe_duration(Duration::from_secs(3_600)), "1h");
        assert_eq!(describe_duration(Duration::ZERO), "0s");
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,40}") {
            let _ = duration(&text);
        }
    }
}
