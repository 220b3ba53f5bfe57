//! A listener read by hand: what the sandbox posts to it, and the answers that it gives.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

/// Longer than anything here takes; reached only by a test that fails.
pub const PATIENCE: Duration = Duration::from_secs(180);

/// One request as it came.
#[derive(Debug)]
pub struct Posted {
    pub head: String,
    pub body: Value,
}

/// Answers each request with the next of the given answers, the last one again and again; none is not an answer at all.
pub struct Listener {
    pub addr: SocketAddr,
    pub posted: Receiver<Posted>,
}

impl Listener {
    pub fn answering(answers: &[Option<&'static str>]) -> Listener {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let (tell, posted) = channel();
        let mut answers: VecDeque<Option<&'static str>> = answers.iter().copied().collect();
        std::thread::spawn(move || {
            let mut open = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Some(request) = read(&mut stream) else { continue };
                let answer = if answers.len() > 1 { answers.pop_front().unwrap() } else { answers[0] };
                if tell.send(request).is_err() {
                    return;
                }
                match answer {
                    Some(status) => {
                        let text = format!(
                            "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 4\r\n\r\nseen"
                        );
                        let _ = stream.write_all(text.as_bytes());
                    }
                    None => open.push(stream),
                }
            }
        });
        Listener { addr, posted }
    }

    pub fn url(&self) -> String {
        format!("http://{}/r/secret", self.addr)
    }

    pub fn next(&self) -> Posted {
        self.posted.recv_timeout(PATIENCE).expect("a receipt is posted")
    }
}

fn read(stream: &mut TcpStream) -> Option<Posted> {
    let mut bytes = Vec::new();
    let end = loop {
        let mut byte = [0];
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        bytes.push(byte[0]);
        if bytes.ends_with(b"\r\n\r\n") {
            break bytes.len();
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().unwrap())
    });
    let mut body = vec![0; length.unwrap()];
    stream.read_exact(&mut body).unwrap();
    Some(Posted { head, body: serde_json::from_slice(&body).unwrap() })
}
