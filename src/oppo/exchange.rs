//! What was sent and what was answered, for people: secrets are masked before it is made, so that it can go anywhere.
//! Where exchanges are kept belongs to `store`, how they are printed to `output`.

use super::{Call, ClockDifference, Request};
use crate::masking;
use std::time::Duration;

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
    /// The fields of the form, or of a GET's query, before encoding; `sign` and `auth_token` masked.
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
        let mut headers: Vec<(String, String)> =
            request.headers().iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        headers.push(("User-Agent".to_owned(), crate::transport::USER_AGENT.to_owned()));
        Exchange {
            call: request.call,
            number: 1,
            method: request.call.method(),
            url: request.url.to_string(),
            headers,
            form: request.fields.iter().map(|field| field.masked()).collect(),
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

    /// A command for a POSIX shell that sends the same request, the masked fields taken from the environment:
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
}
