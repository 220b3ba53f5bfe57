//! tests/sandbox/rules.toml: every row's violation gets its code, its nearest legal neighbour is accepted, and no
//! field or code of the reference is without a row.

use std::collections::{BTreeMap, BTreeSet};

use opush::sandbox::rules::TABLE;
use serde::Deserialize;
use serde_json::json;

use super::harness::{APP_ID, APP_KEY, FORM, Sandbox, fill, register_as};
use super::phones;
use super::uploads;
use super::wire::{self, Reply};

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

/// A request as the table writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    method: Option<String>,
    path: Option<String>,
    call: Option<String>,
    headers: Option<Vec<String>>,
    /// Fields in clear, encoded here.
    form: Option<Vec<String>>,
    /// Sent as it stands.
    body: Option<String>,
    json: Option<String>,
    /// Sent as it stands, each character one byte: not UTF-8.
    latin1: Option<String>,
    /// The `message` field of a unicast.
    message: Option<String>,
    /// The parts of a multipart body.
    parts: Option<Vec<String>>,
    /// The `messages` field of a unicast_batch.
    messages: Option<String>,
    /// The notification of a unicast to `${reg_id}`.
    notification: Option<String>,
}

fn table() -> Vec<Row> {
    toml::from_str::<Table>(include_str!("rules.toml")).unwrap().row
}

