//! The listener killed under load from several connections: every receipt that was answered 200 is in the database.
//! Other commands that are killed stand in the module `kills`.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;

use opush::store::receipts::{ReceiptFilter, list};
use serde_json::json;

use super::super::harness::Home;
use super::super::processes::{all, until};
use super::listener::{item, listen};
use super::store;

fn rounds() -> usize {
    if all() { 30 } else { 4 }
}

const CONNECTIONS: usize = 8;

/// Posts on one connection that stays open, until it breaks.
fn load(address: &str, name: &str, answered: &Mutex<BTreeSet<String>>) {
    let Ok(mut stream) = TcpStream::connect(address) else { return };
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    for number in 0.. {
        let ids = [0, 1, 2].map(|part| format!("{name}-{number}-{part}"));
        let body = json!([
            item(&ids[0], "r1", "push_arrive", json!({})),
            item(&ids[1], "r1", "push_arrive", json!({})),
            item(&ids[2], "r1", "regid_invalid", json!({})),
        ])
        .to_string();
        let length = body.len();
        let request =
            format!("POST /receipts HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}");
        if stream.write_all(request.as_bytes()).is_err() || answer(&mut answers) != Some(200) {
            return;
        }
        answered.lock().unwrap().extend(ids);
    }
}

/// The status of the next answer, once it is there as a whole.
fn answer(stream: &mut BufReader<TcpStream>) -> Option<u16> {
    let (mut status, mut length) = (None, 0);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if status.is_none() {
            status = line.split(' ').nth(1)?.parse().ok();
        } else if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    status
}

#[test]
fn every_receipt_that_was_answered_200_is_there_after_a_kill() {
    let home = Home::new();
    let answered = Mutex::new(BTreeSet::new());
    for round in 0..rounds() {
        let mut listener = listen(&home, &["--quiet"]);
        let before = answered.lock().unwrap().len();
        std::thread::scope(|scope| {
            for connection in 0..CONNECTIONS {
                let (address, answered) = (listener.address.clone(), &answered);
                scope.spawn(move || load(&address, &format!("m-{round}-{connection}"), answered));
            }
            until("receipts are answered", || answered.lock().unwrap().len() > before + 150 + 37 * round);
            listener.child.kill().unwrap();
        });
        listener.child.wait().unwrap();
        let kept = list(&store(&home), &ReceiptFilter::default()).unwrap();
        let kept: BTreeSet<String> = kept.into_iter().map(|kept| kept.receipt.message_id).collect();
        let answered = answered.lock().unwrap();
        let lost: Vec<&String> = answered.difference(&kept).collect();
        assert!(lost.is_empty(), "round {round}: {} of {} are lost: {lost:?}", lost.len(), answered.len());
    }
    let path = home.state_home().join("state.db");
    let connection = rusqlite::Connection::open(path).unwrap();
    let verdict: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
}
