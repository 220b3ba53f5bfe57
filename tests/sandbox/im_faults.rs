//! Faults on the IM server's calls, and what OPPO's faults look like from there.
//! Those on OPPO's own answers are faults.rs.

use std::collections::BTreeSet;

use opush::sandbox::faults::NewFault;
use serde_json::{Value, json};

use super::faults::set;
use super::harness::APP_ID;
use super::im::{Im, SDK_APP_ID};
use super::listener::Listener;

fn on(call: &str, fault: &str) -> NewFault {
    NewFault { call: Some(call.into()), ..NewFault::of(fault) }
}

/// Bob's phone is away, so that a message to him is pushed.
fn away() -> Im {
    let im = Im::new();
    im.phone("login", json!({ "user": "bob" }));
    im.phone("kill", json!({}));
    im
}

fn last_push(im: &Im) -> Value {
    im.pushes().pop().unwrap()
}

#[test]
fn a_code_for_a_call_or_a_user() {
    let im = Im::new();
    set(&im.sandbox, NewFault { user: Some("bob".into()), ..on("query_online_status", "code=70169") });
    let answer = im.presence(json!(["bob"]));
    assert_eq!((&answer["ActionStatus"], &answer["ErrorCode"]), (&json!("FAIL"), &json!(70169)));
    assert_eq!(im.presence(json!(["alice"]))["ErrorCode"], 0);
    let check = json!({ "CheckItem": [{ "UserID": "bob" }] });
    assert_eq!(im.post("im_open_login_svc/account_check", check)["ErrorCode"], 0);
    let app = Some(SDK_APP_ID.to_string());
    set(&im.sandbox, NewFault { app, ..on("im", "code=70001") });
    assert_eq!(im.presence(json!(["alice"]))["ErrorCode"], 70001);
    let call = im.sandbox.last_call();
    assert_eq!((call.code, call.app_id.clone()), (70001, Some(SDK_APP_ID.to_string())));
    assert!(call.checks[0].detail.starts_with("code=70001 struck"), "{:?}", call.checks);
    assert!(!format!("{call:?}").contains(&im.sig()));
}

#[test]
fn a_clock_that_is_ahead_has_user_sigs_expire() {
    let im = Im::new();
    set(&im.sandbox, on("im", "clock=+2d"));
    assert_eq!(im.presence(json!(["bob"]))["ErrorCode"], 70001);
}

#[test]
fn an_account_is_as_if_it_were_not_imported() {
    let im = away();
    set(&im.sandbox, NewFault { user: Some("bob".into()), ..NewFault::of("not-imported") });
    let check = json!({ "CheckItem": [{ "UserID": "bob" }, { "UserID": "alice" }] });
    let answer = im.post("im_open_login_svc/account_check", check);
    let states: Vec<&Value> =
        answer["ResultItem"].as_array().unwrap().iter().map(|item| &item["AccountStatus"]).collect();
    assert_eq!(states, ["NotImported", "Imported"]);
    assert_eq!(im.presence(json!(["bob"]))["ErrorCode"], 70107);
    assert_eq!(im.send(json!({ "MsgRandom": 1 }))["ErrorCode"], 90012);
}

#[test]
fn a_refusal_of_oppo_is_in_the_record_of_pushes() {
    let im = away();
    for (fault, code) in [("code=33", 33), ("reset", -1), ("garbage", -1), ("quota", 33)] {
        set(&im.sandbox, NewFault { count: Some(1), ..on("unicast", fault) });
        im.sandbox.move_clock(1000);
        assert_eq!(im.send(json!({}))["ErrorCode"], 0, "OK means that the server took the message");
        let push = last_push(&im);
        assert_eq!((&push["reason"], &push["oppo_code"]), (&json!("oppo-refused"), &json!(code)), "{fault}");
    }
    // The IM server's clock is right, whatever OPPO's says to others.
    set(&im.sandbox, NewFault::of("clock=+1h"));
    im.sandbox.move_clock(1000);
    im.send(json!({}));
    assert_eq!(last_push(&im)["reason"], Value::Null);
}

#[test]
fn receipts_with_a_reason_are_in_trace_and_loss() {
    for (fault, code, info) in
        [("stale-reg-id", "1", "regid_invalid"), ("daily-limit", "2", "user_daily_limit")]
    {
        let im = away();
        set(&im.sandbox, NewFault::of(fault));
        im.send(json!({}));
        let push = last_push(&im);
        assert_eq!((&push["reason"], &push["oppo_code"]), (&Value::Null, &json!(0)));
        let trace = im.post("timpush/normal_push_trace", json!({ "PushID": push["push_id"] }));
        let device = &trace["InstanceTrace"][0]["OfflinePushStat"]["DeviceStat"];
        assert_eq!((&device["PushStatus"], &device["ErrorInfo"]), (&json!(0), &json!(info)), "{trace}");
        let span = json!({ "StartTime": 1_700_000_000, "EndTime": 1_700_000_100 });
        let loss = im.post("timpush/normal_push_loss", span);
        let lost = json!([{ "ErrCode": code, "ErrCount": 1, "ErrInfo": info }]);
        assert_eq!(loss["PostSendDeliveredLoss"], lost, "{loss}");
    }
}

