//! OPPO's list of invalid regIds: who is on it, with which token, and what reading it does.

use opush::sandbox::faults::NewFault;
use opush::sandbox::phone::{self, Wanted};
use serde_json::{Value, json};

use super::faults::set;
use super::harness::{APP_ID, Sandbox};
use super::phones;

const PATH: &str = "/server/v1/feedback/fetch_invalid_regidList";

fn list(sandbox: &Sandbox, token: &str) -> Vec<String> {
    let reply = sandbox.send("GET", &format!("{PATH}?auth_token={token}"), &[], b"").json();
    let ids: Vec<String> = serde_json::from_value(reply["data"]["registration_ids"].clone()).unwrap();
    assert_eq!((&reply["code"], &reply["data"]["totalCount"]), (&json!(0), &json!(ids.len())), "{reply}");
    ids
}

fn push(sandbox: &Sandbox, token: &str, reg_id: &str) -> i64 {
    let notification = json!({ "title": "T", "content": "C" });
    let message: Value = json!({ "target_type": 2, "target_value": reg_id, "notification": notification });
    sandbox.unicast(token, &message).code()
}

#[test]
fn it_lists_reg_ids_that_lead_nowhere() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    assert_eq!(list(&sandbox, &token), [""; 0]);
    let unsubscribed = phones::add_phone(&sandbox.state, APP_ID);
    phones::unsubscribe(&sandbox.state, &unsubscribed);
    let replaced = phones::add_phone(&sandbox.state, APP_ID);
    let phones = sandbox.state.with(|tx| phone::list(tx, sandbox.now())).unwrap();
    let name = &phones.iter().find(|phone| phone.reg_id == replaced).unwrap().name;
    sandbox.state.with(|tx| phone::register_anew(tx, sandbox.now(), name)).unwrap();
    let gone = phones::add_phone(&sandbox.state, APP_ID);
    let phones = sandbox.state.with(|tx| phone::list(tx, sandbox.now())).unwrap();
    let name = &phones.iter().find(|phone| phone.reg_id == gone).unwrap().name;
    sandbox.state.with(|tx| phone::remove(tx, sandbox.now(), name)).unwrap();
    // Another app's are another app's.
    phones::unsubscribe(&sandbox.state, &phones::add_phone(&sandbox.state, "30002"));
    let mut expected = vec![unsubscribed, replaced, gone];
    expected.sort_unstable();
    assert_eq!(list(&sandbox, &token), expected);
    assert_eq!(list(&sandbox, &token), expected, "reading changes nothing");
    assert!(!format!("{:?}", sandbox.calls()).contains(&token));
}

#[test]
fn a_stale_reg_id_is_on_it_though_pushes_are_taken() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    set(&sandbox, NewFault { reg_id: Some(sandbox.reg_id.clone()), ..NewFault::of("stale-reg-id") });
    assert_eq!(list(&sandbox, &token), std::slice::from_ref(&sandbox.reg_id));
    assert_eq!(push(&sandbox, &token, &sandbox.reg_id), 0);
    let messages = sandbox.state.with(|tx| phone::messages(tx, sandbox.now(), &Wanted::default())).unwrap();
    assert_eq!(messages, []);
}

#[test]
fn with_every_reg_id_stale_the_list_has_those_that_were_pushed_to() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let other = phones::add_phone(&sandbox.state, APP_ID);
    set(&sandbox, NewFault::of("stale-reg-id"));
    assert_eq!(list(&sandbox, &token), [""; 0]);
    push(&sandbox, &token, &other);
    assert_eq!(list(&sandbox, &token), [other]);
}

#[test]
fn rules_decide_what_the_invalid_list_holds_and_whether_reading_clears_it() {
    let sandbox = Sandbox::with_rules(&["invalid-list-holds=pushed".into()]);
    let unsubscribed = phones::add_phone(&sandbox.state, APP_ID);
    phones::unsubscribe(&sandbox.state, &unsubscribed);
    assert_eq!(list(&sandbox, &sandbox.token()), [""; 0]);

    let sandbox = Sandbox::with_rules(&["invalid-list-clears=yes".into()]);
    let token = sandbox.token();
    phones::unsubscribe(&sandbox.state, &sandbox.reg_id);
    assert_eq!(list(&sandbox, &token), std::slice::from_ref(&sandbox.reg_id));
    assert_eq!(list(&sandbox, &token), [""; 0]);
    let other = phones::add_phone(&sandbox.state, APP_ID);
    phones::unsubscribe(&sandbox.state, &other);
    assert_eq!(list(&sandbox, &token), [other]);
}

#[test]
fn the_token_may_be_a_header_and_must_be_there() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let reply = sandbox.send("GET", PATH, &[format!("auth_token: {token}")], b"");
    assert_eq!((reply.status, reply.code()), (200, 0));
    assert_eq!(sandbox.last_call().dialects, ["token-in-header"]);
    assert_eq!(sandbox.send("GET", PATH, &[], b"").code(), 29);
    assert_eq!(sandbox.send("GET", &format!("{PATH}?auth_token=x"), &[], b"").code(), 11);
    assert_eq!(sandbox.send("POST", &format!("{PATH}?auth_token={token}"), &[], b"").code(), 12);
    sandbox.send("GET", &format!("{PATH}?auth_token={token}&page=2"), &[], b"");
    assert_eq!(sandbox.last_call().dialects, ["unknown-fields: page"]);
}
