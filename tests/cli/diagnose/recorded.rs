//! A way to the sandbox that keeps what was asked over it: bytes are handed on as they come, both ways.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A listener in front of another server.
pub struct Recorded {
    address: SocketAddr,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Recorded {
    pub fn before(url: &str) -> Recorded {
        let server = url.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let recorded = Recorded { address: listener.local_addr().unwrap(), bytes: Arc::default() };
        let bytes = recorded.bytes.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (client, server) = (stream.unwrap(), TcpStream::connect(&server).unwrap());
                let (from_client, to_client) = (client.try_clone().unwrap(), client);
                let (from_server, to_server) = (server.try_clone().unwrap(), server);
                let bytes = bytes.clone();
                std::thread::spawn(move || {
                    pass_on(from_client, to_server, |part| bytes.lock().unwrap().extend_from_slice(part));
                });
                std::thread::spawn(move || pass_on(from_server, to_client, |_| ()));
            }
        });
        recorded
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `POST /server/v1/auth` for each request, without its query.
    pub fn asked(&self) -> Vec<String> {
        let bytes = self.bytes.lock().unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let heads: Vec<&str> = text.split(" HTTP/1.1\r\n").collect();
        let (_, heads) = heads.split_last().unwrap();
        heads.iter().map(|head| request_line(head)).collect()
    }
}

/// The last two words before the version; a body without an end of line may stand directly before the method.
fn request_line(head: &str) -> String {
    let (before, target) = head.rsplit_once(' ').unwrap();
    let methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"];
    let method = methods.iter().find(|method| before.ends_with(**method));
    format!("{} {}", method.unwrap_or(&"?"), target.split('?').next().unwrap())
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, see: impl Fn(&[u8])) {
    let mut part = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut part) {
        see(&part[..length]);
        if to.write_all(&part[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}
