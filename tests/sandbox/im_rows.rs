//! tests/sandbox/im_rules.toml: what the IM server refuses, the code, the nearest call that is fine; and that no code
//! and no open question about the IM server is without a row.

use std::collections::BTreeSet;

use opush::sandbox::im::CODES;
use opush::sandbox::rules::TABLE;
use serde::Deserialize;
use serde_json::Value;

use super::im::{Call, Im};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    reference: String,
    check: String,
    code: i64,
    #[serde(default)]
    rules: Vec<String>,
    unless: Option<String>,
    bad: Template,
    good: Template,
}

/// A call as the table writes it. Everything left out is as it should be.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    method: Option<String>,
    command: Option<String>,
    /// The whole query; `${sig}` and its kin are filled in.
    query: Option<String>,
    /// Sent as it stands.
    body: Option<String>,
    /// Members of a plain `sendmsg` to bob, over those it has; null takes one away.
    message: Option<String>,
}

impl Template {
    fn send(&self, im: &Im) -> Value {
        let command = self.command.clone().unwrap_or_else(|| "openim/sendmsg".into());
        let many = command.ends_with("batchsendmsg");
        let body = match (&self.body, &self.message) {
            (Some(body), _) => im.fill(body),
            (None, message) => {
                let members = message.as_ref().map_or_else(|| "{}".into(), |message| im.fill(message));
                im.message(many, &serde_json::from_str(&members).unwrap_or_else(|e| panic!("{e}: {members}")))
            }
        };
        let query = self.query.as_ref().map(|query| im.fill(query));
        im.call(&Call { method: self.method.as_deref().unwrap_or("POST"), command: &command, query, body })
    }
}

fn table() -> Vec<Row> {
    toml::from_str::<Table>(include_str!("im_rules.toml")).unwrap().row
}

#[test]
fn every_row_holds() {
    let mut wrong = Vec::new();
    for row in table() {
        let im = Im::with_rules(&row.rules);
        let good = row.good.send(&im);
        let good_call = im.sandbox.last_call();
        let bad = row.bad.send(&im);
        let bad_call = im.sandbox.last_call();
        let failed: Vec<&str> =
            bad_call.checks.iter().filter(|check| !check.ok).map(|check| check.name.as_str()).collect();
        if good["ErrorCode"] != 0 || good["ActionStatus"] != "OK" {
            wrong.push(format!("{}: the good call: {good} {:?}", row.id, good_call.checks));
        }
        let words = bad["ErrorInfo"].as_str().unwrap_or_default();
        let status = (bad["ErrorCode"].as_i64(), bad["ActionStatus"].as_str(), failed.join(", "));
        if status != (Some(row.code), Some("FAIL"), row.check.clone()) || words.is_empty() {
            wrong.push(format!("{}: the bad call: {bad} {:?}", row.id, bad_call.checks));
        }
        if let Some(rule) = &row.unless {
            let answer = row.bad.send(&Im::with_rules(std::slice::from_ref(rule)));
            if answer["ErrorCode"] != 0 {
                wrong.push(format!("{} with {rule}: {answer}", row.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn ids_are_unique_and_every_row_cites_the_reference() {
    let mut seen = BTreeSet::new();
    for row in table() {
        assert!(!row.reference.is_empty());
        assert!(seen.insert(row.id.clone()), "{} twice", row.id);
    }
    assert!(seen.len() >= 40);
}

/// Codes that no single call can cause, and why.
const EXCEPTIONS: &[(i32, &str)] =
    &[(70052, "a kick goes before it: tested in im.rs"), (91000, "the sandbox's own trouble")];

#[test]
fn every_code_has_a_row_or_a_written_exception() {
    let caused: BTreeSet<i64> = table().iter().map(|row| row.code).collect();
    for (code, words) in CODES {
        let exception = EXCEPTIONS.iter().find(|(excepted, _)| excepted == code);
        assert_ne!(caused.contains(&i64::from(*code)), exception.is_some(), "code {code}");
        assert!(!words.is_empty());
    }
    assert!(caused.iter().all(|code| CODES.iter().any(|(known, _)| i64::from(*known) == *code)));
}

/// Rules whose effect is not a refusal: tested in im.rs, im_webhook.rs and beside the code.
const TESTED_ELSEWHERE: &[&str] = &[
    "im-certificate-delay",
    "im-edit-keeps-old",
    "im-report-unknown-certificate",
    "im-report-kept",
    "im-login-imports",
    "im-expiry-from",
    "im-online-elsewhere",
    "im-multi-device",
    "im-default-title",
    "im-default-text",
    "im-media-text",
    "im-ext-not-object",
    "im-ext-values",
    "im-status-field",
    "im-state-after-kick",
    "im-kick-same-second",
    "im-kick-callback",
    "im-kicked-logout",
];

#[test]
fn every_rule_is_switched_by_a_row() {
    let table = table();
    let switched: BTreeSet<&str> = table
        .iter()
        .flat_map(|row| row.rules.iter().chain(&row.unless))
        .filter_map(|rule| rule.split_once('='))
        .map(|(id, _)| id)
        .chain(TESTED_ELSEWHERE.iter().copied())
        .collect();
    let rules: BTreeSet<&str> = TABLE.iter().map(|rule| rule.id).filter(|id| id.starts_with("im-")).collect();
    assert_eq!(switched, rules);
}
