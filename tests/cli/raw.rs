//! One HTTP request by hand over a socket, and its answer: no client library, so that nothing is tested by itself.

use std::io::{Read, Write};
use std::net::TcpStream;

/// Status and body of the answer to a request with this body and content type.
pub fn ask(url: &str, method: &str, path: &str, content_type: &str, body: &str) -> (u16, String) {
    ask_bytes(url, method, path, content_type, body.as_bytes())
}

pub fn ask_bytes(url: &str, method: &str, path: &str, content_type: &str, body: &[u8]) -> (u16, String) {
    let address = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

pub fn get(url: &str, path: &str) -> (u16, String) {
    ask(url, "GET", path, "text/plain", "")
}

// Only tests with another program post forms by hand.
#[cfg_attr(not(feature = "external"), allow(dead_code))]
pub fn post_form(url: &str, path: &str, form: &str) -> (u16, String) {
    ask(url, "POST", path, "application/x-www-form-urlencoded", form)
}
