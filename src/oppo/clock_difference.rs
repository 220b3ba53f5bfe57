//! How far the vendor's clock is from this machine's, by the Date header of an answer.

use crate::clock::Timestamp;
use jiff::fmt::rfc2822;
use std::fmt;

/// How far the vendor's clock is ahead of this machine's, in whole seconds: the Date header has no finer ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockDifference {
    pub vendor_ahead_seconds: i64,
}

impl ClockDifference {
    /// By the Date header of an answer that was asked for and came at these times. `None` if it is not a date.
    pub(crate) fn by_date(date: &str, asked: Timestamp, answered: Timestamp) -> Option<ClockDifference> {
        let date = rfc2822::parse(date).ok()?.timestamp();
        Some(ClockDifference::between(date, asked, answered))
    }

    /// The header's second against the span in which it was written: anything within the span is not a difference.
    fn between(date: Timestamp, asked: Timestamp, answered: Timestamp) -> ClockDifference {
        let (date, from, to) = (date.as_second(), asked.as_second(), answered.as_second());
        let vendor_ahead_seconds = if date < from { date - from } else { (date - to).max(0) };
        ClockDifference { vendor_ahead_seconds }
    }

    /// More than this and the vendor may refuse the timestamp (code 19): half of its ten minutes.
    pub(crate) fn is_worrying(self) -> bool {
        self.vendor_ahead_seconds.unsigned_abs() >= 300
    }
}

impl fmt::Display for ClockDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.vendor_ahead_seconds {
            0 => f.write_str("less than 1 s apart"),
            ahead if ahead > 0 => write!(f, "this machine is {ahead} s behind OPPO"),
            behind => write!(f, "this machine is {} s ahead of OPPO", behind.unsigned_abs()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(date: i64, asked_ms: i64, answered_ms: i64) -> i64 {
        let ms = |ms| Timestamp::from_millisecond(ms).expect("in range");
        ClockDifference::between(ms(date * 1000), ms(asked_ms), ms(answered_ms)).vendor_ahead_seconds
    }

    #[test]
    fn the_difference_is_counted_from_the_span_of_the_call() {
        assert_eq!(difference(1000, 1_000_900, 1_001_200), 0);
        assert_eq!(difference(1001, 1_000_900, 1_001_200), 0);
        assert_eq!(difference(1003, 1_000_900, 1_001_200), 2);
        assert_eq!(difference(990, 1_000_900, 1_001_200), -10);
    }

    #[test]
    fn a_date_header_is_read() {
        let at = Timestamp::from_second(784_111_777).expect("in range");
        let of = |date| ClockDifference::by_date(date, at, at).map(|clock| clock.vendor_ahead_seconds);
        assert_eq!(of("Sun, 06 Nov 1994 08:49:37 GMT"), Some(0));
        assert_eq!(of("Sun, 06 Nov 1994 08:49:47 GMT"), Some(10));
        assert_eq!(of("yesterday"), None);
    }

    #[test]
    fn it_says_which_clock_is_ahead() {
        let say = |vendor_ahead_seconds| ClockDifference { vendor_ahead_seconds }.to_string();
        assert_eq!(say(0), "less than 1 s apart");
        assert_eq!(say(7), "this machine is 7 s behind OPPO");
        assert_eq!(say(-7), "this machine is 7 s ahead of OPPO");
        assert!(ClockDifference { vendor_ahead_seconds: -300 }.is_worrying());
    }
}
