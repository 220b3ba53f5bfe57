//! Pictures: multipart bodies written by hand, and what becomes of an upload (OPPO reference, section 7).

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use super::harness::{APP_ID, Sandbox};
use super::{phones, wire};

pub const MULTIPART: &str = "Content-Type: multipart/form-data; boundary=a-boundary";

/// A body with parts written `name=value`; a value `@FORMAT:WIDTHxHEIGHT:BYTES` is such a picture.
pub fn multipart(parts: &[String]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let (name, value) = part.split_once('=').unwrap();
        let (file, bytes) = match value.strip_prefix('@') {
            Some(picture) => ("; filename=\"a/b.png\"\r\nContent-Type: multipart/form-data", made(picture)),
            None => ("", value.as_bytes().to_vec()),
        };
        body.extend(
            format!("--a-boundary\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--a-boundary--\r\n");
    body
}

/// As much of a picture as its size can be read from, filled up with zeros.
fn made(text: &str) -> Vec<u8> {
    let parts: Vec<&str> = text.split(':').collect();
    let (width, height) = parts[1].split_once('x').unwrap();
    let (width, height): (u32, u32) = (width.parse().unwrap(), height.parse().unwrap());
    let short = |number: u32| u16::try_from(number).unwrap();
    let mut bytes = match parts[0] {
        "png" => [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(),
            &width.to_be_bytes(),
            &height.to_be_bytes(),
            b"\x08\x06\0\0\0",
        ]
        .concat(),
        "jpeg" => [
            b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08".as_slice(),
            &short(height).to_be_bytes(),
            &short(width).to_be_bytes(),
            b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01",
        ]
        .concat(),
        _ => [b"GIF89a".as_slice(), &short(width).to_le_bytes(), &short(height).to_le_bytes(), b"\0\0\0"]
            .concat(),
    };
    if let Some(length) = parts.get(2) {
        bytes.resize(length.parse().unwrap(), 0);
    }
    bytes
}

/// OPPO's SDK sends no Content-Length.
#[test]
fn a_chunked_upload_is_taken_and_its_bytes_are_given_back() {
    let sandbox = Sandbox::new();
    let token = format!("auth_token={}", sandbox.token());
    let body = multipart(&["file=@png:876x324:5000".into(), token, "picture_ttl=60".into()]);
    let mut stream = TcpStream::connect(sandbox.addr).unwrap();
    let head = format!(
        "POST /server/v1/media/upload/big_picture HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
         {MULTIPART}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    for chunk in body.chunks(777) {
        stream.write_all(format!("{:x}\r\n", chunk.len()).as_bytes()).unwrap();
        stream.write_all(chunk).unwrap();
        stream.write_all(b"\r\n").unwrap();
    }
    stream.write_all(b"0\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = wire::parse(&answer).json();
    let id = answer["data"]["big_picture_id"].as_str().unwrap_or_else(|| panic!("{answer}"));
    let picture = sandbox.send("GET", &format!("/_sandbox/v1/pictures/{id}"), &[], b"");
    assert!(picture.head.to_ascii_lowercase().contains("content-type: image/png"), "{}", picture.head);
    assert_eq!((picture.status, picture.body), (200, made("png:876x324:5000")));
    assert_eq!(sandbox.send("GET", "/_sandbox/v1/pictures/none", &[], b"").status, 404);
    let call = sandbox.last_call();
    assert!(
        call.request.contains("bytes of multipart") && !call.request.contains("auth_token="),
        "{}",
        call.request
    );
}

#[test]
fn a_picture_is_the_app_s_own_and_lasts_as_long_as_its_ttl() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let parts = [format!("auth_token={token}"), "picture_ttl=60".into(), "file=@jpeg:144x144".into()];
    let headers = [MULTIPART.to_owned()];
    let path = "/server/v1/media/upload/small_picture";
    let answer = sandbox.send("POST", path, &headers, &multipart(&parts)).json();
    let id = answer["data"]["small_picture_id"].clone();
    let message = sandbox.message(json!({ "small_picture_id": id }));
    sandbox.move_clock(59_999);
    assert_eq!(sandbox.unicast(&token, &message).code(), 0);
    sandbox.move_clock(1);
    assert_eq!(sandbox.unicast(&token, &message).code(), 31);
    assert_eq!(phones::arrived(&sandbox.state, &sandbox.reg_id)[0].1["small_picture_id"], id);
    phones::add_picture(&sandbox.state, "30002", "theirs", "small");
    let theirs = sandbox.message(json!({ "small_picture_id": "theirs" }));
    assert_eq!(sandbox.unicast(&token, &theirs).code(), 31);
    phones::add_picture(&sandbox.state, APP_ID, "ours", "small");
    assert_eq!(sandbox.unicast(&token, &sandbox.message(json!({ "small_picture_id": "ours" }))).code(), 0);
}
