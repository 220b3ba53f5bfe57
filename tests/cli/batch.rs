//! `opush batch`: files of every form, a run and its journal, kills, faults, a wish to stop; the sandbox counts each regId.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use super::harness::{Home, Sandbox};
use super::processes::{all, ended, signal, until};

const TEXTS: [&str; 4] = ["--title", "We are back", "--content", "Messages are there now"];

fn home() -> Home {
    Home::new().variable("OPUSH_PROFILE", "sandbox")
}

fn reg_id(number: usize) -> String {
    format!("CN_{number:032x}")
}

/// A file with so many regIds.
fn rows(home: &Home, count: usize) {
    let mut text = "reg_id,name\n".to_owned();
    (1..=count).for_each(|number| writeln!(text, "{},n{number}", reg_id(number)).unwrap());
    home.write("rows.csv", text);
}

fn run<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["batch", "run", "rows.csv"], more, &TEXTS].concat()
}

/// How often each regId got a push, by the sandbox's own file.
fn pushed(home: &Home) -> BTreeMap<String, i64> {
    let connection = rusqlite::Connection::open(home.state_home().join("sandbox.db")).unwrap();
    let mut rows = connection.prepare("SELECT reg_id, count(*) FROM delivery GROUP BY reg_id").unwrap();
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

#[track_caller]
fn each_once(home: &Home, count: usize) {
    let pushed = pushed(home);
    let twice: Vec<_> = pushed.iter().filter(|(_, times)| **times != 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert_eq!(pushed.len(), count);
}

fn count(view: &Value, key: &str) -> u64 {
    view[key].as_u64().unwrap_or_else(|| panic!("{key}: {view:#}"))
}

#[test]
fn a_file_is_pushed_and_reported_row_by_row() {
    let home = home();
    let _sandbox = home.sandbox(&["--accept-any"]);
    rows(&home, 2_500);
    let (code, view) = home.json(&run(&[]));
    assert_eq!((code, count(&view, "accepted"), count(&view, "calls")), (0, 2_500, 3), "{view:#}");
    assert_eq!(view["state"], "done");
    each_once(&home, 2_500);
    let (_, list) = home.json(&["batch", "list"]);
    assert_eq!((&list["items"][0]["run"], &list["items"][0]["accepted"]), (&view["run"], &view["accepted"]));
    let number = view["run"].to_string();
    let (code, status) = home.json(&["batch", "status", &number]);
    assert_eq!((code, count(&status, "accepted"), count(&status, "left")), (0, 2_500, 0));
    let report = home.run(&["batch", "report", &number]).expect(0).stdout;
    assert_eq!(report.lines().count(), 2_501);
    assert!(report.lines().nth(1).unwrap().starts_with(&format!("2,{},,,,accepted,", reg_id(1))), "{report}");
    let (_, again) = home.json(&["batch", "resume", &number]);
    assert_eq!(count(&again, "accepted"), 2_500);
    each_once(&home, 2_500);
}

#[test]
fn a_spreadsheet_of_chinese_windows_fills_templates() {
    let home = home();
    let _sandbox = home.sandbox(&["--accept-any"]);
    let text = format!("手机;姓名;标题\r\n{};\"王; 小明\";\r\n{};李雷;自己的\r\n", reg_id(1), reg_id(2));
    let (gbk, _, _) = encoding_rs::GB18030.encode(&text);
    home.write("名单.csv", &gbk);
    let args =
        ["batch", "run", "名单.csv", "--map", "手机=reg_id", "--title", "{{姓名}}, hi", "--content", "c"];
    let (code, dry) = home.json(&[&args[..], &["--dry-run"]].concat());
    assert_eq!((code, &dry["dry_run"], &dry["run"]), (0, &Value::Bool(true), &Value::Null), "{dry:#}");
    let form = dry["requests"][0]["form"].to_string();
    assert!(form.contains("王; 小明, hi") && form.contains("自己的") && !form.contains("李雷, hi"), "{form}");
    assert_eq!(home.json(&["batch", "list"]).1["items"].as_array().unwrap().len(), 0);
    assert_eq!(home.json(&args).0, 0);
    each_once(&home, 2);
}

#[test]
fn equal_rows_are_sent_once_and_another_content_is_refused_unless_allowed() {
    let home = home();
    let _sandbox = home.sandbox(&["--accept-any"]);
    let (a, b) = (reg_id(1), reg_id(2));
    home.write("rows.csv", format!("reg_id,title\n{a},x\n{b},x\n{a},x\n{a},y\n"));
    let args = ["batch", "run", "rows.csv", "--content", "c"];
    let (code, refused) = home.json(&args);
    assert_eq!((code, refused["error"]["kind"].as_str()), (4, Some("bad-row")));
    assert_eq!(refused["error"]["problems"][1]["place"], "rows.csv:5:1", "{refused:#}");
    assert!(pushed(&home).is_empty());
    let (code, view) = home.json(&[&args[..], &["--allow-repeats"]].concat());
    assert_eq!((code, count(&view, "repeats"), count(&view, "accepted")), (0, 1, 3), "{view:#}");
    assert_eq!(pushed(&home), BTreeMap::from([(a, 2), (b, 1)]));
}

#[test]
fn users_go_through_the_rule_and_what_it_holds_back_is_counted() {
    let home = home();
    let _sandbox = home.sandbox(&["--accept-any"]);
    for (number, user) in ["alice", "bob"].iter().enumerate() {
        home.run(&["token", "report", "--user", user, "--reg-id", &reg_id(number + 1)]).expect(0);
    }
    home.run(&["presence", "set", "--user", "bob", "online"]).expect(0);
    home.write("rows.jsonl", "{\"user\": \"alice\"}\n{\"user\": \"bob\"}\n{\"user\": \"nobody\"}\n");
    let args = [&["batch", "run", "rows.jsonl", "--json"], &TEXTS[..]].concat();
    let ran = home.run(&args);
    let view = ran.json();
    assert_eq!((ran.code, count(&view, "accepted")), (0, 1), "{view:#}");
    assert_eq!(view["held_back"], serde_json::json!({"no-report": 1, "online": 1}));
    each_once(&home, 1);
}

#[test]
fn rows_that_oppo_refuses_are_named_by_code() {
    let home = home();
    let _sandbox = home.sandbox(&[]);
    rows(&home, 3);
    let (code, view) = home.json(&run(&[]));
    assert_eq!((code, count(&view, "refused")), (5, 3), "{view:#}");
    assert_eq!(view["refused_by_code"], serde_json::json!({"10000": 3}));
    assert_eq!(view["error"]["code"], 10000);
}

#[test]
fn the_quota_stops_the_run_and_resume_goes_on() {
    let home = home();
    let _sandbox = home.sandbox(&["--accept-any"]);
    rows(&home, 3_000);
    home.run(&["sandbox", "fault", "set", "code=33", "--call", "unicast_batch", "--count", "1"]).expect(0);
    let (code, view) = home.json(&run(&["--connections", "1"]));
    assert_eq!((code, count(&view, "left"), view["state"].as_str()), (5, 3_000, Some("stopped")), "{view:#}");
    let number = view["run"].to_string();
    let (code, view) = home.json(&["batch", "resume", &number]);
    assert_eq!((code, count(&view, "accepted")), (0, 3_000), "{view:#}");
    each_once(&home, 3_000);
}

#[test]
fn throttling_is_waited_for_and_lost_answers_are_asked_for_again() {
    let home = home();
    let _sandbox = home.sandbox(&["--accept-any"]);
    rows(&home, 3_000);
    for fault in ["code=-2", "code=13", "drop", "garbage", "status=502", "reset", "code=11"] {
        home.run(&["sandbox", "fault", "set", fault, "--call", "unicast_batch", "--count", "1"]).expect(0);
    }
    let (code, view) = home.json(&run(&["--connections", "2"]));
    assert_eq!((code, count(&view, "accepted")), (0, 3_000), "{view:#}");
    each_once(&home, 3_000);
}

#[test]
fn unknown_rows_are_left_to_the_person_once_repeats_are_not_trusted() {
    let home = Home::with_config(
        "[profile.box]\nregion = \"sandbox\"\npackage = \"com.example.box\"\nrepeat_window = \"0s\"\n\
         [[profile.box.certificate]]\nid = 12\napp_id = \"40001\"\napp_key = \"box-key\"\n\
         master_secret = \"box-secret\"\nchannel_id = \"chat\"\n",
    );
    let _sandbox = home.sandbox(&["--accept-any"]);
    rows(&home, 1_500);
    home.run(&["sandbox", "fault", "set", "drop", "--call", "unicast_batch", "--count", "1"]).expect(0);
    let (code, view) = home.json(&run(&["--connections", "1"]));
    assert_eq!((code, count(&view, "unknown"), count(&view, "accepted")), (7, 1_000, 500), "{view:#}");
    let number = view["run"].to_string();
    let (code, view) = home.json(&["batch", "resume", &number]);
    assert_eq!((code, count(&view, "unknown")), (7, 1_000), "{view:#}");
    let (code, view) = home.json(&["batch", "resume", &number, "--retry-unknown"]);
    assert_eq!((code, count(&view, "accepted")), (0, 1_500), "{view:#}");
    each_once(&home, 1_500);
}

#[test]
fn a_run_that_is_interrupted_says_how_to_go_on() {
    let home = home();
    let _sandbox = home.sandbox(&["--accept-any"]);
    rows(&home, 5_000);
    let mut child = home
        .command(&run(&["--rate", "1000", "--connections", "1", "--json"]))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    until("rows are pushed", || settled(&home) > 0);
    signal(&child, "INT");
    assert_eq!(ended(&mut child).code(), Some(130));
    let (_, list) = home.json(&["batch", "list"]);
    let run = &list["items"][0];
    assert_eq!(run["state"], "stopped");
    assert!(count(run, "left") > 0 && count(run, "unknown") == 0, "{run:#}");
    let (code, view) = home.json(&["batch", "resume", &run["run"].to_string()]);
    assert_eq!((code, count(&view, "accepted")), (0, 5_000), "{view:#}");
    each_once(&home, 5_000);
}

#[test]
fn a_cancelled_run_is_not_resumed_and_another_app_is_refused() {
    let home = home();
    let _sandbox = home.sandbox(&["--accept-any"]);
    rows(&home, 2);
    home.run(&["sandbox", "fault", "set", "code=33", "--call", "unicast_batch", "--count", "1"]).expect(0);
    let number = home.json(&run(&[])).1["run"].to_string();
    let (code, view) = home.json(&["batch", "cancel", &number]);
    assert_eq!((code, view["state"].as_str()), (0, Some("cancelled")));
    assert_eq!(home.json(&["batch", "resume", &number]).0, 3);
    assert_eq!(home.json(&["batch", "status", "99"]).0, 4);
    assert!(pushed(&home).is_empty());
}

/// So many rows have their result in the journal.
fn settled(home: &Home) -> u64 {
    let Ok(connection) = rusqlite::Connection::open(home.state_home().join("state.db")) else { return 0 };
    let sql = "SELECT coalesce(sum(accepted), 0) FROM batch_call";
    connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_or(0, |rows| rows as u64)
}

/// Starts a run, kills it at moments that move along with the work, resumes it each time, and counts.
fn kills(rows: usize, kills: u64, faults: &[&str]) {
    let home = home();
    let sandbox: Sandbox = home.sandbox(&["--accept-any"]);
    self::rows(&home, rows);
    for fault in faults {
        home.run(&["sandbox", "fault", "set", fault, "--call", "unicast_batch", "--share", "5"]).expect(0);
    }
    let mut args: Vec<String> = run(&["--rate", "20000"]).into_iter().map(str::to_owned).collect();
    for kill in 1..=kills {
        let mut child = home
            .command(&args)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let wanted = rows as u64 * kill / (kills + 1);
        until("the run is as far as the kill", || {
            settled(&home) >= wanted || child.try_wait().unwrap().is_some()
        });
        // At any instant of a call.
        std::thread::sleep(Duration::from_millis(kill * 7 % 40));
        let _ = child.kill();
        let _ = child.wait();
        args = ["batch", "resume", "1", "--rate", "20000"].map(str::to_owned).to_vec();
    }
    for _ in 0..10 {
        let (code, view) = home.json(&["batch", "resume", "1"]);
        if code == 0 {
            assert_eq!(count(&view, "accepted"), rows as u64, "{view:#}");
            break;
        }
    }
    drop(sandbox);
    each_once(&home, rows);
}

#[test]
fn a_run_killed_again_and_again_notifies_each_once() {
    kills(if all() { 100_000 } else { 6_000 }, if all() { 20 } else { 3 }, &[]);
}

#[test]
fn so_does_one_amid_faults() {
    if all() {
        kills(100_000, 20, &["reset", "drop", "status=502", "garbage"]);
    }
}
