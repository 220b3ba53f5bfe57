//! `opush history list --follow`: pushes, their ends and their receipts as other processes record them.

use std::io::BufReader;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::following::Follower;
use super::harness::Home;
use super::history_filters::{insert, receipt, state};
use super::processes::ended;
use super::schemas::assert_fits;
use super::send::{demo, send, willing};

fn start(home: &Home, more: &[&str]) -> Follower {
    let args = [&["history", "list", "--follow"], more].concat();
    Follower::start(home, &args, &["history", "list", "event"])
}

/// One that follows already: it has said so.
fn ready(home: &Home, more: &[&str]) -> Follower {
    let mut follower = start(home, more);
    assert_eq!(follower.note(), "Pushes are printed as they happen. Stop it with Ctrl-C.");
    follower
}

/// Exit code and what is left on stdout after Ctrl-C.
fn interrupt(follower: Follower) -> (Option<i32>, String) {
    let (code, stdout, _) = follower.interrupt();
    (code, stdout)
}

fn end(state: &Connection, id: i64) {
    let sql = "UPDATE delivery SET status = 'refused', code = 67, completed_at = begun_at WHERE id = ?1";
    assert_eq!(state.execute(sql, [id]).unwrap(), 1);
}

#[test]
fn a_push_is_printed_when_it_is_begun_when_it_ends_and_when_its_receipt_comes() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let state = state(&home);
    insert(&state, (1, "demo", Some("past"), "r1", 7005, "accepted", None, 0));
    insert(&state, (2, "demo", Some("open"), "r1", 7005, "pending", None, 0));
    let mut follower = ready(&home, &[]);
    insert(&state, (3, "demo", Some("alice\u{1b}"), "r1", 7005, "pending", None, 1));
    assert_eq!(follower.line(), "2026-01-31 10:01:00  3  demo (cn) 7005  alice\\u{1b}  pending");
    end(&state, 3);
    assert_eq!(follower.line(), "2026-01-31 10:01:00  3  demo (cn) 7005  alice\\u{1b}  refused 67");
    // One that was under way before ends too.
    end(&state, 2);
    assert_eq!(follower.line(), "2026-01-31 10:00:00  2  demo (cn) 7005  open  refused 67");
    receipt(&state, Some(1), "m1", "push_arrive", 2);
    assert_eq!(
        follower.line(),
        "2026-01-31 10:02:00  1  demo (cn)  past  receipt push_arrive  m1".replace(" (cn)", "")
    );
    receipt(&state, None, "m9", "regid_invalid", 3);
    assert_eq!(follower.line(), "2026-01-31 10:03:00  -  no push of ours  r1  receipt regid_invalid  m9");
    // A real send of another process.
    home.run(&send(&[])).expect(0);
    let mut line = follower.line();
    if line.ends_with("pending") {
        line = follower.line();
    }
    assert!(
        line.contains("  4  demo (cn) 7005  CN_0123456789abcdef0123456789abcdef  accepted  30001-1-1-"),
        "{line}"
    );
    assert_eq!(interrupt(follower), (Some(0), String::new()));
}

#[test]
fn conditions_apply_to_new_pushes_and_a_receipt_follows_its_push() {
    let home = demo("http://127.0.0.1:9");
    let state = state(&home);
    let mut follower = ready(&home, &["--user", "alice", "--status", "refused"]);
    insert(&state, (1, "demo", Some("bob"), "r1", 7005, "refused", Some(67), 0));
    insert(&state, (2, "demo", Some("alice"), "r1", 7005, "accepted", None, 0));
    insert(&state, (3, "demo", Some("alice"), "r1", 7005, "pending", None, 0));
    insert(&state, (4, "demo", Some("alice"), "r1", 7005, "refused", Some(13), 0));
    assert!(follower.line().contains("  4  "), "the first that fits");
    // It comes before the answer, so its push is not known yet.
    receipt(&state, None, "m3", "push_arrive", 1);
    receipt(&state, Some(2), "m2", "push_arrive", 1);
    receipt(&state, Some(4), "m4", "push_arrive", 1);
    assert!(follower.line().ends_with("receipt push_arrive  m4"), "by then it has seen m3 as well");
    // As a send does it: the end of the push and the match of its receipt are one transaction.
    state.execute_batch("BEGIN; UPDATE receipt SET delivery_id = 3 WHERE message_id = 'm3'").unwrap();
    end(&state, 3);
    state.execute_batch("COMMIT").unwrap();
    assert!(follower.line().contains("  3  demo (cn) 7005  alice  refused 67"));
    assert!(follower.line().ends_with("receipt push_arrive  m3"));
    assert_eq!(interrupt(follower), (Some(0), String::new()));
}

