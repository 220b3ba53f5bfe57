//! `sandbox run --accept-any`: a server with its own keys, regIds and aliases works without a line of configuration.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use opush::sandbox::LIMITS;
use opush::sandbox::rules::Rules;
use opush::sandbox::state::{Clock, State};
use serde_json::{Value, json};

use super::harness::{APP_KEY, MASTER_SECRET, NOW, Sandbox, register};
use super::im::user_sig;

const KEY: &str = "team-app-key";
const REG_ID: &str = "CN_0123456789ABCDEF0123456789abcdef";

fn serve(path: Option<&Path>, accept_any: bool) -> Sandbox {
    let mut rules = Rules::default();
    rules.accept_any = accept_any;
    let state = Arc::new(State::open(path, Clock::new(|| NOW), rules).unwrap());
    Sandbox::serve(state, Arc::new(AtomicI64::new(NOW)), LIMITS)
}

fn sandbox(accept_any: bool) -> Sandbox {
    let sandbox = serve(None, accept_any);
    register(&sandbox.state);
    sandbox
}

fn auth(sandbox: &Sandbox, key: &str, sign: &str) -> Value {
    let fields = [format!("app_key={key}"), format!("timestamp={NOW}"), format!("sign={sign}")];
    sandbox.form("/server/v1/auth", &fields).json()
}

