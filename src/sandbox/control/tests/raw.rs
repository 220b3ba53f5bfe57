//! Requests and answers that the client itself would never make: other people's, a page's, another server's.

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;
use crate::listen::{Fault, Request, Response};

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let mut request = hyper::Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (head, body) = request.body(body.to_owned()).unwrap().into_parts();
    Request { method: head.method, uri: head.uri, headers: head.headers, body: body.into() }
}

fn json(response: &Response) -> (u16, Value) {
    let mut headers = response.headers.clone();
    // A wrong method is answered with those that there are.
    headers.retain(|(name, _)| response.status != 405 || *name != "allow");
    assert_eq!(headers, [("content-type", "application/json".to_owned())]);
    (response.status, serde_json::from_slice(&response.body).unwrap())
}

async fn ask(method: &str, path: &str, body: &str) -> (u16, Value) {
    ask_as(&[("host", "127.0.0.1:1")], method, path, body).await
}

async fn ask_as(headers: &[(&str, &str)], method: &str, path: &str, body: &str) -> (u16, Value) {
    let request = request(method, &format!("{PREFIX}{path}"), headers, body);
    json(&answer(&state(), &request, None, None).await)
}

#[tokio::test]
async fn every_refusal_is_json_with_a_status_and_an_id() {
    for (method, path, body, status, id) in [
        ("GET", "/nothing", "", 404, "no-such-path"),
        ("GET", "/phones/a/b/c", "", 404, "no-such-path"),
        ("GET", "/reset", "", 405, "method-not-allowed"),
        ("DELETE", "/apps", "", 405, "method-not-allowed"),
        ("GET", "/phones/%FF", "", 400, "bad-path"),
        ("GET", "/phones/nobody", "", 404, "unknown-phone"),
        ("PATCH", "/phones/nobody", "{}", 404, "unknown-phone"),
        ("POST", "/phones/nobody/tap", "", 404, "unknown-phone"),
        ("POST", "/phones/nobody/register", "{}", 404, "unknown-phone"),
        ("POST", "/phones/nobody/register", r#"{"x":1}"#, 400, "bad-body"),
        ("POST", "/phones", r#"{"app_id":"1"}"#, 404, "unknown-app"),
        ("POST", "/phones", r#"{"app_id":"1","colour":"red"}"#, 400, "bad-body"),
        ("POST", "/phones", r#"{"app_id":"1","brand":"nokia"}"#, 400, "bad-body"),
        ("POST", "/phones", "{", 400, "bad-body"),
        ("POST", "/phones", "", 400, "bad-body"),
        ("PATCH", "/phones/a", r#"{"network":"3g"}"#, 400, "bad-body"),
        ("PATCH", "/phones/a", r#"{"android":3}"#, 400, "bad-value"),
        (
            "PUT",
            "/apps",
            r#"{"app_id":"1","app_key":"k","master_secret":"s","package":" p"}"#,
            400,
            "bad-value",
        ),
        ("PUT", "/apps", r#"{"app_id":"1"}"#, 400, "bad-body"),
        ("POST", "/faults", r#"{"fault":"code=13","app":"1"}"#, 404, "unknown-app"),
        ("POST", "/faults", r#"{"fault":"nonsense"}"#, 400, "bad-value"),
        ("POST", "/faults", r#"{"fault":"reset","share":0}"#, 400, "bad-value"),
        ("POST", "/faults", r#"{"fault":"reset","colour":"red"}"#, 400, "bad-body"),
        ("DELETE", "/faults/7", "", 404, "unknown-fault"),
        ("DELETE", "/faults/x", "", 404, "unknown-fault"),
        ("POST", "/phones/nobody/elapse", r#"{"by_ms":1}"#, 404, "unknown-phone"),
        ("GET", "/info?colour=red", "", 400, "bad-query"),
        ("DELETE", "/im/certificates/1/x", "", 400, "bad-path"),
        ("GET", "/messages?colour=red", "", 400, "bad-query"),
        ("GET", "/messages?phone=a&phone=b", "", 400, "bad-query"),
        ("GET", "/messages?stage=lost", "", 400, "bad-query"),
        ("GET", "/messages/wait?timeout_ms=-1", "", 400, "bad-query"),
        ("GET", "/messages/wait?timeout_ms=600001", "", 400, "bad-query"),
        ("GET", "/messages/wait?timeout_ms=0", "", 408, "no-match"),
        ("GET", "/calls?limit=1001", "", 400, "bad-query"),
        ("GET", "/calls?after=x", "", 400, "bad-query"),
        ("GET", "/calls?limit=0", "", 400, "bad-query"),
        ("GET", "/calls?last=0", "", 400, "bad-query"),
    ] {
        let (got, json) = ask(method, path, body).await;
        assert_eq!((got, json["error"]["id"].as_str()), (status, Some(id)), "{method} {path}: {json}");
        assert!(!json["error"]["message"].as_str().unwrap().is_empty());
        assert_eq!(json.as_object().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_page_in_a_browser_gets_nothing() {
    let headers = [("host", "127.0.0.1:1"), ("origin", "https://evil.example")];
    let (status, json) = ask_as(&headers, "POST", "/reset", "{}").await;
    assert_eq!(status, 403, "{json}");
}

#[tokio::test]
async fn apps_are_shown_without_their_secrets() {
    let state = state();
    Control::embedded(state.clone()).put_app(&app()).await.unwrap();
    let request = request("GET", &format!("{PREFIX}/apps"), &[("host", "localhost")], "");
    let response = answer(&state, &request, None, None).await;
    assert_eq!(
        response.body,
        r#"{"items":[{"app_id":"30001","app_key":"key","package":"com.example.demo","signature_checked":true}]}"#
    );
}

#[tokio::test]
async fn a_body_that_does_not_come_whole_is_refused_in_json() {
    let request = request("POST", &format!("{PREFIX}/reset"), &[("host", "localhost")], "");
    for (fault, status, id) in [
        (Fault::TooLarge { most: 1 << 20 }, 413, "too-large"),
        (Fault::TooSlow, 408, "too-slow"),
        (Fault::Broken, 400, "bad-body"),
    ] {
        let (got, json) = json(&answer(&state(), &request, Some(fault), None).await);
        assert_eq!((got, json["error"]["id"].as_str()), (status, Some(id)));
    }
}

/// Answers one connection with these bytes, then closes it.
async fn impostor(answer: &'static str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.read(&mut [0; 4096]).await;
        let _ = socket.write_all(answer.as_bytes()).await;
    });
    url
}

#[tokio::test]
async fn the_client_tells_a_dead_address_from_another_server() {
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    for url in
        [closed, "http://".into(), "nonsense".into(), impostor("").await, impostor("junk\r\n\r\n").await]
    {
        let error = Control::new(&url, None).info().await.unwrap_err();
        assert!(matches!(error, ControlError::Unreachable { .. }), "{url}: {error:?}");
    }
    for answer in [
        "HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\nnone",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
    ] {
        let url = impostor(answer).await;
        let error = Control::new(&url, None).info().await.unwrap_err();
        assert!(matches!(error, ControlError::NotASandbox { .. }), "{answer}: {error:?}");
        assert!(error.to_string().contains(&url));
    }
}
