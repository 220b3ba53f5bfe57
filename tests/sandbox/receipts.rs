//! Receipts as the sandbox posts them, to a listener read by hand: which come when, in what form, and by which rule.

use opush::sandbox::LIMITS;
use opush::sandbox::faults;
use opush::sandbox::phone::{self, Change, Network};
use opush::sandbox::push::Push;
use opush::sandbox::receipts::{self, Event, Receipt, Stage};
use serde_json::{Value, json};

use super::harness::{APP_ID, Sandbox, register, state};
use super::listener::{Listener, PATIENCE, Posted};
use super::{phones, wire};

fn taken<'a>(
    message_id: &'a str,
    reg_id: &'a str,
    notification: &'a serde_json::Map<String, Value>,
) -> Push<'a> {
    Push { app_id: APP_ID, message_id, task_id: None, reg_id, notification }
}

/// Pushes to the phone with this listener, and returns the message id.
fn push(sandbox: &Sandbox, listener: &Listener) -> String {
    push_with(
        sandbox,
        json!({ "call_back_url": listener.url(), "call_back_parameter": "p-1", "channel_id": "chat" }),
    )
}

fn push_with(sandbox: &Sandbox, more: Value) -> String {
    let reply = sandbox.unicast(&sandbox.token(), &sandbox.message(more)).json();
    reply["data"]["messageId"].as_str().unwrap_or_else(|| panic!("{reply}")).to_owned()
}

fn all(sandbox: &Sandbox) -> Vec<Receipt> {
    sandbox.state.with(|tx| receipts::list(tx, None, None, 1000)).unwrap()
}

/// Waits until none is on its way.
fn settled(sandbox: &Sandbox) -> Vec<Receipt> {
    let began = std::time::Instant::now();
    loop {
        let all = all(sandbox);
        if all.iter().all(|one| one.stage != Stage::Posting && (one.stage != Stage::Waiting || one.tries > 0))
        {
            return all;
        }
        assert!(began.elapsed() < PATIENCE, "{all:?}");
        std::thread::yield_now();
    }
}

/// As the control API lists them.
fn listed(sandbox: &Sandbox, query: &str) -> Value {
    let request = format!(
        "GET /_sandbox/v1/receipts?{query} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        sandbox.addr
    );
    wire::exchange(sandbox.addr, request.as_bytes()).json()
}

fn change(sandbox: &Sandbox, change: &Change) {
    let name = phone_name(sandbox);
    sandbox.state.with(|tx| phone::set(tx, sandbox.now(), &name, change)).unwrap().unwrap();
}

fn phone_name(sandbox: &Sandbox) -> String {
    sandbox.state.with(|tx| phone::list(tx, sandbox.now())).unwrap()[0].name.clone()
}

fn network(network: Network) -> Change {
    Change { network: Some(network), ..Change::default() }
}

#[test]
fn a_push_that_reaches_its_phone_is_reported_as_the_reference_says() {
    let (sandbox, listener) = (Sandbox::new(), Listener::answering(&[Some("200 OK")]));
    let message_id = push(&sandbox, &listener);
    let Posted { head, body } = listener.next();
    assert!(head.starts_with("POST /r/secret HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: application/json\r\n"), "{head}");
    let expected = json!([{
        "messageId": message_id, "appId": APP_ID, "taskId": message_id, "registrationIds": sandbox.reg_id,
        "eventTime": sandbox.now().to_string(), "param": "p-1", "eventType": "push_arrive",
    }]);
    assert_eq!(body, expected);
    let receipt = settled(&sandbox).remove(0);
    assert_eq!((receipt.stage, receipt.tries, receipt.status), (Stage::Posted, 1, Some(200)));
    assert_eq!(receipt.detail.as_deref(), Some("seen"));
    let items = listed(&sandbox, "limit=10");
    assert_eq!(items["items"][0]["stage"], "posted");
    let items = listed(&sandbox, "message_id=another");
    assert_eq!(items, json!({ "items": [] }));
}

#[test]
fn a_push_without_a_call_back_url_is_not_reported() {
    let sandbox = Sandbox::new();
    push_with(&sandbox, json!({ "channel_id": "chat" }));
    assert_eq!(all(&sandbox), []);
}

#[test]
fn a_notification_that_is_not_shown_has_arrived_all_the_same() {
    let (sandbox, listener) = (Sandbox::new(), Listener::answering(&[Some("200 OK")]));
    change(&sandbox, &Change { notifications: Some(false), ..Change::default() });
    push(&sandbox, &listener);
    assert_eq!(listener.next().body[0]["eventType"], "push_arrive");
}