impl Template {
    pub fn send(&self, sandbox: &Sandbox, names: &BTreeMap<&str, String>) -> Reply {
        let fill = |text: &String| fill(text, sandbox.now(), names);
        let batch = if self.messages.is_some() { "unicast_batch" } else { "unicast" };
        let call = self.call.as_deref().unwrap_or(batch);
        let path = self.path.as_ref().map(fill).unwrap_or_else(|| path_of(call).into());
        let method = self.method.as_deref().unwrap_or("POST");
        let message = self.message.clone().or_else(|| {
            let notification = self.notification.as_ref()?;
            Some(format!(r#"{{"target_type":2,"target_value":"${{reg_id}}","notification":{notification}}}"#))
        });
        let form = self.form.clone().or_else(|| {
            let field = match (&message, &self.messages) {
                (Some(message), _) => format!("message={message}"),
                (None, messages) => format!("messages={}", messages.as_ref()?),
            };
            Some(vec!["auth_token=${token}".to_owned(), field])
        });
        let body: Vec<u8> = if let Some(parts) = &self.parts {
            uploads::multipart(&parts.iter().map(fill).collect::<Vec<_>>())
        } else if let Some(fields) = form {
            wire::form(&fields.iter().map(fill).collect::<Vec<_>>()).into()
        } else if let Some(text) = &self.latin1 {
            fill(text).chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
        } else {
            self.json.as_ref().or(self.body.as_ref()).map(fill).unwrap_or_default().into()
        };
        sandbox.send(method, &path, &self.headers(fill), &body)
    }

    /// As a page shows it, in clear.
    pub fn text(&self) -> String {
        let batch = if self.messages.is_some() { "unicast_batch" } else { "unicast" };
        let call = self.call.as_deref().unwrap_or(batch);
        let path = self.path.as_deref().unwrap_or_else(|| path_of(call));
        let message = self.message.clone().or_else(|| {
            let notification = self.notification.as_ref()?;
            Some(format!(r#"{{"target_type":2,"target_value":"${{reg_id}}","notification":{notification}}}"#))
        });
        let pushed =
            message.map(|message| vec!["auth_token=${token}".to_owned(), format!("message={message}")]);
        let fields = self.parts.clone().or(self.form.clone()).or(pushed).unwrap_or_default().join("\n");
        let body =
            [&self.json, &self.body, &self.latin1].into_iter().flatten().fold(fields, |all, text| all + text);
        format!("{} {path}\n{body}", self.method.as_deref().unwrap_or("POST")).trim_end().to_owned()
    }

    fn headers(&self, fill: impl Fn(&String) -> String) -> Vec<String> {
        let mut headers: Vec<String> = match (&self.headers, &self.json) {
            (Some(headers), _) => headers.iter().map(fill).collect(),
            (None, Some(_)) => vec![fill(&"auth_token: ${token}".to_owned())],
            (None, None) => Vec::new(),
        };
        if !headers.iter().any(|header| header.starts_with("Content-Type")) {
            let content_type = match (&self.json, &self.parts) {
                (Some(_), _) => "Content-Type: application/json",
                (None, Some(_)) => uploads::MULTIPART,
                (None, None) => FORM,
            };
            headers.push(content_type.into());
        }
        headers
    }
}

fn path_of(call: &str) -> &'static str {
    match call {
        "auth" => "/server/v1/auth",
        "unicast" => "/server/v1/message/notification/unicast",
        "unicast_batch" => "/server/v1/message/notification/unicast_batch",
        "save_message_content" => "/server/v1/message/notification/save_message_content",
        "broadcast" => "/server/v1/message/notification/broadcast",
        "statistics" => "/server/v1/message/statistics",
        "subscribe_tags" => "/server/v1/device/subscribe_tags",
        "unsubscribe_tags" => "/server/v1/device/unsubscribe_tags",
        "add_tags" => "/server/v1/device/add_tags",
        "add_tag_group" => "/server/v1/device/add_tag_group",
        "get_all_tags" => "/server/v1/device/get_all_tags",
        "big_picture" => "/server/v1/media/upload/big_picture",
        "small_picture" => "/server/v1/media/upload/small_picture",
        "set_alias" => "/server/v1/device/set_alias",
        "delete_alias" => "/server/v1/device/delete_alias",
        other => panic!("no call {other}"),
    }
}

/// A sandbox with every kind of phone that a row may name.
pub fn prepare(rules: &[String]) -> (Sandbox, BTreeMap<&'static str, String>) {
    let sandbox = Sandbox::with_rules(rules);
    let state = &sandbox.state;
    phones::set_alias(state, APP_ID, &sandbox.reg_id, "alice");
    let unsubscribed = phones::add_phone(state, APP_ID);
    phones::set_alias(state, APP_ID, &unsubscribed, "bob");
    phones::unsubscribe(state, &unsubscribed);
    register_as(state, "30002", "other-app-key");
    let other = phones::add_phone(state, "30002");
    let foreign = format!("OPPO_IN_{:032x}", 1);
    phones::add_reg_id(state, APP_ID, &foreign);
    let second = phones::add_phone(state, APP_ID);
    let saved = |id: &str, more: serde_json::Value| phones::save_message(state, APP_ID, id, more);
    let later = json!({ "push_time_type": 1, "push_start_time": sandbox.now() + 60_000 });
    phones::add_picture(state, APP_ID, "p", "big");
    phones::add_picture(state, APP_ID, "7", "small");
    let names = BTreeMap::from([
        ("second", second),
        ("saved", saved("saved", json!({}))),
        ("saved_call_back", saved("call-back", json!({ "call_back_url": "http://127.0.0.1:9/" }))),
        ("saved_later", saved("later", later)),
        ("foreign", foreign),
        ("app_key", APP_KEY.to_owned()),
        ("token", sandbox.token()),
        ("reg_id", sandbox.reg_id.clone()),
        ("other_reg_id", other),
        ("unsubscribed", unsubscribed),
        ("alias", "alice".to_owned()),
        ("unsubscribed_alias", "bob".to_owned()),
    ]);
    (sandbox, names)
}

/// The answer's code; of an answer for many targets, that of the first that failed.
pub fn code(reply: &Reply) -> i64 {
    let data = &reply.json()["data"];
    let of_item = |item: &serde_json::Value| item["errorCode"].as_i64();
    let items = data.as_array().into_iter().flatten().find_map(of_item);
    let targets = data.as_object().into_iter().flatten().find_map(|(key, _)| key.parse().ok());
    items.or(targets).unwrap_or_else(|| reply.code())
}

#[test]
fn every_row_holds() {
    let mut wrong = Vec::new();
    for row in table() {
        let (sandbox, names) = prepare(&row.rules);
        let good = row.good.send(&sandbox, &names);
        let good_call = sandbox.last_call();
        let bad = row.bad.send(&sandbox, &names);
        let bad_call = sandbox.last_call();
        let failed = |call: &opush::sandbox::http::calls::LoggedCall| {
            let failed = call.checks.iter().filter(|check| !check.ok).map(|check| check.name.clone());
            failed.collect::<Vec<_>>().join(", ")
        };
        let good_seen = (good.status, code(&good), failed(&good_call));
        let bad_seen = (bad.status, code(&bad), failed(&bad_call));
        if let Some(rule) = &row.unless {
            let (sandbox, names) = prepare(std::slice::from_ref(rule));
            let reply = row.bad.send(&sandbox, &names);
            if code(&reply) != 0 {
                wrong.push(format!("{} with {rule}: {reply:?} {:?}", row.id, sandbox.last_call().checks));
            }
        }
        if good_seen != (200, 0, String::new()) {
            wrong.push(format!("{}: the good request: {good_seen:?} {:?}", row.id, good_call.checks));
        }
        if bad_seen != (200, row.code, row.check.clone()) {
            wrong.push(format!("{}: the bad request: {bad_seen:?} {:?}", row.id, bad_call.checks));
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
}

/// Rules whose effect is not a refusal: tested in tokens.rs, messages.rs, server.rs, receipts.rs, feedback.rs, batch.rs, broadcast.rs and statistics.rs.
const TESTED_ELSEWHERE: &[&str] = &[
    "token-lifetime",
    "new-token-voids-old",
    "refusal-status",
    "repeat-window",
    "off-line-ttl-default",
    "system-channels",
    "without-channel",
    "receipt-method",
    "receipt-batching",
    "receipt-space",
    "receipt-answer",
    "receipt-timeout",
    "receipt-retries",
    "receipt-retry-after",
    "invalid-list-holds",
    "invalid-list-clears",
    "batch-failed-message-id",
    "batch-alias-answer",
    "saved-message-lifetime",
    "tag-list",
    "permit-names",
    "all-tags-answer",
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
    // Those of the IM server have rows of their own: im_rows.rs.
    let of_oppo = TABLE.iter().filter(|rule| !rule.id.starts_with("im-"));
    let rules: BTreeSet<&str> = of_oppo.map(|rule| rule.id).collect();
    assert_eq!(switched, rules);
}

/// The fields of the reference's sections 2, 4.1, 5 and 7 that a request to the calls served can carry.
const FIELDS: &[&str] = &[
    // section 2
    "app_key",
    "timestamp",
    "sign",
    // sections 3 and 4.1
    "auth_token",
    "message",
    "target_type",
    "target_value",
    "notification",
    "verify_registration_id",
    // section 5
    "app_message_id",
    "style",
    "title",
    "sub_title",
    "content",
    "click_action_type",
    "click_action_activity",
    "click_action_url",
    "action_parameters",
    "show_time_type",
    "show_start_time",
    "show_end_time",
    "off_line",
    "off_line_ttl",
    "push_time_type",
    "push_start_time",
    "time_zone",
    "fix_speed",
    "fix_speed_rate",
    "network_type",
    "call_back_url",
    "call_back_parameter",
    "channel_id",
    "show_ttl",
    "notify_id",
    "category",
    "notify_level",
    "private_msg_template_id",
    "private_title_parameters",
    "private_content_parameters",
    "big_picture_id",
    "small_picture_id",
    "badge_operation_type",
    "badge_message_count",
    "auditResponse",
    "small_picture_url",
    "medium_picture_url",
    "big_picture_url",
    "buttons",
    "option",
    // sections 4.2 to 4.4
    "messages",
    "message_id",
    // section 4.5
    "task_id",
    // section 7
    "tags",
    "name",
    "group",
    "desc",
    "picture_ttl",
    "file",
    "registration_id",
    "alias",
];

/// The codes of the reference's section 8.
pub const CODES: &[i64] = &[
    -2, -1, 0, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
    34, 40, 41, 51, 54, 55, 59, 67, 10000, 10001, 10002, 10003, 10004, 10005,
];

/// Codes that no request to the calls served can cause, and why.
const EXCEPTIONS: &[(i64, &str)] = &[
    (-2, "throttling is the server's state, not a request's"),
    (-1, "an outage is the server's state, not a request's"),
    (0, "every good request of the table gets it"),
    (26, "a block of addresses is the server's state"),
    (28, "disabling an app is done in the console"),
    (30, "the right to push by API is given in the console"),
    (59, "no wire name is known for a fallback link"),
];

#[test]
fn every_field_has_a_row() {
    let checked: BTreeSet<String> =
        table().iter().flat_map(|row| row.check.split(", ").map(str::to_owned).collect::<Vec<_>>()).collect();
    let missing: Vec<_> = FIELDS.iter().filter(|field| !checked.contains(**field)).collect();
    assert!(missing.is_empty(), "without a row: {missing:?}");
}

#[test]
fn every_code_has_a_row_or_a_written_exception() {
    let caused: BTreeSet<i64> = table().iter().map(|row| row.code).collect();
    for code in CODES {
        let exception = EXCEPTIONS.iter().find(|(excepted, _)| excepted == code);
        assert_ne!(caused.contains(code), exception.is_some(), "code {code}");
    }
    assert!(caused.iter().all(|code| CODES.contains(code)));
    assert!(EXCEPTIONS.iter().all(|(code, why)| CODES.contains(code) && !why.is_empty()));
}
