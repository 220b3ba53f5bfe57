//! What was sent and what was answered, for people: secrets are masked before it is made, so that it can go anywhere.

use std::fmt;
use std::time::Duration;

use jiff::fmt::rfc2822;

use super::request::Field;
use super::{Call, Request};
use crate::clock::Timestamp;
use crate::masking;

/// At most this many bytes of an answer are kept; the client itself reads up to 1 MiB.
const KEPT: usize = 16 * 1024;

/// One request, and its answer if one came. Nothing in here is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    pub call: Call,
    /// Counts the requests of this call from 1.
    pub(crate) number: u32,
    pub method: &'static str,
    pub(crate) url: String,
    /// As sent, without Host and Content-Length.
    pub(crate) headers: Vec<(String, String)>,
    /// The fields of the form, of a GET's query, or of a JSON object, before encoding; `sign` and `auth_token` masked.
    pub form: Vec<(String, String)>,
    /// The HTTP status; `None` if no answer came, or the request was not sent at all.
    pub status: Option<u16>,
    /// The answer's text, masked, control characters and all; cut after 16 KiB.
    pub answer: Option<String>,
    /// Why there is no whole answer.
    pub failure: Option<String>,
    /// How far the vendor's clock is from this machine's, by the answer's Date header; refusals have one too.
    pub clock: Option<ClockDifference>,
    /// From before the connection to the end of the answer.
    pub(crate) elapsed: Duration,
}

impl Exchange {
    /// A request that is not sent (yet): what `--dry-run` shows.
    pub(crate) fn planned(request: &Request) -> Exchange {
        let mut headers: Vec<(String, String)> = request
            .headers()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into_owned()))
            .collect();
        headers.extend(request.secret_headers().map(Field::masked));
        let file = request
            .file
            .as_ref()
            .map(|file| ("file".to_owned(), format!("({}, {} bytes)", file.format, file.bytes.len())));
        headers.push(("User-Agent".to_owned(), crate::transport::USER_AGENT.to_owned()));
        Exchange {
            call: request.call,
            number: 1,
            method: request.call.method(),
            url: request.url.to_string(),
            headers,
            form: request.body_fields().map(Field::masked).chain(file).collect(),
            status: None,
            answer: None,
            failure: None,
            clock: None,
            elapsed: Duration::ZERO,
        }
    }

    pub(super) fn answered(&mut self, status: u16, masked: &str) {
        self.status = Some(status);
        self.answer = Some(match masked.char_indices().map(|(at, _)| at).find(|at| *at >= KEPT) {
            Some(end) => format!("{}… ({} bytes in all)", &masked[..end], masked.len()),
            None => masked.to_owned(),
        });
    }

    /// For a form or a query: a command for a POSIX shell that sends the same request, the masked fields taken from the environment:
    /// `$OPUSH_AUTH_TOKEN`, `$OPUSH_SIGN` for the auth call, `$OPUSH_PATH_SECRET` for that of a callback URL.
    pub fn to_curl(&self) -> String {
        let mut parts = vec!["curl -sS".to_owned()];
        if self.method == "GET" {
            // The fields go into the query.
            parts[0].push_str(" -G");
        }
        if self.url.contains(['[', ']', '{', '}']) {
            // Curl would take these for a pattern.
            parts[0].push_str(" -g");
        }
        parts[0].push(' ');
        parts[0].push_str(&quoted(&self.url));
        for (name, value) in &self.headers {
            parts.push(format!("-H {}", quoted(&format!("{name}: {value}"))));
        }
        for (name, value) in &self.form {
            parts.push(match name.as_str() {
                "auth_token" => "--data-urlencode \"auth_token=$OPUSH_AUTH_TOKEN\"".to_owned(),
                "sign" => "--data-urlencode \"sign=$OPUSH_SIGN\"".to_owned(),
                _ => format!("--data-urlencode {}", masking::for_shell(&quoted(&format!("{name}={value}")))),
            });
        }
        parts.join(" \\\n  ")
    }
}

/// In single quotes, where nothing but the single quote itself has a meaning to the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

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
    use super::super::{Endpoints, Overrides, Push, RegId, Target};
    use super::*;
    use crate::config::{Region, Secret};
    use serde_json::json;
    use std::process::Command;

    fn planned(title: &str) -> Exchange {
        let endpoints = Endpoints::resolve(Region::Cn, &Overrides::default()).expect("known");
        let target = Target::RegId(RegId::parse("CN_00000000000000000000000000000001").expect("valid"));
        let notification = json!({ "title": title });
        let notification = notification.as_object().expect("an object");
        let push = Push { target: &target, notification, verify_registration_id: false };
        Exchange::planned(&Request::unicast(&endpoints, &Secret::new("hunter2"), &push))
    }

    #[test]
    fn the_plan_shows_the_request_without_the_token() {
        let plan = planned("Hi");
        assert_eq!(plan.form[0], ("auth_token".to_owned(), "********".to_owned()));
        assert_eq!(plan.headers[2].1, concat!("opush/", env!("CARGO_PKG_VERSION")));
        assert!(!format!("{plan:?}{}", plan.to_curl()).contains("hunter2"));
    }

    /// The shell itself says what curl would be given.
    #[test]
    fn the_curl_command_gives_curl_the_same_words() {
        let title = "it's $HOME `id` \\ \"x\" %20 你好 \n & ; !";
        let plan = planned(title);
        let script = plan.to_curl().replacen("curl", "printf '%s\\0'", 1);
        let output = Command::new("sh")
            .args(["-c", &script])
            .env("OPUSH_AUTH_TOKEN", "t o'k\"en")
            .output()
            .expect("a POSIX shell");
        let words = String::from_utf8(output.stdout).expect("UTF-8");
        let words: Vec<&str> = words.split_terminator('\0').collect();
        assert_eq!(words[..2], ["-sS", plan.url.as_str()]);
        assert_eq!(words[words.len() - 3], "auth_token=t o'k\"en");
        assert_eq!(words[words.len() - 1], format!("message={}", plan.form[1].1));
        assert_eq!(words.iter().filter(|word| **word == "-H").count(), 3);
    }

    #[test]
    fn a_long_answer_is_cut_at_a_character() {
        let mut plan = planned("Hi");
        plan.answered(200, &"你".repeat(10_000));
        let kept = plan.answer.expect("an answer");
        assert!(kept.len() < KEPT + 64 && kept.ends_with("你… (30000 bytes in all)"));
    }

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
