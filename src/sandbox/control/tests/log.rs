//! The log of calls over the control API: searched, in short, one with what became of it, cleared.

use serde_json::Value;

use super::*;
use crate::listen::Request;

async fn ask(state: &Arc<State>, method: &str, path: &str) -> (u16, Value) {
    let request = hyper::Request::builder().method(method).uri(format!("{PREFIX}{path}"));
    let (head, ()) = request.body(()).unwrap().into_parts();
    let request =
        Request { method: head.method, uri: head.uri, headers: head.headers, body: Default::default() };
    let response = answer(state, &request, None, None).await;
    (response.status, serde_json::from_slice(&response.body).unwrap())
}

/// Logs a push of the app to the phone, as its call would.
fn logged(state: &State, title: &str, message_id: &str) {
    use crate::sandbox::http::calls::{Check, LoggedCall, record};
    let check =
        |name: &str, ok| Check { name: name.into(), ok, detail: String::new(), section: String::new() };
    let call = LoggedCall {
        id: 0,
        at_ms: NOW,
        app_id: Some("30001".into()),
        method: "POST".into(),
        path: "/server/v1/message/notification/unicast?auth_token=***".into(),
        request: format!("POST /x HTTP/1.1\r\n\r\nmessage={}", title.replace(' ', "+")),
        checks: vec![check("auth_token", true), check("title", message_id.is_empty())],
        dialects: vec!["header-token".into()],
        sent_like: None,
        code: if message_id.is_empty() { 41 } else { 0 },
        answer: json!({"code": 0, "data": {"messageId": message_id}}).to_string(),
    };
    state.with(|tx| record(tx, &call)).unwrap();
}

/// A phone and a push to it, in the log too.
async fn pushed() -> Arc<State> {
    let state = state();
    let control = Control::embedded(state.clone());
    control.put_app(&app()).await.unwrap();
    let phone = control.add_phone(&new_phone()).await.unwrap();
    push(&state, &phone.reg_id, "m1", "Hi");
    logged(&state, "see you", "m1");
    state
}

#[tokio::test]
async fn calls_are_found_by_app_code_phone_and_text() {
    let state = pushed().await;
    logged(&state, "%E4%BD%A0%E5%A5%BD", "");
    for (text, ids) in [
        ("", &[1, 2][..]),
        ("SEE", &[1]),
        ("you%20see", &[1]),
        ("see%20nobody", &[]),
        ("%E4%BD%A0%E5%A5%BD", &[2]),
        ("code:41", &[2]),
        ("code:4", &[]),
        ("app:30001", &[1, 2]),
        ("app:3000", &[]),
        ("call:unicast", &[1, 2]),
        ("phone:phone-1", &[1]),
        ("phone-1", &[1]),
        ("header-token", &[1, 2]),
    ] {
        let (_, found) = ask(&state, "GET", &format!("/calls?brief=true&text={text}")).await;
        let found: Vec<i64> =
            found["items"].as_array().unwrap().iter().map(|call| call["id"].as_i64().unwrap()).collect();
        assert_eq!(found, ids, "{text}");
    }
    let (_, newest) = ask(&state, "GET", "/calls?text=unicast&last=1").await;
    assert_eq!((newest["items"][0]["id"].as_i64(), newest["items"].as_array().unwrap().len()), (Some(2), 1));
    assert_eq!(newest["items"][0]["checks"][1]["section"], "5");
}

#[tokio::test]
async fn one_call_comes_with_what_became_of_it_and_all_can_be_cleared() {
    let state = pushed().await;
    let (_, call) = ask(&state, "GET", "/calls/1").await;
    assert_eq!(
        (call["messages"][0]["phone"].as_str(), call["code_name"].as_str()),
        (Some("phone-1"), Some("Success"))
    );
    assert_eq!(call["checks"][0]["section"], "2");
    for id in ["2", "x"] {
        let (status, refused) = ask(&state, "GET", &format!("/calls/{id}")).await;
        assert_eq!((status, refused["error"]["id"].as_str()), (404, Some("unknown-call")));
    }
    assert_eq!(ask(&state, "DELETE", "/calls").await.0, 200);
    assert_eq!(ask(&state, "GET", "/calls").await.1, json!({"items": []}));
    logged(&state, "again", "m2");
    assert_eq!(ask(&state, "GET", "/calls?last=1").await.1["items"][0]["id"], 2, "numbers go on");
}
