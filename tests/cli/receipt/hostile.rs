//! Callbacks by strangers: much, slow, deep, forged, from many connections at once. Memory stays bounded, the right status
//! comes back, and the receipts between them are stored all the same.
//! What each kind of body is answered is in the file above.

use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use super::super::harness::Home;
use super::listener::{Listener, item, listen, read_answer};
use super::{REG_ID, push};

const MIB: u64 = 1024;

const THREADS: usize = 6;

/// Bodies and the status each is to get; every one as bad for memory as its kind can be.
fn attacks() -> Vec<(&'static str, Vec<u8>, u16)> {
    let many_ids: String = (0..9_999).map(|n| format!("{n},")).collect();
    let wide = format!("[{}]", vec!["{}"; 80_000].join(","));
    let mut pieces = String::from("{");
    for n in 0..20_000 {
        pieces.push_str(&format!("\"{n}\":[],"));
    }
    pieces.push_str("\"x\":1}");
    vec![
        (
            "many regIds of one item",
            item("m-many", &many_ids, "push_arrive", json!({})).to_string().into(),
            200,
        ),
        (
            "too many regIds",
            item("m-more", &format!("{many_ids}x,y"), "e", json!({})).to_string().into(),
            400,
        ),
        ("many items", wide.into_bytes(), 400),
        ("many fields", pieces.into_bytes(), 400),
        ("deep", b"[".repeat(250_000), 400),
        ("deep objects", b"{\"a\":".repeat(50_000), 400),
        ("no UTF-8", [b"[\"".to_vec(), vec![0xff; 200_000]].concat(), 400),
        ("a forged message", item("m1", "CN_forged", "push_arrive", json!({})).to_string().into(), 200),
        ("a long field", item(&"m".repeat(100_000), "r1", "push_arrive", json!({})).to_string().into(), 400),
    ]
}

#[test]
fn memory_stays_bounded_and_nothing_is_lost_between_hostile_callbacks() {
    let home = Home::new();
    push(&home, "m1", None);
    let listener = listen(&home, &["--quiet"]);
    let (attacks, stored) = (attacks(), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (listener, attacks, stored) = (&listener, &attacks, &stored);
            scope.spawn(move || {
                for turn in 0..attacks.len() {
                    let (name, body, status) = &attacks[(turn + thread) % attacks.len()];
                    let answered = listener.send("POST /receipts HTTP/1.1", "text/html", body).0;
                    assert_eq!(answered, *status, "{name}");
                    let good = item(&format!("good-{thread}-{turn}"), REG_ID, "push_arrive", json!({}));
                    assert_eq!(listener.post(&good).0, 200);
                    stored.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for _ in 0..8 {
            scope.spawn(|| ten_megabytes(&listener));
        }
    });
    let peak = listener.peak_memory();
    assert!((MIB..100 * MIB).contains(&peak), "{peak} KiB");
    drop(listener);
    let (_, list) = home.json(&["receipt", "list", "--reg-id", REG_ID]);
    assert_eq!(list["items"].as_array().unwrap().len(), stored.into_inner());
    let (_, forged) = home.json(&["receipt", "list", "--message-id", "m1"]);
    let items = forged["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["history_id"], &items[0]["seen"]), (1, &json!(null), &json!(THREADS)));
}

/// A body of 10 MB, with and without a length said before.
fn ten_megabytes(listener: &Listener) {
    let mut stream = TcpStream::connect(&listener.address).unwrap();
    let head = "POST /receipts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    stream.write_all(format!("{head}Content-Length: 10000000\r\n\r\n").as_bytes()).unwrap();
    let _ = stream.write_all(&vec![b'['; 10_000_000]);
    assert_eq!(read_answer(&mut stream).0, 413);
    let mut stream = TcpStream::connect(&listener.address).unwrap();
    stream.write_all(format!("{head}Transfer-Encoding: chunked\r\n\r\n").as_bytes()).unwrap();
    let chunk = [b"10000\r\n".to_vec(), vec![b' '; 0x10000], b"\r\n".to_vec()].concat();
    // The listener reads on for a while, and may have gone before the last one.
    let _ = (0..150).try_for_each(|_| stream.write_all(&chunk));
    let status = read_answer(&mut stream).0;
    assert!([413, 0].contains(&status), "{status}");
}

#[test]
fn slow_senders_are_cut_off_and_others_are_answered_meanwhile() {
    let home = Home::new();
    let listener = listen(&home, &["--quiet"]);
    let slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = TcpStream::connect(&listener.address).unwrap();
            let head =
                "POST /receipts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 100\r\n\r\n[";
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    assert_eq!(listener.post(&item("m1", "r1", "push_arrive", json!({}))).0, 200);
    for mut stream in slow {
        assert_eq!(read_answer(&mut stream).0, 408);
    }
}
