//! `opush history list` with conditions, alone and combined, and `history show` with receipts.

use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::harness::Home;
use super::masks::plain;
use super::send::{NOBODY, demo};

/// The state database, made by opush itself.
pub fn state(home: &Home) -> Connection {
    home.run(&["history", "list"]).expect(0);
    Connection::open(home.state_home().join("state.db")).unwrap()
}

/// One delivery: number, profile, user, regId or alias, certificate ID, status, code, minute after 10:00 of 2026-01-31.
pub type Row<'a> = (i64, &'a str, Option<&'a str>, &'a str, i64, &'a str, Option<i64>, i64);

pub fn insert(state: &Connection, (id, profile, user, target, certificate, status, code, minute): Row<'_>) {
    let at = 1_769_853_600_000 + minute * 60_000;
    let ended = (status != "pending").then_some(at + 5);
    let message_id = (status == "accepted").then(|| format!("30001-1-1-{id:024x}"));
    let sql = "INSERT INTO delivery (id, begun_at, due_at, process, profile, region, certificate_id, app_id, user_id,
                   target_kind, target, decision, request, status, message_id, code, completed_at, elapsed_ms, answer)
               VALUES (?1, ?2, 4000000000000, '', ?3, 'cn', ?4, '30001', ?5, 'reg_id', ?6, 'push', 'POST x', ?7, ?8, ?9,
                   ?10, 5, '{}')";
    let values = params![id, at, profile, certificate, user, target, status, message_id, code, ended];
    state.execute(sql, values).unwrap();
}

pub fn receipt(state: &Connection, delivery: Option<i64>, message_id: &str, event: &str, minute: i64) {
    let sql =
        "INSERT INTO receipt (received_at, event, message_id, reg_id, parameter, event_time, delivery_id)
               VALUES (?1, ?2, ?3, 'r1', '', ?1, ?4)";
    state
        .execute(sql, params![1_769_853_600_000_i64 + minute * 60_000, event, message_id, delivery])
        .unwrap();
}

fn storied() -> Home {
    let home = demo(NOBODY);
    let state = state(&home);
    let rows: [Row<'_>; 7] = [
        (1, "demo", Some("alice"), "r1", 7005, "accepted", None, 0),
        (2, "demo", Some("bob"), "r2", 7005, "refused", Some(67), 10),
        (3, "demo", Some("alice"), "r1", 7006, "refused", Some(13), 20),
        (4, "prod", Some("alice"), "r3", 7005, "accepted", None, 30),
        (5, "demo", None, "friends", 7005, "unknown", None, 40),
        (6, "demo", Some("bob"), "r2", 7005, "pending", None, 50),
        (7, "demo", Some("alice"), "r1", 7005, "not_sent", None, 60),
    ];
    rows.into_iter().for_each(|row| insert(&state, row));
    home
}

fn ids(home: &Home, conditions: &[&str]) -> Vec<i64> {
    let (code, list) = home.json(&[&["history", "list"], conditions].concat());
    assert_eq!(code, 0, "{list:#}");
    list["items"].as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()).collect()
}

#[test]
fn every_condition_narrows_and_all_must_hold() {
    let home = storied();
    let table: [(&[&str], &[i64]); 18] = [
        (&[], &[7, 6, 5, 4, 3, 2, 1]),
        (&["--user", "alice"], &[7, 4, 3, 1]),
        (&["--user", "alice", "--limit", "2"], &[7, 4]),
        (&["--reg-id", "r1"], &[7, 3, 1]),
        (&["--alias", "friends"], &[5]),
        (&["--certificate", "7006"], &[3]),
        (&["--status", "refused"], &[3, 2]),
        (&["--status", "pending"], &[6]),
        (&["--status", "unknown"], &[5]),
        (&["--code", "67"], &[2]),
        (&["--since", "2026-01-31T10:40:00Z"], &[7, 6, 5]),
        (&["--until", "2026-01-31T10:20:00Z"], &[2, 1]),
        (&["--since", "2026-01-31 10:10", "--until", "2026-01-31T18:40:00+08:00"], &[4, 3, 2]),
        (&["--since", "1s"], &[]),
        (&["--until", "2026-02-01", "--user", "bob"], &[6, 2]),
        (&["--user", "alice", "--status", "refused", "--code", "13", "--certificate", "7006"], &[3]),
        (&["--user", "alice", "--profile", "demo", "--since", "2026-01-31T10:20:00Z"], &[7, 3]),
        (&["--status", "accepted", "--profile", "prod"], &[4]),
    ];
    for (conditions, expected) in table {
        assert_eq!(ids(&home, conditions), expected, "{conditions:?}");
    }
}

#[test]
fn an_empty_result_is_a_sentence() {
    let home = storied();
    let ran = home.run(&["history", "list", "--user", "carol"]).expect(0);
    assert_eq!(ran.stdout, "No push fits these conditions.\n");
    assert_eq!(home.json(&["history", "list", "--user", "carol"]).1, json!({ "items": [], "error": null }));
}

#[test]
fn show_prints_the_receipts_of_a_push() {
    let home = storied();
    let state = state(&home);
    receipt(&state, Some(1), "30001-1-1-000000000000000000000001", "push_arrive", 1);
    receipt(&state, Some(1), "30001-1-1-000000000000000000000001", "odd\u{1b}[2J", 2);
    receipt(&state, Some(4), "30001-1-1-000000000000000000000004", "regid_invalid", 3);
    state.execute("UPDATE receipt SET seen = 3 WHERE id = 1", []).unwrap();
    insta::assert_snapshot!(plain(&home, &home.run(&["history", "show", "1"])), @r"
    $ opush history show 1
      id          1
      at          <time>
      status      accepted
      profile     demo (cn), certificate 7005
      user        alice
      to          r1
      message_id  30001-1-1-<24 hex>
      decision    push
      took        <n> ms, 0 tries
      request     POST x
      answer      {}
      receipts    <time>  push_arrive for r1, posted 3 times
                  <time>  odd\u{1b}[2J for r1
    exit code 0
    ");
    let (_, shown) = home.json(&["history", "show", "1"]);
    let events: Vec<&Value> = shown["receipts"].as_array().unwrap().iter().map(|one| &one["event"]).collect();
    assert_eq!(events, ["push_arrive", "odd\u{1b}[2J"]);
    assert_eq!((&shown["receipts"][0]["seen"], &shown["receipts"][0]["reg_id"]), (&json!(3), &json!("r1")));
    assert_eq!(home.json(&["history", "show", "2"]).1["receipts"], json!([]));
}