fn token(sandbox: &Sandbox) -> String {
    let answer = auth(sandbox, KEY, "whatever");
    answer["data"]["auth_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

fn push(sandbox: &Sandbox, token: &str, target: (i64, &str), more: Value) -> Value {
    let mut notification = json!({ "title": "T", "content": "C", "channel_id": "chat" });
    for (name, value) in more.as_object().unwrap() {
        notification[name] = value.clone();
    }
    let message = json!({ "target_type": target.0, "target_value": target.1, "notification": notification });
    sandbox.unicast(token, &message).json()
}

fn control(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> Value {
    let headers = ["Content-Type: application/json".to_owned()];
    sandbox.send(method, &format!("/_sandbox/v1{path}"), &headers, body.as_bytes()).json()
}

/// The phone and the stage of every message.
fn shown(sandbox: &Sandbox) -> Vec<(String, Value)> {
    let messages = control(sandbox, "GET", "/messages", "");
    let of = |m: &Value| (m["phone"].as_str().unwrap().to_owned(), m["stage"].clone());
    messages["items"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn an_unknown_app_and_reg_id_are_shown_a_push_and_a_tap_opens_what_it_names() {
    let sandbox = sandbox(true);
    let token = token(&sandbox);
    let log = sandbox.last_call();
    assert!(log.checks.iter().any(|check| check.name == "sign" && check.detail.contains("not checked")));
    let page = json!({ "click_action_type": 4, "click_action_activity": "com.team.chat.Page" });
    assert_eq!(push(&sandbox, &token, (2, REG_ID), page)["code"], 0);
    // The next push names another channel, and an intent action.
    let action =
        json!({ "channel_id": "news", "click_action_type": 1, "click_action_activity": "com.team.OPEN" });
    assert_eq!(push(&sandbox, &token, (2, REG_ID), action)["code"], 0);
    let name = "reg-01234567";
    assert_eq!(shown(&sandbox), [(name.to_owned(), json!("shown")), (name.to_owned(), json!("shown"))]);
    let path = format!("/phones/{name}/tap");
    assert_eq!(
        control(&sandbox, "POST", &path, "")["target"],
        "com.example.app".to_owned() + &app_id(&sandbox) + ".PushActivity"
    );
    assert_eq!(control(&sandbox, "POST", &path, "")["target"], "com.team.chat.Page");
}

/// The AppID of the app that was taken.
fn app_id(sandbox: &Sandbox) -> String {
    let apps = control(sandbox, "GET", "/apps", "");
    let taken = apps["items"].as_array().unwrap().iter().find(|app| app["app_key"] == KEY).unwrap();
    assert_eq!(taken["signature_checked"], false, "{apps}");
    taken["app_id"].as_str().unwrap().to_owned()
}

#[test]
fn info_and_the_list_of_apps_say_so() {
    let sandbox = sandbox(true);
    token(&sandbox);
    assert_eq!(control(&sandbox, "GET", "/info", "")["accept_any"], true);
    let apps = control(&sandbox, "GET", "/apps", "");
    let of = |app: &Value| (app["app_key"] == KEY, app["signature_checked"] == true);
    let mut checked: Vec<(bool, bool)> = apps["items"].as_array().unwrap().iter().map(of).collect();
    checked.sort();
    assert_eq!(checked, [(false, true), (true, false)], "{apps}");
    assert!(!apps.to_string().contains(MASTER_SECRET));
}

#[test]
fn an_alias_that_nobody_set_is_a_phone_too() {
    let sandbox = sandbox(true);
    let token = token(&sandbox);
    assert_eq!(push(&sandbox, &token, (5, "alice"), json!({}))["code"], 0);
    assert_eq!(shown(&sandbox), [("phone-1".to_owned(), json!("shown"))]);
}

#[test]
fn an_alias_can_be_set_for_a_reg_id_that_nobody_made() {
    let sandbox = sandbox(true);
    let body = json!({ "auth_token": token(&sandbox), "registration_id": REG_ID, "alias": "alice" });
    let headers = ["Content-Type: application/json".to_owned()];
    let reply = sandbox.send("POST", "/server/v1/device/set_alias", &headers, body.to_string().as_bytes());
    assert_eq!(reply.code(), 0);
    assert_eq!(control(&sandbox, "GET", "/phones/reg-01234567", "")["alias"], "alice");
}

#[test]
fn what_is_wrong_is_refused_all_the_same() {
    let sandbox = sandbox(true);
    let token = token(&sandbox);
    for (reg_id, code) in [("no-reg-id", 10000), ("IN_0123456789abcdef0123456789abcdef", 10000)] {
        assert_eq!(push(&sandbox, &token, (2, reg_id), json!({}))["code"], code, "{reg_id}");
    }
    // A regId of one app is none of another's.
    assert_eq!(push(&sandbox, &token, (2, REG_ID), json!({}))["code"], 0);
    let known = sandbox.token();
    assert_eq!(push(&sandbox, &known, (2, REG_ID), json!({}))["code"], 10000);
    // A known app's signature is checked.
    assert_eq!(auth(&sandbox, APP_KEY, "0")["code"], 16);
    for key in ["", "with space", "kéy", &"k".repeat(129)] {
        let code = auth(&sandbox, key, "0")["code"].clone();
        assert_eq!(code, if key.is_empty() { 15 } else { 14 }, "{key}");
    }
}

#[test]
fn what_a_person_sets_on_such_a_phone_stays() {
    let sandbox = sandbox(true);
    let token = token(&sandbox);
    assert_eq!(push(&sandbox, &token, (2, REG_ID), json!({}))["code"], 0);
    control(&sandbox, "PATCH", "/phones/reg-01234567", r#"{"channels": []}"#);
    assert_eq!(push(&sandbox, &token, (2, REG_ID), json!({}))["code"], 0);
    let stages: Vec<Value> = shown(&sandbox).into_iter().map(|(_, stage)| stage).collect();
    assert_eq!(stages, [json!("shown"), json!("dropped")]);
}

#[test]
fn names_that_begin_alike_are_told_apart() {
    let sandbox = sandbox(true);
    let token = token(&sandbox);
    for reg_id in [REG_ID, "0123456789abcdef0123456700000000", "0123456789abcdef01234567"] {
        assert_eq!(push(&sandbox, &token, (2, reg_id), json!({}))["code"], 0);
    }
    let names: Vec<String> = shown(&sandbox).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["reg-01234567", "reg-0123456789abcdef", "reg-0123456789abcdef01234567"]);
}

/// An app that was taken once is unknown again to a sandbox that checks.
#[test]
fn an_app_that_was_taken_is_not_known_to_a_sandbox_without_the_flag() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sandbox.db");
    for (accept_any, code) in [(true, 0), (false, 14)] {
        let sandbox = serve(Some(&path), accept_any);
        assert_eq!(auth(&sandbox, KEY, "whatever")["code"], code);
    }
}

/// The IM server takes an unknown SDKAppID with whoever calls as its administrator.
#[test]
fn an_unknown_im_app_is_taken_too() {
    for (accept_any, code) in [(true, 0), (false, 70020)] {
        let sandbox = sandbox(accept_any);
        let sig = user_sig(1_400_000_009, "chief", NOW / 1000, 60, None, "any key");
        let query = format!("sdkappid=1400000009&identifier=chief&usersig={sig}&random=99&contenttype=json");
        let body = json!({ "To_Account": ["chief"] }).to_string();
        let answer =
            sandbox.send("POST", &format!("/v4/openim/querystate?{query}"), &[], body.as_bytes()).json();
        assert_eq!(answer["ErrorCode"], code, "{answer}");
        let apps = control(&sandbox, "GET", "/im/apps", "");
        let taken = json!([{ "sdk_app_id": 1_400_000_009, "admin": "chief", "signature_checked": false }]);
        assert_eq!(apps["items"], if accept_any { taken } else { json!([]) });
    }
}
