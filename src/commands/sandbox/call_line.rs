//! A call of the sandbox's log as a line: in a table, and as it comes.

use super::times::{WithTimes, rfc3339};
use crate::output::Printer;
use crate::sandbox::control::in_words;
use crate::sandbox::http::calls::LoggedCall;

/// What failed, in the order of looking.
pub(super) fn failed(call: &LoggedCall) -> String {
    let failed = call.checks.iter().filter(|check| !check.ok);
    failed.map(|check| format!("{}: {}", check.name, check.detail)).collect::<Vec<_>>().join("; ")
}

/// When it came, in RFC 3339.
pub(super) fn time(call: &LoggedCall) -> String {
    rfc3339(call.at_ms)
}

/// `at` is when it came, as it is to be read.
pub(super) fn cells(call: &LoggedCall, at: String) -> [String; 7] {
    // The query has the caller's signature and a random number: nothing to tell calls apart by.
    let path = call.path.split_once('?').map_or(call.path.as_str(), |(path, _)| path);
    [
        call.id.to_string(),
        at,
        call.app_id.clone().unwrap_or_default(),
        format!("{} {path}", call.method),
        call.code.to_string(),
        in_words(call),
        failed(call),
    ]
}

/// A call as it comes: `12  2026-01-31 10:00:00  30001  POST /server/v1/auth  16  sign: …`.
fn line(call: &LoggedCall, at: String) -> String {
    cells(call, at).into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("  ")
}

/// `false` if the reader went away.
pub(super) fn say(printer: &Printer, call: &LoggedCall) -> bool {
    let said = if printer.json {
        printer.event(&WithTimes(call)).map(|()| true)
    } else {
        printer.say(&line(call, printer.time(&time(call))))
    };
    said.unwrap_or(false)
}
