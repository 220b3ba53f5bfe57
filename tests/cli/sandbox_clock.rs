//! `opush sandbox clock`, `sandbox run --clock` and `--seed`: words, JSON, and what is kept.

use std::process::Stdio;

use serde_json::{Value, json};

use super::harness::Home;
use super::masks::plain;
use super::processes::{ready_file, signal};

const DAY: i64 = 86_400_000;

fn clock(home: &Home, args: &[&str]) -> Value {
    let (code, clock) = home.json(&[&["sandbox", "clock"], args].concat());
    assert_eq!(code, 0, "{clock:#}");
    clock
}

#[test]
fn it_is_moved_and_put_back_with_no_sandbox_running() {
    let home = Home::new();
    assert_eq!(clock(&home, &["show"])["ahead_ms"], 0);
    assert_eq!(clock(&home, &["advance", "2d"])["ahead_ms"], 2 * DAY);
    assert_eq!(clock(&home, &["advance", "1h"])["ahead_ms"], 2 * DAY + 3_600_000);
    let set = clock(&home, &["set", "2026-01-01T08:00:00+08:00"]);
    assert!(set["now"].as_str().unwrap().starts_with("2026-01-01T00:00:00"), "{set}");
    assert!(clock(&home, &["show"])["now"].as_str().unwrap().starts_with("2026-01-01T00:0"));
    assert_eq!(clock(&home, &["follow"])["ahead_ms"], 0);
    clock(&home, &["advance", "2d"]);
    home.run(&["sandbox", "reset"]).expect(0);
    assert_eq!(clock(&home, &["show"])["ahead_ms"], 0);
}

#[test]
fn it_is_said_in_words() {
    let home = Home::new();
    clock(&home, &["advance", "2d"]);
    let text = plain(&home, &home.run(&["sandbox", "clock", "show"]));
    assert!(text.contains("The sandbox's clock is <n>d ahead of the machine's: <time>"), "{text}");
    assert!(text.contains("opush sandbox clock follow"), "{text}");
    let text = plain(&home, &home.run(&["sandbox", "clock", "follow"]));
    assert!(text.contains("The sandbox's clock is the machine's: <time>"), "{text}");
}

#[test]
fn ten_minutes_and_seven_days_pass_for_a_running_sandbox() {
    let home = Home::new();
    let sandbox = home.sandbox(&["--clock", "2026-01-01T00:00:00Z"]);
    home.run(&["sandbox", "phone", "login", "demo", "--user", "alice"]).expect(0);
    home.run(&["sandbox", "phone", "kill", "demo"]).expect(0);
    clock(&home, &["advance", "8d"]);
    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo"]);
    assert_eq!(phone["session"]["state"], "expired");
    assert_eq!(phone["session"]["since"].as_str().unwrap().get(..10), Some("2026-01-08"));
    // The sender's timestamp goes by the machine's clock.
    let reg_id = phone["reg_id"].as_str().unwrap();
    home.run(&["send", "--profile", "sandbox", "--reg-id", reg_id, "--title", "a", "--content", "b"])
        .expect(0);
    let calls: Value = serde_json::from_str(&sandbox.get("/_sandbox/v1/calls")).unwrap();
    let at = calls["items"].as_array().unwrap().iter().map(|call| call["at_ms"].as_i64().unwrap());
    assert!(at.clone().count() > 0 && at.clone().all(|at| at < 1_768_000_000_000), "{calls}");
    home.run(&["sandbox", "reset"]).expect(0);
    assert!(clock(&home, &["show"])["now"].as_str().unwrap().starts_with("2026-01-01T00:0"));
}

#[test]
fn a_sandbox_that_starts_with_a_moved_clock_says_so() {
    let home = Home::new();
    clock(&home, &["advance", "2d"]);
    let args = ["sandbox", "run", "--listen", "127.0.0.1:0", "--ready-file", "ready.json"];
    let mut child = home.command(&args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    ready_file(&mut child, &home.file("ready.json"));
    signal(&child, "TERM");
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("The sandbox's clock is at 2"), "{said}");
    assert_eq!(clock(&home, &["show"])["ahead_ms"], 2 * DAY, "a restart leaves it where it is");
}

#[test]
fn a_seed_gives_the_same_phones_in_every_new_state() {
    let reg_ids = |seed: &str| {
        let home = Home::new();
        let _sandbox = home.sandbox(&["--ephemeral", "--seed", seed]);
        home.run(&["sandbox", "phone", "add", "--name", "p"]).expect(0);
        let ids = || {
            let (_, list) = home.json(&["sandbox", "phone", "list"]);
            let items = list["items"].as_array().unwrap().iter();
            items.map(|item| item["reg_id"].clone()).collect::<Vec<Value>>()
        };
        let first = ids();
        home.run(&["sandbox", "reset"]).expect(0);
        home.run(&["sandbox", "phone", "add", "--name", "p"]).expect(0);
        assert_eq!(ids(), first, "after a reset as well");
        first
    };
    let seven = reg_ids("7");
    assert_eq!(seven.len(), 2);
    assert_eq!(reg_ids("7"), seven);
    assert_ne!(reg_ids("8")[0], seven[0]);
    assert_ne!(seven[0], json!(null));
}
