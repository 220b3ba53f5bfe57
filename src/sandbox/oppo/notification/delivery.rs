//! When and over what a message travels, how long it is kept, and where its receipts go.

use super::super::super::rules::{OverMax, Rules, YesNo};
use super::super::fields::Fields;
use super::form;

/// Thirteen digits.
const MS_TIMES: (i64, i64) = (1_000_000_000_000, 9_999_999_999_999);
const OFF_LINE_TTL_MAX: i64 = 864_000;
const FIX_SPEED_RATES: (i64, i64) = (1000, 10_000);
const CALL_BACK_URL_LIMIT: usize = 200;

/// What the check of the delivery depends on beside the fields.
#[derive(Clone, Copy)]
pub(crate) struct Sent {
    pub(crate) to: SentTo,
    pub(crate) now: i64,
}

/// Whom it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SentTo {
    RegId,
    Alias,
    /// Whoever a broadcast of it names.
    Saved,
}

impl Sent {
    /// Whether what is said to be for broadcasts is refused.
    pub(super) fn only_unicast(self, rules: &Rules) -> bool {
        self.to != SentTo::Saved && !rules.broadcast_only_fields.accepts()
    }
}

pub(super) fn check(fields: &mut Fields<'_>, sent: Sent) {
    window(fields, sent.now);
    off_line(fields);
    schedule(fields, sent);
    speed(fields, sent);
    fields.choice("network_type", &[0, 1]);
    call_back(fields, sent.to == SentTo::Alias);
}

/// A time that nothing uses.
fn unused_time(fields: &mut Fields<'_>, name: &str) {
    let (least, most) = match fields.rules.unused_times {
        YesNo::Yes => MS_TIMES,
        YesNo::No => (i64::MIN, i64::MAX),
    };
    fields.int(name, least, most);
}

fn window(fields: &mut Fields<'_>, now: i64) {
    if fields.choice("show_time_type", &[0, 1]) != Some(1) {
        unused_time(fields, "show_start_time");
        unused_time(fields, "show_end_time");
        return;
    }
    fields.require("show_start_time");
    fields.require("show_end_time");
    let start = fields.int("show_start_time", MS_TIMES.0, MS_TIMES.1);
    let end = fields.int("show_end_time", MS_TIMES.0, MS_TIMES.1);
    if let (Some(start), Some(end)) = (start, end)
        && start >= end
    {
        fields.findings.wrong("show_end_time", "not after show_start_time");
    } else if end.is_some_and(|end| end <= now) && !fields.rules.past_window.accepts() {
        fields.findings.wrong("show_end_time", "past");
    }
}

fn off_line(fields: &mut Fields<'_>) {
    let off_line = fields.flag("off_line").unwrap_or(true);
    fields.keep("off_line", off_line);
    let ttl = fields.int("off_line_ttl", 0, i64::MAX).unwrap_or(fields.rules.off_line_ttl_default.0 / 1000);
    if ttl > OFF_LINE_TTL_MAX && fields.rules.off_line_ttl_over_max == OverMax::Refuse {
        fields.findings.wrong("off_line_ttl", format!("{ttl} s, at most {OFF_LINE_TTL_MAX}"));
    }
    fields.keep("off_line_ttl", ttl.min(OFF_LINE_TTL_MAX));
}

fn schedule(fields: &mut Fields<'_>, sent: Sent) {
    if fields.choice("push_time_type", &[0, 1]) == Some(1) {
        fields.require("push_start_time");
        let start = fields.int("push_start_time", MS_TIMES.0, MS_TIMES.1);
        let past = start.is_some_and(|start| (MS_TIMES.0..sent.now).contains(&start));
        if past && sent.to == SentTo::Saved && !fields.rules.past_schedule.accepts() {
            fields.findings.wrong("push_start_time", "past");
        }
        if sent.only_unicast(fields.rules) {
            fields.findings.wrong("push_time_type", "1 is for pushes to all users only");
        }
    } else {
        unused_time(fields, "push_start_time");
    }
    if let Some(zone) = fields.text("time_zone", None)
        && fields.rules.time_zone_form == YesNo::Yes
        && !is_time_zone(&zone)
    {
        fields.findings.wrong("time_zone", format!("`{zone}` is not of the form GMT+08:00"));
    }
}

fn is_time_zone(zone: &str) -> bool {
    let digits = |text: &str, most: u32| {
        text.len() == 2
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse().is_ok_and(|n: u32| n <= most)
    };
    let offset = zone.strip_prefix("GMT").and_then(|rest| rest.strip_prefix(['+', '-']));
    offset
        .and_then(|offset| offset.split_once(':'))
        .is_some_and(|(hours, minutes)| digits(hours, 14) && digits(minutes, 59))
}

fn speed(fields: &mut Fields<'_>, sent: Sent) {
    if fields.flag("fix_speed") == Some(true) {
        fields.require("fix_speed_rate");
        fields.int("fix_speed_rate", FIX_SPEED_RATES.0, FIX_SPEED_RATES.1);
        if sent.only_unicast(fields.rules) {
            fields.findings.wrong("fix_speed", "for broadcasts only");
        }
        if fields.kept("style") == Some(&3.into()) {
            fields.findings.wrong("fix_speed", "not with a big picture");
        }
    } else {
        fields.int("fix_speed_rate", i64::MIN, i64::MAX);
    }
}

fn call_back(fields: &mut Fields<'_>, to_alias: bool) {
    if let Some(url) = fields.text("call_back_url", Some(CALL_BACK_URL_LIMIT)) {
        if !is_web_url(&url) {
            fields.findings.wrong("call_back_url", "not an http or https URL");
        } else {
            form::web(fields, "call_back_url", &url);
        }
        if to_alias && !fields.rules.call_back_for_alias.accepts() {
            fields.findings.wrong("call_back_url", "for regId targets only");
        }
    }
    fields.text("call_back_parameter", Some(fields.rules.callback_parameter_limit.0 as usize));
}

fn is_web_url(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let rest = lower.strip_prefix("http://").or_else(|| lower.strip_prefix("https://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':']) && !rest.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_zones() {
        assert!(["GMT+08:00", "GMT-03:30", "GMT+14:00"].into_iter().all(is_time_zone));
        let wrong = ["GMT+8", "GMT+15:00", "GMT+08:60", "+08:00", "Asia/Shanghai", "GMT+0a:00", "GMT+08:000"];
        assert!(!wrong.into_iter().any(is_time_zone));
    }

    #[test]
    fn call_back_urls() {
        assert!(["http://a", "HTTPS://a.example:8080/x?y"].into_iter().all(is_web_url));
        assert!(
            !["ftp://a", "http://", "http:///x", "https://:80", "a.example", "http://a b"]
                .into_iter()
                .any(is_web_url)
        );
    }
}