#[test]
fn time_passes_for_a_login() {
    const DAY: i64 = 86_400_000;
    let im = away();
    let state = |im: &Im| im.control("GET", "/phones/phone-1", json!({}))["session"]["state"].clone();
    im.phone("elapse", json!({ "by_ms": 6 * DAY }));
    assert_eq!(state(&im), "push-online");
    im.phone("elapse", json!({ "by_ms": DAY }));
    assert_eq!(state(&im), "expired");
    im.send(json!({}));
    assert_eq!(last_push(&im)["reason"], "expired-7-days");
    let refused = im.control("POST", "/phones/phone-1/elapse", json!({ "by_ms": 0 }));
    assert_eq!(refused["error"]["id"], "bad-value");

    let im = Im::new();
    im.phone("login", json!({ "user": "bob" }));
    im.control("PATCH", "/phones/phone-1", json!({ "network": "off" }));
    assert_eq!(state(&im), "online-unreachable");
    im.phone("elapse", json!({ "by_ms": 400_000 }));
    assert_eq!(state(&im), "push-online");
}

/// Cause 15: an app that knows OPPO's own brand alone.
#[test]
fn an_app_that_knows_one_brand_reports_nothing_on_the_others() {
    let im = Im::new();
    let phone = json!({ "app_id": APP_ID, "name": "gt", "brand": "realme", "channel_id": "chat" });
    im.control("POST", "/phones", phone);
    set(&im.sandbox, NewFault::of("oppo-brand-only"));
    for (name, reason) in [("gt", json!("no-report")), ("phone-1", Value::Null)] {
        im.control("POST", &format!("/phones/{name}/login"), json!({ "user": "bob" }));
        im.control("POST", &format!("/phones/{name}/kill"), json!({}));
        im.sandbox.move_clock(1000);
        im.send(json!({}));
        let of_phone = im.pushes().into_iter().rfind(|push| push["phone"] == name).unwrap();
        assert_eq!(of_phone["reason"], reason, "{of_phone}");
    }
}

/// Cause 16: the second process keeps the login alive.
#[test]
fn a_second_process_logs_in_too_and_a_kill_ends_nothing() {
    let im = Im::new();
    set(&im.sandbox, NewFault { user: Some("bob".into()), ..NewFault::of("second-process") });
    let listener = Listener::answering(&[Some("200 OK")]);
    im.control("PUT", "/im/webhook", json!({ "url": listener.url() }));
    im.phone("login", json!({ "user": "bob" }));
    for _ in 0..2 {
        let posted = listener.next().body;
        assert_eq!(
            (&posted["Info"]["Action"], &posted["Info"]["To_Account"]),
            (&json!("Login"), &json!("bob"))
        );
    }
    let session = im.phone("kill", json!({}))["session"].clone();
    assert_eq!((&session["rest_state"], &session["state"]), (&json!("Online"), &json!("online-hidden")));
    im.send(json!({}));
    assert_eq!(last_push(&im)["reason"], "online");
}

/// Causes 29 and 35: the sender sees success, and no phone hears of it.
#[test]
fn a_blocked_sender_and_a_system_message_are_not_pushed() {
    for reason in ["blocked", "system-message"] {
        let im = away();
        set(&im.sandbox, NewFault { user: Some("bob".into()), count: Some(1), ..NewFault::of(reason) });
        assert_eq!(im.send(json!({ "MsgRandom": 1 }))["ErrorCode"], 0);
        assert_eq!(last_push(&im)["reason"], reason);
        let shown = im.control("GET", "/phones/phone-1", json!({}))["notifications"].clone();
        assert_eq!(shown, json!([]));
        // The fault is spent: the next one arrives.
        im.send(json!({ "MsgRandom": 2 }));
        assert_eq!(last_push(&im)["reason"], Value::Null);
    }
}

/// docs/sandbox-faults.md plays every cause of docs/causes.md.
#[test]
fn every_cause_can_be_simulated() {
    let numbers = |page: &str| -> BTreeSet<u32> {
        let rows = page.lines().filter_map(|line| line.strip_prefix("| "));
        let cells = rows.filter_map(|row| row.split(" | ").next());
        let spans = cells.flat_map(|cell| cell.split(", ").map(str::to_owned).collect::<Vec<_>>());
        spans
            .filter_map(|span| {
                let (from, to) = span.split_once(" to ").unwrap_or((&span, &span));
                Some(from.parse::<u32>().ok()?..=to.parse::<u32>().ok()?)
            })
            .flatten()
            .collect()
    };
    let played = numbers(include_str!("../../docs/sandbox-faults.md"));
    let causes = numbers(include_str!("../../docs/causes.md"));
    assert_eq!(causes.len(), 44);
    let left: Vec<&u32> = causes.difference(&played).collect();
    assert!(left.is_empty(), "causes that no row plays: {left:?}");
}
