//! Tests of the listener over raw sockets: limits, slow and broken senders, a clean stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::body::Bytes;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use super::*;

fn limits() -> Limits {
    Limits { body_bytes: 100, body: Duration::from_secs(1), head: Duration::from_secs(1), ..Limits::DEFAULT }
}

fn here() -> ListenOn {
    SocketAddr::from(([127, 0, 0, 1], 0)).into()
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
    start(here(), limits(), handler).await.unwrap()
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
        "POST /report?a=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
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
    let huge =
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 99999999999\r\n\r\nx";
    assert!(exchange(&running, huge).await.starts_with("HTTP/1.1 413"));
    let slow = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 10\r\n\r\nx";
    assert!(exchange(&running, slow).await.starts_with("HTTP/1.1 408"));
    // A head that never ends is cut off, and others are answered all the same.
    let _ = exchange(&running, "POST / HTTP/1.1\r\nHost: localhost\r\n").await;
    assert!(exchange(&running, "not http\r\n\r\n").await.starts_with("HTTP/1.1 400"));
    assert!(exchange(&running, &post("", "")).await.starts_with("HTTP/1.1 401"));
}

#[tokio::test]
async fn it_listens_beyond_loopback_only_when_allowed_and_one_at_a_time() {
    let handler: Handler = Arc::new(|_| Response::new(200, json!({})));
    let everywhere = ListenOn::from("0.0.0.0:0".parse::<SocketAddr>().unwrap());
    let refused = start(everywhere.clone(), limits(), handler.clone()).await.unwrap_err();
    assert!(matches!(refused, ListenError::BeyondLoopback(_)));
    let allowed = ListenOn { beyond_loopback: true, ..everywhere };
    start(allowed, limits(), handler.clone()).await.unwrap().stop().await;
    let first = start(here(), limits(), handler.clone()).await.unwrap();
    let second = start(first.address.into(), limits(), handler).await.unwrap_err();
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

/// A handler of answers that no socket buffer holds, and a listener with these limits.
async fn with_large_answers(limits: Limits) -> Running {
    let handler: Handler = Arc::new(|request: Request| match request.path() {
        "/large" => Response::text(200, "text/plain", vec![b'a'; 16 << 20]),
        _ => Response::new(200, json!({})),
    });
    start(here(), limits, handler).await.unwrap()
}

/// A client that asks for much, reads the beginning of the answer, and no more.
async fn greedy(running: &Running) -> TcpStream {
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    stream.read_exact(&mut [0; 4]).await.unwrap();
    stream
}

/// What is left to read of a connection that the listener has closed.
async fn rest(mut stream: TcpStream) -> usize {
    let mut read = Vec::new();
    let _ = stream.read_to_end(&mut read).await;
    read.len()
}

#[tokio::test]
async fn at_the_limit_the_connection_that_has_waited_longest_makes_room() {
    let running = with_large_answers(Limits { connections: 4, ..Limits::DEFAULT }).await;
    let mut silent = Vec::new();
    for number in 0..100 {
        silent.push(TcpStream::connect(running.address).await.unwrap());
        if number % 10 == 0 {
            let began = Instant::now();
            assert!(exchange(&running, &post("", "")).await.starts_with("HTTP/1.1 200"));
            assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        }
    }
    // The oldest ones are closed, and the newest are not.
    assert_eq!(rest(silent.remove(0)).await, 0);
    let mut newest = silent.pop().unwrap();
    newest.write_all(post("", "").as_bytes()).await.unwrap();
    let mut answer = String::new();
    newest.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_client_that_does_not_take_its_answer_is_given_up() {
    let running = with_large_answers(Limits { write: Duration::from_millis(200), ..Limits::DEFAULT }).await;
    let stream = greedy(&running).await;
    // Ends because the listener closes; otherwise this test never does.
    assert_eq!(running.untaken(), 1);
    while running.untaken() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(rest(stream).await < 16 << 20);
}

#[tokio::test]
async fn answers_that_no_client_takes_have_a_limit_together() {
    let limits = Limits { answer_bytes: 40 << 20, ..Limits::DEFAULT };
    let running = with_large_answers(limits).await;
    let mut clients = Vec::new();
    for _ in 0..6 {
        clients.push(greedy(&running).await);
        assert!(running.untaken() <= 2, "two of them fit");
    }
    // Those that came first lost theirs; the last one can still read it all.
    assert!(rest(clients.remove(0)).await < 16 << 20);
    let mut last = clients.pop().unwrap();
    let mut whole = vec![0; 16 << 20];
    last.read_exact(&mut whole).await.unwrap();
    assert!(exchange(&running, &post("", "")).await.starts_with("HTTP/1.1 200"));
}

/// A listener that answers in pieces, and what sends them.
async fn with_pieces(limits: Limits) -> (Running, mpsc::Sender<Bytes>) {
    let (pieces, following) = mpsc::channel(1);
    let following = std::sync::Mutex::new(Some(following));
    let handler: Handler = Arc::new(move |_| {
        Response::pieces("text/plain", following.lock().unwrap().take().expect("one client asks"))
    });
    (start(here(), limits, handler).await.unwrap(), pieces)
}

async fn asks_for_pieces(running: &Running) -> TcpStream {
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(b"GET /pieces HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    stream
}

/// Reads until this has come.
async fn until(stream: &mut TcpStream, text: &str) {
    let mut read = Vec::new();
    while !String::from_utf8_lossy(&read).contains(text) {
        read.push(stream.read_u8().await.unwrap());
    }
}

#[tokio::test]
async fn pieces_go_out_as_they_come_and_end_with_the_listener() {
    let (running, pieces) = with_pieces(Limits::DEFAULT).await;
    let mut stream = asks_for_pieces(&running).await;
    for piece in ["first", "second"] {
        pieces.send(piece.into()).await.unwrap();
        until(&mut stream, piece).await;
    }
    // Otherwise it would wait for as long as answers may take.
    let began = Instant::now();
    running.stop().await;
    assert!(began.elapsed() < Limits::DEFAULT.stop, "{:?}", began.elapsed());
    until(&mut stream, "0\r\n\r\n").await;
    assert!(pieces.is_closed());
}

#[tokio::test]
async fn a_client_that_goes_or_takes_no_piece_ends_them() {
    let (running, pieces) = with_pieces(Limits::DEFAULT).await;
    let mut stream = asks_for_pieces(&running).await;
    pieces.send("first".into()).await.unwrap();
    until(&mut stream, "first").await;
    drop(stream);
    // Ends because the listener lets go of the connection; otherwise this test never does.
    pieces.closed().await;
    let limits = Limits { write: Duration::from_millis(200), ..Limits::DEFAULT };
    let (running, pieces) = with_pieces(limits).await;
    let _reads_nothing = asks_for_pieces(&running).await;
    while pieces.send(vec![b'a'; 1 << 20].into()).await.is_ok() {}
    assert_eq!(running.untaken(), 0);
}

#[tokio::test]
async fn on_loopback_only_known_names_are_answered_at_any_path() {
    let handler: Handler = Arc::new(|_| Response::new(200, json!({})));
    let on = ListenOn { names: vec!["push.example.com".into()], ..here() };
    let running = start(on, limits(), handler).await.unwrap();
    for (host, status) in
        [("localhost", "200"), ("127.0.0.1:80", "200"), ("push.example.com", "200"), ("evil.example", "403")]
    {
        let request = post("hello", "").replace("Host: localhost", &format!("Host: {host}"));
        let answer = exchange(&running, &request).await;
        assert_eq!(answer.split(' ').nth(1), Some(status), "{host}: {answer}");
        assert_eq!(answer.contains("--allow-host"), status == "403", "{answer}");
    }
}