#[test]
fn an_offline_phone_is_reported_once_when_it_comes_online_and_not_when_the_time_is_up() {
    let (sandbox, listener) = (Sandbox::new(), Listener::answering(&[Some("200 OK")]));
    change(&sandbox, &network(Network::Off));
    push_with(&sandbox, json!({ "call_back_url": listener.url(), "off_line_ttl": 60, "channel_id": "chat" }));
    let kept = push(&sandbox, &listener);
    assert_eq!(all(&sandbox), []);
    sandbox.move_clock(61_000);
    change(&sandbox, &network(Network::Wifi));
    let body = listener.next().body;
    assert_eq!(body[0]["messageId"], kept.as_str());
    assert_eq!(body[0]["eventTime"], sandbox.now().to_string());
    assert_eq!(settled(&sandbox).len(), 1);
}

#[test]
fn a_replaced_or_uninstalled_reg_id_is_invalid() {
    let (sandbox, listener) = (Sandbox::new(), Listener::answering(&[Some("200 OK")]));
    let name = phone_name(&sandbox);
    sandbox.state.with(|tx| phone::register_anew(tx, sandbox.now(), &name)).unwrap();
    push(&sandbox, &listener);
    assert_eq!(listener.next().body[0]["eventType"], "regid_invalid");

    let (sandbox, listener) = (Sandbox::new(), Listener::answering(&[Some("200 OK")]));
    let name = phone_name(&sandbox);
    change(&sandbox, &network(Network::Off));
    push(&sandbox, &listener);
    sandbox.state.with(|tx| phone::remove(tx, sandbox.now(), &name)).unwrap();
    let body = listener.next().body;
    assert_eq!(
        (&body[0]["eventType"], &body[0]["registrationIds"]),
        (&json!("regid_invalid"), &json!(sandbox.reg_id))
    );
}

/// The faults on pushes, each with what OPPO reports of it.
#[test]
fn faults_are_reported_as_what_they_stand_for() {
    for (fault, event) in [
        ("stale-reg-id", Some("regid_invalid")),
        ("daily-limit=0", Some("user_daily_limit")),
        ("night-control", Some("message_night_control")),
        ("lost-push", None),
        ("lost-receipts", None),
    ] {
        let (sandbox, listener) = (Sandbox::new(), Listener::answering(&[Some("200 OK")]));
        let new: faults::NewFault = serde_json::from_value(json!({ "fault": fault })).unwrap();
        sandbox.state.with(|tx| faults::set(tx, sandbox.now(), &new)).unwrap();
        push(&sandbox, &listener);
        if let Some(event) = event {
            assert_eq!(listener.next().body[0]["eventType"], event);
        }
        let stages: Vec<Stage> = settled(&sandbox).iter().map(|one| one.stage).collect();
        let expected = match fault {
            "lost-push" => vec![],
            "lost-receipts" => vec![Stage::Lost],
            _ => vec![Stage::Posted],
        };
        assert_eq!(stages, expected, "{fault}");
        assert!(listener.posted.try_recv().is_err());
    }
}

/// Rules receipt-batching and receipt-space.
#[test]
fn receipts_for_the_same_url_share_a_request_unless_a_rule_says_otherwise() {
    for (rules, requests, reg_ids) in [
        (vec![], 1, "r1, r2"),
        (vec!["receipt-space=no-space".to_owned()], 1, "r1,r2"),
        (vec!["receipt-batching=one".to_owned()], 3, "r1"),
    ] {
        let listener = Listener::answering(&[Some("200 OK")]);
        let (state, clock) = state(None, &rules);
        let notification = json!({ "call_back_url": listener.url() });
        let members = notification.as_object().unwrap();
        state
            .with(|tx| {
                for (message_id, reg_id) in [("m1", "r1"), ("m1", "r2"), ("m2", "r3")] {
                    let push = taken(message_id, reg_id, members);
                    receipts::note(tx, &push, (Event::PushArrive, 1))?;
                }
                Ok(())
            })
            .unwrap();
        // They waited for a sandbox that runs.
        let sandbox = Sandbox::serve(state, clock, LIMITS);
        let mut items: Vec<Value> = Vec::new();
        for _ in 0..requests {
            items.extend(listener.next().body.as_array().unwrap().iter().cloned());
        }
        assert_eq!(items.iter().filter(|item| item["registrationIds"] == reg_ids).count(), 1, "{items:?}");
        assert!(settled(&sandbox).iter().all(|one| one.stage == Stage::Posted));
        assert!(listener.posted.try_recv().is_err());
    }
}

/// Rule receipt-method.
#[test]
fn the_method_is_a_rule() {
    let sandbox = Sandbox::with_rules(&["receipt-method=PUT".into()]);
    let listener = Listener::answering(&[Some("200 OK")]);
    push(&sandbox, &listener);
    assert!(listener.next().head.starts_with("PUT /r/secret "));
}

