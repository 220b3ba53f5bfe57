//! The stream of events over a real socket: what happens is told, and a reader goes on where it was cut.

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;

/// A reader of events.
struct Reader {
    stream: TcpStream,
    read: Vec<u8>,
}

#[derive(Debug)]
struct Event {
    name: String,
    id: String,
    data: Value,
}

impl Reader {
    async fn new(url: &str, headers: &str) -> Reader {
        let mut stream = TcpStream::connect(url.trim_start_matches("http://")).await.unwrap();
        let head = format!("GET {PREFIX}/events HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        Reader { stream, read: Vec::new() }
    }

    /// The next event; other blocks are skipped.
    async fn next(&mut self) -> Event {
        loop {
            let mut block = Vec::new();
            while !block.ends_with(b"\n\n") && !block.ends_with(b"\r\n\r\n") {
                if self.read.is_empty() {
                    let mut more = vec![0; 4096];
                    let length = self.stream.read(&mut more).await.unwrap();
                    assert!(length > 0, "the stream ended");
                    self.read.extend_from_slice(&more[..length]);
                }
                block.push(self.read.remove(0));
            }
            let text = String::from_utf8(block).unwrap();
            let field = |name: &str| {
                let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
                line.map(str::to_owned)
            };
            if let (Some(name), Some(id), Some(data)) = (field("event"), field("id"), field("data")) {
                return Event { name, id, data: serde_json::from_str(&data).unwrap() };
            }
        }
    }

    async fn next_of(&mut self, name: &str) -> Event {
        loop {
            let event = self.next().await;
            if event.name == name {
                return event;
            }
        }
    }
}

async fn call(url: &str) {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).await.unwrap();
    let head = "POST /server/v1/auth HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.read_to_end(&mut Vec::new()).await.unwrap();
}

#[tokio::test]
async fn what_happens_is_told_as_it_happens() {
    let state = state();
    let url = serve(state.clone()).await;
    let control = Control::new(&url, None);
    let mut reader = Reader::new(&url, "").await;
    assert_eq!(reader.next().await.name, "ready");
    control.put_app(&app()).await.unwrap();
    assert_eq!(reader.next().await.name, "apps");
    let phone = control.add_phone(&new_phone()).await.unwrap();
    let told = reader.next_of("phone").await;
    assert_eq!(told.data["name"], "phone-1");
    push(&state, &phone.reg_id, "m1", "Hi");
    let told = reader.next_of("message").await;
    assert_eq!((told.data["stage"].as_str(), told.data["title"].as_str()), (Some("shown"), Some("Hi")));
    control.tap("phone-1", None).await.unwrap();
    assert_eq!(reader.next_of("message").await.data["stage"], "opened");
    call(&url).await;
    let told = reader.next_of("call").await;
    assert_eq!((told.data["path"].as_str(), told.data["code"].as_i64()), (Some("/server/v1/auth"), Some(15)));
    assert_eq!(told.data["failed"][0]["ok"], false);
    assert!(told.data.get("request").is_none());
    control.set_fault(&NewFault::of("code=33")).await.unwrap();
    assert_eq!(reader.next_of("faults").await.data["items"][0]["fault"], "code=33");
    let off = Change { network: Some(Network::Off), ..Change::default() };
    control.change_phone("phone-1", &off).await.unwrap();
    assert_eq!(reader.next_of("phone").await.data["network"], "off");
    control.remove_phone("phone-1").await.unwrap();
    reader.next_of("phones").await;
    control.reset(false).await.unwrap();
    reader.next_of("reset").await;
}

#[tokio::test]
async fn a_reader_goes_on_where_it_was_cut() {
    let url = serve(state()).await;
    let mut reader = Reader::new(&url, "").await;
    reader.next_of("ready").await;
    call(&url).await;
    let first = reader.next_of("call").await;
    drop(reader);
    call(&url).await;
    let mut again = Reader::new(&url, &format!("Last-Event-ID: {}\r\n", first.id)).await;
    assert_eq!(again.next().await.name, "ready");
    assert_eq!(again.next_of("call").await.data["id"], 2);
    // Of another run of the sandbox nothing is known.
    let mut other = Reader::new(&url, "Last-Event-ID: 0-1\r\n").await;
    assert_eq!(other.next().await.name, "missed");
    call(&url).await;
    assert_eq!(other.next_of("call").await.data["id"], 3);
}

#[tokio::test]
async fn time_alone_is_told_too() {
    let now = Arc::new(std::sync::atomic::AtomicI64::new(NOW));
    let clock = now.clone();
    let clock = Clock::new(move || clock.load(std::sync::atomic::Ordering::SeqCst));
    let state = Arc::new(State::open(None, clock, Rules::default()).unwrap());
    let url = serve(state.clone()).await;
    let control = Control::new(&url, None);
    control.put_app(&app()).await.unwrap();
    let off = NewPhone { network: Some(Network::Off), ..new_phone() };
    let phone = control.add_phone(&off).await.unwrap();
    let mut reader = Reader::new(&url, "").await;
    reader.next_of("ready").await;
    push(&state, &phone.reg_id, "m1", "Hi");
    assert_eq!(reader.next_of("message").await.data["stage"], "held");
    now.store(NOW + 86_400_000, std::sync::atomic::Ordering::SeqCst);
    let told = reader.next_of("message").await;
    assert_eq!(told.data["reason"], "ttl-over-while-offline");
}