/// A receipt may come before the answer to its push, or be matched with it while the push is still under way.
#[test]
fn no_receipt_is_printed_before_the_end_of_its_own_push() {
    let home = demo("http://127.0.0.1:9");
    let state = state(&home);
    let mut follower = ready(&home, &[]);
    insert(&state, (1, "demo", Some("alice"), "r1", 7005, "pending", None, 0));
    assert!(follower.line().ends_with("alice  pending"));
    receipt(&state, None, "m1", "push_arrive", 1);
    receipt(&state, Some(1), "m2", "push_arrive", 1);
    // Another push is begun and ends, so that the follower has looked at both receipts.
    insert(&state, (2, "demo", Some("bob"), "r1", 7005, "accepted", None, 1));
    assert!(follower.line().contains("  bob  accepted"));
    state.execute_batch("BEGIN; UPDATE receipt SET delivery_id = 1 WHERE message_id = 'm1'").unwrap();
    end(&state, 1);
    state.execute_batch("COMMIT").unwrap();
    assert!(follower.line().ends_with("alice  refused 67"));
    let both = [follower.line(), follower.line()];
    assert!(
        both[0].ends_with("receipt push_arrive  m1") && both[1].ends_with("receipt push_arrive  m2"),
        "{both:?}"
    );
    // One that no push of its time explains is printed when they have all ended.
    insert(&state, (3, "demo", Some("carol"), "r1", 7005, "pending", None, 2));
    assert!(follower.line().ends_with("carol  pending"));
    receipt(&state, None, "m9", "push_arrive", 2);
    end(&state, 3);
    assert!(follower.line().ends_with("carol  refused 67"));
    assert!(follower.line().ends_with("receipt push_arrive  m9"));
    assert_eq!(interrupt(follower), (Some(0), String::new()));
}

#[test]
fn with_json_each_event_is_a_line_on_stderr_and_the_end_is_one_object() {
    let home = demo("http://127.0.0.1:9");
    let state = state(&home);
    for id in 1..=3 {
        insert(&state, (id, "demo", Some("alice"), "r1", 7005, "accepted", None, id));
    }
    // The newest two of the past come first, the older before the newer.
    let mut follower = start(&home, &["--json", "--limit", "2"]);
    let past = [follower.event(), follower.event()];
    assert_eq!(past.map(|event| event["delivery"]["id"].clone()), [json!(2), json!(3)]);
    insert(&state, (4, "demo", Some("alice"), "r1", 7005, "pending", None, 4));
    let event = follower.event();
    assert_eq!((&event["event"], &event["delivery"]["status"]), (&json!("begun"), &json!("pending")));
    end(&state, 4);
    let event = follower.event();
    assert_eq!((&event["event"], &event["delivery"]["code"]), (&json!("ended"), &json!(67)));
    receipt(&state, Some(4), "m4", "user_daily_limit", 5);
    let event = follower.event();
    assert_eq!((&event["event"], &event["receipt"]["kind"]), (&json!("receipt"), &json!("user_daily_limit")));
    assert_eq!((&event["receipt"]["delivery_id"], &event["receipt"]["user"]), (&json!(4), &json!("alice")));
    let (code, rest) = interrupt(follower);
    let whole: Value = serde_json::from_str(&rest).unwrap();
    assert_fits(&["history", "list"].map(String::from), &whole);
    assert_eq!((code, whole), (Some(0), json!({ "begun": 1, "ended": 3, "receipts": 1, "error": null })));
}

#[test]
fn since_prints_the_past_from_that_time_on() {
    let home = demo("http://127.0.0.1:9");
    let state = state(&home);
    for id in 1..=3 {
        insert(&state, (id, "demo", Some("alice"), "r1", 7005, "accepted", None, id));
    }
    let mut follower = start(&home, &["--since", "2026-01-31T10:02:00Z"]);
    assert!(follower.line().contains("  2  ") && follower.line().contains("  3  "));
}

#[test]
fn the_follower_ends_when_its_output_is_closed() {
    let home = demo("http://127.0.0.1:9");
    let state = state(&home);
    let mut follower = ready(&home, &[]);
    let Follower { stdout, .. } = &mut follower;
    let (reader, _) = std::io::pipe().unwrap();
    // Drops the reading end.
    *stdout = BufReader::new(std::process::ChildStdout::from(std::os::fd::OwnedFd::from(reader)));
    insert(&state, (1, "demo", Some("alice"), "r1", 7005, "accepted", None, 1));
    assert_eq!(ended(&mut follower.child).code(), Some(0));
}
