//! The sandbox's log of calls: the last ones, following it, and the lines that `sandbox run` prints.

use serde_json::{Value, json};

use super::following::Follower;
use super::harness::{Home, Sandbox};
use super::processes::{ended, until};
use super::raw::ask;
use super::schemas::assert_fits;

const CALL: &str = "POST /server/v1/auth  15  app_key: app_key is missing";

/// An auth call without anything in it.
fn call(url: &str) {
    let form = "application/x-www-form-urlencoded";
    assert!(ask(url, "POST", "/server/v1/auth", form, "").1.contains("\"code\":15"));
}

fn ids(home: &Home, more: &[&str]) -> Vec<i64> {
    let (code, calls) = home.json(&[&["sandbox", "calls"], more].concat());
    assert_eq!(code, 0, "{calls:#}");
    calls["items"].as_array().unwrap().iter().map(|call| call["id"].as_i64().unwrap()).collect()
}

#[test]
fn a_limit_means_the_last_ones_and_without_it_all_are_listed() {
    let home = Home::new();
    let sandbox = home.sandbox(&["--ephemeral"]);
    assert!(ids(&home, &["--limit", "3"]).is_empty());
    // More than one answer of the control API holds.
    (0..120).for_each(|_| call(&sandbox.url));
    assert_eq!(ids(&home, &[]), (1..=120).collect::<Vec<_>>());
    assert_eq!(ids(&home, &["--limit", "3"]), [118, 119, 120]);
    assert_eq!(ids(&home, &["--after", "118"]), [119, 120]);
    assert_eq!(ids(&home, &["--after", "118", "--limit", "1"]), [120]);
    assert_eq!(ids(&home, &["--after", "118", "--limit", "100"]), [119, 120]);
    let newest: Value = serde_json::from_str(&sandbox.get("/_sandbox/v1/calls?last=2")).unwrap();
    assert_eq!((&newest["items"][0]["id"], &newest["items"][1]["id"]), (&json!(119), &json!(120)));
    let shown = home.run(&["sandbox", "calls", "--limit", "1"]).expect(0).stdout;
    let words: Vec<&str> = shown.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!((words[0], &words[3..6]), ("120", &["POST", "/server/v1/auth", "15"][..]), "{shown}");
}

const EVENT: &[&str] = &["sandbox", "calls", "event"];

fn start(home: &Home, args: &[&str]) -> Follower {
    Follower::start(home, args, EVENT)
}

/// A line of what is printed: number, time, and the rest.
fn parts(follower: &mut Follower) -> (String, String) {
    let line = follower.line();
    let [id, time, rest] = line.splitn(3, "  ").collect::<Vec<_>>()[..] else { panic!("{line}") };
    assert!(time.len() == 19 && time.chars().filter(|c| *c == ':').count() == 2, "{line}");
    (id.to_owned(), rest.to_owned())
}

const FOLLOW: &[&str] = &["sandbox", "calls", "--follow"];

#[test]
fn following_prints_calls_as_they_come_until_ctrl_c() {
    let home = Home::new();
    let sandbox = home.sandbox(&["--ephemeral"]);
    (0..3).for_each(|_| call(&sandbox.url));
    let mut new = start(&home, FOLLOW);
    assert_eq!(new.note(), "profile sandbox (built in)");
    assert_eq!(new.note(), "Calls are printed as they come. Stop it with Ctrl-C.");
    let mut last = start(&home, &[FOLLOW, &["--limit", "2"]].concat());
    let mut after = start(&home, &[FOLLOW, &["--after", "0", "--json"]].concat());
    assert_eq!((parts(&mut last).0, parts(&mut last).0), ("2".into(), "3".into()));
    assert_eq!((1..=3).map(|_| after.event()["id"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    call(&sandbox.url);
    for running in [&mut new, &mut last] {
        assert_eq!(parts(running), ("4".into(), CALL.into()));
    }
    assert_eq!(after.event()["id"], 4);
    assert_eq!(new.interrupt(), (Some(0), String::new(), String::new()));
    let (code, stdout, _) = after.interrupt();
    let object: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, &object["calls"]), (Some(0), &json!(4)), "{object:#}");
    assert_fits(&["sandbox", "calls"].map(String::from), &object);
    // A sandbox that is gone is not followed any more.
    drop(sandbox);
    assert_eq!(ended(&mut last.child).code(), Some(6));
}

#[test]
fn what_other_commands_do_is_followed_where_no_sandbox_runs() {
    let home = Home::new();
    home.run(&["sandbox", "phone", "add", "--name", "p", "--alias", "alice"]).expect(0);
    let mut follower = start(&home, &[FOLLOW, &["--after", "0"]].concat());
    let push = ["send", "--profile", "sandbox", "--alias", "alice", "--title", "a", "--content", "b"];
    home.run(&push).expect(0);
    assert_eq!(parts(&mut follower).1, "30001  POST /server/v1/auth  0");
    let made = parts(&mut follower).1;
    assert!(
        made.starts_with("30001  POST /server/v1/message/notification/unicast  0  message 30001-1-1-"),
        "{made}"
    );
    assert_eq!(follower.interrupt().0, Some(0));
}

/// A sandbox whose output is seen.
fn serve(home: &Home, more: &[&str]) -> (Follower, String) {
    let ready = home.file("ready.json");
    let _ = std::fs::remove_file(&ready);
    let args = [&["sandbox", "run", "--ephemeral", "--ready-file", "ready.json"], more].concat();
    let running = start(home, &args);
    until("it answers", || ready.exists());
    let ready: Value = serde_json::from_str(&home.read("ready.json")).unwrap();
    (running, ready["url"].as_str().unwrap().to_owned())
}

#[test]
fn a_sandbox_prints_a_line_for_each_call() {
    let home = Home::new();
    let (mut text, url) = serve(&home, &[]);
    call(&url);
    assert_eq!(parts(&mut text), ("1".into(), CALL.into()));
    call(&url);
    // Also what came just before the end.
    let (code, stdout, _) = text.interrupt();
    assert!(code == Some(0) && stdout.trim_end().ends_with(CALL), "{code:?} {stdout}");
    let (mut json, url) = serve(&home, &["--json"]);
    call(&url);
    assert_eq!(json.event()["code"], 15);
    let (code, stdout, stderr) = json.interrupt();
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert_eq!(serde_json::from_str::<Value>(&stdout).unwrap()["url"], url);
    let (quiet, url) = serve(&home, &["--quiet"]);
    call(&url);
    assert_eq!(quiet.interrupt(), (Some(0), String::new(), String::new()));
}

#[test]
fn a_repeat_is_known_to_the_next_sandbox_too() {
    let home = Home::new();
    home.run(&["sandbox", "phone", "add", "--name", "p", "--alias", "alice"]).expect(0);
    let push = |home: &Home| {
        let (code, sent) = home.json(&[
            "send",
            "--profile",
            "sandbox",
            "--alias",
            "alice",
            "--title",
            "a",
            "--content",
            "b",
            "--set",
            "app_message_id=\"same\"",
        ]);
        assert_eq!(code, 0, "{sent:#}");
        sent["message_id"].as_str().unwrap().to_owned()
    };
    let first = push(&home);
    let sandbox: Sandbox = home.sandbox(&[]);
    assert_eq!(push(&home), first);
    drop(sandbox);
    assert_eq!(push(&home), first);
}
