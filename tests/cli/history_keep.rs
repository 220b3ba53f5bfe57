//! `opush history export` and `prune`, and old rows that are removed by themselves.

use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::harness::Home;
use super::history_filters::{insert, receipt, state};
use super::masks::plain;
use super::processes::{ended, signal, until};
use super::send::{NOBODY, demo, demo_with, send, willing};

fn filled(rows: i64) -> (Home, Connection) {
    let home = demo(NOBODY);
    let state = state(&home);
    fill(&state, rows);
    (home, state)
}

fn fill(state: &Connection, rows: i64) {
    state.execute_batch("BEGIN").unwrap();
    for id in 1..=rows {
        let user = ["alice", "bob"][id as usize % 2];
        insert(state, (id, "demo", Some(user), "r1", 7005, "accepted", None, id));
    }
    state.execute_batch("COMMIT").unwrap();
}

fn count(state: &Connection) -> i64 {
    state.query_row("SELECT count(*) FROM delivery", [], |row| row.get(0)).unwrap()
}

#[test]
fn an_export_is_complete_and_goes_to_stdout_or_a_private_file() {
    let (home, state) = filled(4_500);
    receipt(&state, Some(4_500), "m", "push_arrive", 1);
    let lines = home.run(&["history", "export"]).expect(0).stdout;
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<i64> = rows.iter().map(|row| row["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, (1..=4_500).rev().collect::<Vec<_>>());
    assert_eq!(
        (&rows[0]["request"], &rows[0]["receipts"][0]["event"]),
        (&json!("POST x"), &json!("push_arrive"))
    );

    home.write("out.csv", "the old one");
    let file = home.file("out.csv");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let ran = home.run(&["history", "export", "--user", "bob", "--out", "out.csv"]).expect(0);
    assert_eq!(ran.stdout, "2250 pushes written to out.csv as csv\n");
    let text = home.read("out.csv");
    assert_eq!(text.lines().count(), 2_251);
    assert!(
        text.starts_with("id,at,completed_at,profile,")
            && text.lines().skip(1).all(|row| row.contains(",bob,"))
    );
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let (code, told) =
        home.json(&["history", "export", "--since", "1s", "--format", "csv", "--out", "none.jsonl"]);
    assert_eq!((code, told), (0, json!({ "file": "none.jsonl", "format": "csv", "rows": 0, "error": null })));
    assert_eq!(home.read("none.jsonl").lines().count(), 1);
}

#[test]
fn an_export_holds_no_secret_of_a_real_send() {
    let vendor = willing();
    let home = demo(&vendor.url());
    home.run(&send(&[])).expect(0);
    for format in ["csv", "jsonl"] {
        let rows = home.run(&["history", "export", "--format", format]).expect(0).stdout;
        assert!(rows.contains("auth_token=********"), "{rows}");
    }
}

/// The size of the file that is to take the old one's place.
fn temporary(home: &Home) -> Option<u64> {
    let entries = std::fs::read_dir(home.work()).unwrap().flatten();
    let mut files = entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(".tmp"));
    files.next().map(|file| file.metadata().map_or(0, |data| data.len()))
}

fn is_written(home: &Home) -> bool {
    temporary(home).is_some_and(|bytes| bytes > 0)
}

#[test]
fn an_export_that_is_interrupted_leaves_the_old_file_and_nothing_else() {
    let (home, state) = filled(0);
    let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150000)
               INSERT INTO delivery (begun_at, due_at, process, profile, region, decision, request, status, completed_at)
               SELECT i, i, '', 'demo', 'cn', 'push', '', 'accepted', i FROM n";
    let args = ["history", "export", "--out", "out.jsonl"];
    // It is stopped while it writes. If it was done before it could be stopped, it gets twice as many rows.
    let mut child = loop {
        state.execute(sql, []).unwrap();
        home.write("out.jsonl", "the old one");
        let mut child = home.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        until("it writes, or has ended", || is_written(&home) || child.try_wait().unwrap().is_some());
        signal(&child, "STOP");
        let stat = format!("/proc/{}/stat", child.id());
        until("it is stopped, or has ended", || {
            std::fs::read_to_string(&stat).is_ok_and(|stat| stat.contains(") T ") || stat.contains(") Z "))
        });
        // A row has over 200 bytes. After the last page an interruption comes too late.
        let half = 100 * u64::try_from(count(&state)).unwrap();
        if temporary(&home).is_some_and(|bytes| (1..half).contains(&bytes)) {
            break child;
        }
        signal(&child, "CONT");
        ended(&mut child);
    };
    signal(&child, "INT");
    signal(&child, "CONT");
    assert_eq!(ended(&mut child).code(), Some(130));
    assert_eq!(home.read("out.jsonl"), "the old one");
    assert_eq!(temporary(&home), None);
}

