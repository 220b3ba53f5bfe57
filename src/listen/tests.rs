//! Tests of the listener over raw sockets: limits, slow and broken senders, a clean stop.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;

fn limits() -> Limits {
    Limits {
        body_bytes: 100,
        body: Duration::from_secs(1),
        head: Duration::from_secs(1),
        ..Limits::default()
    }
}

async fn running() -> Running {
    let handler: Handler = Arc::new(|request: Request| {
        let allowed = request.bears("right");
        Response::new(
            if allowed { 200 } else { 401 },
            json!({ "path": request.path(), "query": request.query(), "bytes": request.body.len() }),
        )
        .with("x-seen", request.method.as_str())
    });
    start("127.0.0.1:0".parse().unwrap(), false, limits(), handler).await.unwrap()
}

/// What comes back until the connection is closed.
async fn exchange(running: &Running, raw: &str) -> String {
    let mut stream = TcpStream::connect(running.url().trim_start_matches("http://")).await.unwrap();
    stream.write_all(raw.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

fn post(body: &str, headers: &str) -> String {
    format!(
        "POST /report?a=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

#[tokio::test]
async fn a_request_is_read_whole_and_answered_in_json() {
    let running = running().await;
    let answer = exchange(&running, &post("hello", "authorization: bearer right\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("x-seen: POST"), "{answer}");
    assert!(answer.ends_with("{\"path\":\"/report\",\"query\":\"a=1\",\"bytes\":5}\n"), "{answer}");
    running.stop().await;
}

#[tokio::test]
async fn only_the_right_token_is_borne() {
    let running = running().await;
    for (headers, status) in [
        ("Authorization: Bearer right\r\n", "200"),
        ("Authorization: Bearer wrong\r\n", "401"),
        ("Authorization: Bearer righ\r\n", "401"),
        ("Authorization: Bearer right2\r\n", "401"),
        ("Authorization: Basic right\r\n", "401"),
        ("Authorization: Bearer\r\n", "401"),
        ("", "401"),
    ] {
        let answer = exchange(&running, &post("", headers)).await;
        assert_eq!(answer.split(' ').nth(1), Some(status), "{headers}");
    }
}

#[tokio::test]
async fn bodies_too_large_or_too_slow_are_refused() {
    let running = running().await;
    let fits = exchange(&running, &post(&"x".repeat(100), "")).await;
    assert!(fits.contains("\"bytes\":100"), "{fits}");
    let large = exchange(&running, &post(&"x".repeat(101), "")).await;
    assert!(large.starts_with("HTTP/1.1 413"), "{large}");
    let huge = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 99999999999\r\n\r\nx";
    assert!(exchange(&running, huge).await.starts_with("HTTP/1.1 413"));
    let slow = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10\r\n\r\nx";
    assert!(exchange(&running, slow).await.starts_with("HTTP/1.1 408"));
    // A head that never ends is cut off, and others are answered all the same.
    let _ = exchange(&running, "POST / HTTP/1.1\r\nHost: x\r\n").await;
    assert!(exchange(&running, "not http\r\n\r\n").await.starts_with("HTTP/1.1 400"));
    assert!(exchange(&running, &post("", "")).await.starts_with("HTTP/1.1 401"));
}

#[tokio::test]
async fn it_listens_beyond_loopback_only_when_allowed_and_one_at_a_time() {
    let handler: Handler = Arc::new(|_| Response::new(200, json!({})));
    let everywhere = "0.0.0.0:0".parse().unwrap();
    let refused = start(everywhere, false, limits(), handler.clone()).await.unwrap_err();
    assert!(matches!(refused, ListenError::BeyondLoopback(_)));
    start(everywhere, true, limits(), handler.clone()).await.unwrap().stop().await;
    let first = start("127.0.0.1:0".parse().unwrap(), false, limits(), handler.clone()).await.unwrap();
    let taken = first.url().trim_start_matches("http://").parse().unwrap();
    let second = start(taken, false, limits(), handler).await.unwrap_err();
    assert!(matches!(second, ListenError::Bind { .. }));
}

#[tokio::test]
async fn when_stopped_nothing_answers_any_more() {
    let running = running().await;
    let address = running.url().trim_start_matches("http://").to_owned();
    let mut idle = TcpStream::connect(&address).await.unwrap();
    running.stop().await;
    let mut rest = Vec::new();
    let _ = idle.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
    assert!(TcpStream::connect(&address).await.is_err());
}
