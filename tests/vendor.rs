//! A vendor of raw sockets: it records the bytes of each request and answers with whatever bytes a test gives it.
//! It knows no HTTP beyond where a request ends. Several test binaries include this file, each using a part of it.
#![allow(dead_code)]

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One request as it came over the wire.
#[derive(Clone)]
pub struct Received {
    pub head: String,
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
    /// Which connection it came by, counted from 0.
    pub connection: usize,
}

/// What to do with a request.
pub enum Reply {
    /// Send these bytes and keep the connection.
    Keep(Vec<u8>),
    /// Send these bytes and close the connection.
    Close(Vec<u8>),
    /// Send these bytes, then nothing until the client gives up.
    Hang(Vec<u8>),
    /// Send these bytes one at a time, with a pause between them.
    Drip(Vec<u8>),
    /// Send the first, then the second again and again until the client gives up.
    Endless(Vec<u8>, Vec<u8>),
}

pub struct Vendor {
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    connections: Arc<AtomicUsize>,
    written: Arc<AtomicUsize>,
}

impl Received {
    pub fn is_auth(&self) -> bool {
        self.head.starts_with("POST /server/v1/auth ")
    }
}

impl Vendor {
    /// `answer` is given each request and how many of its path came before it.
    pub fn start(answer: impl Fn(&Received, usize) -> Reply + Send + Sync + 'static) -> Vendor {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let vendor = Vendor {
            address: listener.local_addr().expect("bound"),
            received: Arc::default(),
            connections: Arc::default(),
            written: Arc::default(),
        };
        let (received, connections, written) =
            (vendor.received.clone(), vendor.connections.clone(), vendor.written.clone());
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let connection = connections.fetch_add(1, Ordering::SeqCst);
                let (received, written, answer) = (received.clone(), written.clone(), answer.clone());
                std::thread::spawn(move || {
                    let mut stream = stream.expect("a connection");
                    while let Some(request) = read_request(&mut stream, connection) {
                        let before = {
                            let mut all = received.lock().expect("not poisoned");
                            let before =
                                all.iter().filter(|other| other.is_auth() == request.is_auth()).count();
                            all.push(request.clone());
                            before
                        };
                        if !carry_out(answer(&request, before), &mut stream, &written) {
                            break;
                        }
                    }
                    let _ = stream.shutdown(Shutdown::Both);
                });
            }
        });
        vendor
    }

    /// An address where nothing listens: the discard service, which no machine has run for decades.
    pub fn nobody() -> Vendor {
        Vendor::at(SocketAddr::from(([127, 0, 0, 1], 9)))
    }

    /// Where something else listens, or nothing.
    pub fn at(address: SocketAddr) -> Vendor {
        Vendor { address, received: Arc::default(), connections: Arc::default(), written: Arc::default() }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("not poisoned").clone()
    }

    pub fn auths(&self) -> usize {
        self.received().iter().filter(|request| request.is_auth()).count()
    }

    pub fn unicasts(&self) -> Vec<Received> {
        self.received().into_iter().filter(|request| !request.is_auth()).collect()
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// How many bytes the network took of an endless answer.
    pub fn written(&self) -> usize {
        self.written.load(Ordering::SeqCst)
    }
}

/// A complete JSON answer.
pub fn json(body: &str) -> Vec<u8> {
    answer("200 OK", "application/json", body.as_bytes())
}

pub fn answer(status: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// `false` if the connection is to be closed.
fn carry_out(reply: Reply, stream: &mut TcpStream, written: &AtomicUsize) -> bool {
    match reply {
        Reply::Keep(bytes) => stream.write_all(&bytes).is_ok(),
        Reply::Close(bytes) => {
            let _ = stream.write_all(&bytes);
            false
        }
        Reply::Hang(bytes) => {
            let _ = stream.write_all(&bytes);
            while !client_is_gone(stream) {}
            false
        }
        Reply::Drip(bytes) => {
            for byte in bytes {
                if stream.write_all(&[byte]).is_err() || client_is_gone(stream) {
                    break;
                }
            }
            false
        }
        Reply::Endless(first, again) => {
            let _ = stream.write_all(&first);
            while let Ok(count) = stream.write(&again) {
                written.fetch_add(count, Ordering::SeqCst);
            }
            false
        }
    }
}

/// Looks for a moment whether the client has closed the connection.
fn client_is_gone(stream: &mut TcpStream) -> bool {
    stream.set_read_timeout(Some(Duration::from_millis(20))).expect("a timeout");
    let gone = match stream.read(&mut [0]) {
        Ok(count) => count == 0,
        Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
    };
    stream.set_read_timeout(None).expect("no timeout");
    gone
}

fn read_request(stream: &mut TcpStream, connection: usize) -> Option<Received> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    let mut more = |bytes: &mut Vec<u8>| match stream.read(&mut chunk) {
        Ok(0) | Err(_) => None,
        Ok(count) => {
            bytes.extend_from_slice(&chunk[..count]);
            Some(())
        }
    };
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        more(&mut bytes)?;
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).expect("a head of ASCII");
    let length: usize = head
        .lines()
        .find_map(|line| line.strip_prefix("Content-Length: "))
        // A CONNECT to a proxy has no body.
        .map_or(0, |length| length.parse().expect("a number"));
    while bytes.len() < head_end + 4 + length {
        more(&mut bytes)?;
    }
    // A picture is not text.
    let bytes = bytes.split_off(head_end + 4);
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Some(Received { head, body, bytes, connection })
}