#[test]
fn prune_lists_what_it_removes_and_then_removes_it() {
    let (home, state) = filled(10);
    receipt(&state, Some(1), "m1", "push_arrive", 1);
    receipt(&state, Some(2), "m2", "push_arrive", 1);
    let ran = home.run(&["history", "prune", "--keep", "4", "--older-than", "36500d", "--dry-run"]);
    insta::assert_snapshot!(plain(&home, &ran), @r"
    $ opush history prune --keep 4 --older-than <n>d --dry-run
    Would be removed (older than <n>d, or beyond the newest 4 of each kind):
      pushes                   6
      receipts                 0
      rejected receipts        0
      events of the IM server  0
    stderr: warning: nothing had been recorded for over 30 days, so nothing is removed for its age yet
    stderr:   see that the clock of this machine is right, and run it again after <time>
    exit code 0
    ");
    assert_eq!(count(&state), 10);
    let (code, told) = home.json(&["history", "prune", "--keep", "4"]);
    assert_eq!((code, &told["deliveries"], &told["receipts"]), (0, &json!(6), &json!(0)));
    assert_eq!(count(&state), 4);
    // A receipt outlives its push, and then belongs to none that is known.
    let owners: i64 =
        state.query_row("SELECT count(delivery_id) FROM receipt", [], |row| row.get(0)).unwrap();
    assert_eq!(owners, 0);
    // The rows are months old, and so the first run only says so.
    let (_, told) = home.json(&["history", "prune", "--older-than", "1s"]);
    assert_eq!((&told["deliveries"], &told["warnings"][0]["id"]), (&json!(0), &json!("ages-not-judged")));
    state.execute("UPDATE retention_gap SET seen_at = seen_at - 3600000", []).unwrap();
    let (_, told) = home.json(&["history", "prune", "--older-than", "1s"]);
    assert_eq!(
        (&told["deliveries"], &told["receipts"], &told["warnings"]),
        (&json!(3), &json!(1), &json!([]))
    );
    assert_eq!(home.json(&["history", "list"]).1["items"][0]["id"], json!(10));
}

#[test]
fn without_flags_prune_follows_the_configuration() {
    let (home, state) = filled(10);
    let toml = home.read("opush.toml");
    home.write("opush.toml", format!("[history]\nkeep = 7\nkeep_for = \"36500d\"\n{toml}"));
    let (_, told) = home.json(&["history", "prune"]);
    assert_eq!((&told["deliveries"], &told["keep"]), (&json!(3), &json!(7)));
    assert_eq!(count(&state), 7);
}

#[test]
fn pushes_beyond_the_configured_count_are_removed_as_new_ones_are_recorded() {
    let vendor = willing();
    let home = demo_with(&vendor.url(), "");
    let toml = home.read("opush.toml");
    home.write("opush.toml", format!("# kept\n[history]\nkeep = 20\nkeep_for = \"36500d\"\n\n{toml}"));
    home.run(&["config", "check"]).expect(0);
    let state = state(&home);
    fill(&state, 62);
    home.run(&send(&[])).expect(0);
    assert_eq!(count(&state), 63, "not at every push");
    home.run(&send(&[])).expect(0);
    assert_eq!(count(&state), 20);
    home.run(&["profile", "use", "demo"]).expect(0);
    assert!(
        home.read("opush.toml").contains("# kept\n[history]\nkeep = 20\n"),
        "{}",
        home.read("opush.toml")
    );
}