/// Rule receipt-answer.
#[test]
fn a_rule_decides_which_answer_is_used() {
    for (rule, status, stage) in [
        ("receipt-answer=200", "200 OK", Stage::Posted),
        ("receipt-answer=200", "204 No Content", Stage::GivenUp),
        ("receipt-answer=2xx", "204 No Content", Stage::Posted),
        ("receipt-answer=2xx", "302 Found", Stage::GivenUp),
        ("receipt-answer=any", "500 Internal Server Error", Stage::Posted),
    ] {
        let sandbox = Sandbox::with_rules(&[rule.into()]);
        let listener = Listener::answering(&[Some(status)]);
        push(&sandbox, &listener);
        listener.next();
        let receipt = settled(&sandbox).remove(0);
        assert_eq!((receipt.stage, receipt.status), (stage, status[..3].parse().ok()), "{rule} {status}");
    }
}

/// Rules receipt-retries and receipt-retry-after.
#[test]
fn a_receipt_that_was_not_accepted_is_posted_again_as_the_rules_say() {
    let rules = ["receipt-retries=1".to_owned(), "receipt-retry-after=30s".to_owned()];
    let sandbox = Sandbox::with_rules(&rules);
    let listener = Listener::answering(&[Some("503 Service Unavailable")]);
    push(&sandbox, &listener);
    let first = listener.next().body;
    let receipt = settled(&sandbox).remove(0);
    assert_eq!((receipt.stage, receipt.due_at), (Stage::Waiting, sandbox.now() + 30_000));
    sandbox.move_clock(29_999);
    assert!(listener.posted.try_recv().is_err());
    sandbox.move_clock(1);
    assert_eq!(listener.next().body, first);
    let began = std::time::Instant::now();
    while all(&sandbox)[0].tries < 2 {
        assert!(began.elapsed() < PATIENCE);
    }
    assert_eq!(settled(&sandbox)[0].stage, Stage::GivenUp);

    let sandbox = Sandbox::new();
    push(&sandbox, &listener);
    listener.next();
    assert_eq!(settled(&sandbox)[0].stage, Stage::GivenUp);
}

/// Rule receipt-timeout.
#[test]
fn a_listener_that_does_not_answer_is_given_up() {
    let sandbox = Sandbox::with_rules(&["receipt-timeout=1s".into()]);
    let listener = Listener::answering(&[None]);
    push(&sandbox, &listener);
    listener.next();
    let receipt = settled(&sandbox).remove(0);
    assert_eq!((receipt.stage, receipt.status), (Stage::GivenUp, None));
    assert_eq!(receipt.detail.as_deref(), Some("no answer within 1000 ms"));
}

#[test]
fn a_refused_connection_is_shown_in_the_list() {
    let sandbox = Sandbox::new();
    push_with(&sandbox, json!({ "call_back_url": "http://127.0.0.1:9/", "channel_id": "chat" }));
    let receipt = settled(&sandbox).remove(0);
    assert_eq!((receipt.stage, receipt.tries), (Stage::GivenUp, 1));
    assert!(receipt.detail.unwrap().contains("refused"));
}

#[test]
fn nothing_is_posted_off_this_machine() {
    let sandbox = Sandbox::new();
    push_with(&sandbox, json!({ "call_back_url": "https://push.example.com/r", "channel_id": "chat" }));
    let receipt = settled(&sandbox).remove(0);
    assert_eq!((receipt.stage, receipt.tries), (Stage::Withheld, 0));
    assert!(receipt.detail.unwrap().contains("--allow-callbacks"));
    let call = sandbox.last_call();
    let noted = call.checks.iter().find(|check| check.name == "receipts").expect("the log of calls says so");
    assert!(noted.ok && noted.detail.contains("away from this machine"), "{noted:?}");
}

#[test]
fn a_sandbox_that_stops_posts_first_and_the_rest_waits_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sandbox.db");
    let listener = Listener::answering(&[Some("200 OK")]);
    let (shared, clock) = state(Some(&path), &[]);
    register(&shared);
    let reg_id = phones::add_phone(&shared, APP_ID);
    let mut sandbox = Sandbox::serve(shared, clock, LIMITS);
    sandbox.reg_id = reg_id;
    push(&sandbox, &listener);
    sandbox.stop();
    assert_eq!(all(&sandbox)[0].stage, Stage::Posted);
    listener.next();

    let notification = json!({ "call_back_url": listener.url() });
    let members = notification.as_object().unwrap().clone();
    sandbox
        .state
        .with(|tx| receipts::note(tx, &taken("m9", "r9", &members), (Event::PushArrive, sandbox.now())))
        .unwrap();
    drop(sandbox);
    let (again, clock) = state(Some(&path), &[]);
    let sandbox = Sandbox::serve(again, clock, LIMITS);
    assert_eq!(listener.next().body[0]["messageId"], "m9");
    assert_eq!(settled(&sandbox)[1].stage, Stage::Posted);
}
