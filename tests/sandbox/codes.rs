//! Provokes every code of the return-code table, and makes docs/sandbox-codes.md of it: cause, request, answer.

use std::io::Write;
use std::path::Path;

use opush::sandbox::faults::{self, NewFault};
use serde::Deserialize;

use super::rows::{CODES, Template, code, prepare};

const HEAD: &str = "\
# How to reach each code in the sandbox

Each code of OPPO's table, what causes it, a request that does, and the sandbox's answer; a test sends them all. Fields are
shown in clear; words such as `${token}` are values of that sandbox. A rule is switched on with `opush sandbox run --rule`,
a fault set with `opush sandbox fault set`: the faults are for what only OPPO's administration can bring about.

";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    code: Vec<Provoked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Provoked {
    code: i64,
    cause: String,
    #[serde(default)]
    rules: Vec<String>,
    fault: Option<String>,
    times: Option<usize>,
    request: Template,
}

/// Sends the request until its code is reached, and writes the section of the page.
fn section(row: &Provoked) -> String {
    let (sandbox, names) = prepare(&row.rules);
    sandbox.state.start(None, Some(7)).unwrap();
    if let Some(fault) = &row.fault {
        sandbox.state.with(|tx| faults::set(tx, 0, &NewFault::of(fault))).unwrap();
    }
    // A rate counts the seconds of a clock that stands still.
    sandbox.move_clock(5000);
    let mut reply = row.request.send(&sandbox, &names);
    for _ in 1..row.times.unwrap_or(1) {
        reply = row.request.send(&sandbox, &names);
    }
    assert_eq!(code(&reply), row.code, "{}: {:?}", row.cause, sandbox.last_call().checks);
    let mut answer = reply.json().to_string();
    for (name, value) in names.iter().filter(|(_, value)| value.len() > 20) {
        answer = answer.replace(value.as_str(), &format!("${{{name}}}"));
    }
    let again = match row.times {
        Some(times) => format!("; the request sent {times} times"),
        None => String::new(),
    };
    let mut set: Vec<String> = row.rules.iter().map(|rule| format!("rule `{rule}`")).collect();
    set.extend(row.fault.iter().map(|fault| format!("fault `{fault}`")));
    let set = if set.is_empty() { String::new() } else { format!(" ({})", set.join(", ")) };
    let Provoked { code, cause, request, .. } = row;
    format!(
        "## {code}\n\n{cause}{again}{set}.\n\n```text\n{}\n```\n\n```json\n{answer}\n```\n\n",
        request.text()
    )
}

#[test]
fn every_code_is_reached_and_the_page_shows_how() {
    let table: Table = toml::from_str(include_str!("codes.toml")).unwrap();
    let codes: Vec<i64> = table.code.iter().map(|row| row.code).collect();
    assert_eq!(codes, CODES);
    let page = table.code.iter().fold(HEAD.to_owned(), |page, row| page + &section(row));
    let page = format!("{}\n", page.trim_end());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sandbox-codes.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::File::create(&path).unwrap().write_all(page.as_bytes()).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, page, "run UPDATE_DOCS=1 cargo test --test sandbox");
}
