//! Many opush processes at once on one machine's state: nobody fails, nothing is lost, one auth call does for all.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::harness::{Home, Sandbox};
use super::processes::{all_succeeded, at_once};

/// What a running sandbox logged of the calls to this path.
fn calls(sandbox: &Sandbox, path: &str) -> usize {
    let (status, body) = super::raw::get(&sandbox.url, "/_sandbox/v1/calls?limit=1000");
    assert_eq!(status, 200, "{body}");
    let log: Value = serde_json::from_str(&body).unwrap();
    let items = log["items"].as_array().unwrap();
    items.iter().filter(|call| call["path"] == path).count()
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn reg_ids(home: &Home) -> Vec<String> {
    let (code, list) = home.json(&["sandbox", "phone", "list"]);
    assert_eq!(code, 0, "{list}");
    list["items"].as_array().unwrap().iter().map(|phone| phone["reg_id"].as_str().unwrap().into()).collect()
}

/// Everything a send needs but the target.
const SEND: &str = "send --profile sandbox --title Hi --content hello --json --reg-id";

#[test]
fn twenty_sends_with_an_empty_cache_authenticate_once() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let reg_id = reg_ids(&home).remove(0);
    let outputs = at_once((0..20).map(|_| home.command(&words(&format!("{SEND} {reg_id}")))));
    let sent = all_succeeded(&outputs);
    assert!(sent.iter().all(|push| push["status"] == "accepted"));
    let ids: BTreeSet<&str> = sent.iter().map(|push| push["message_id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 20);
    assert_eq!(calls(&sandbox, "/server/v1/auth"), 1);
    assert_eq!(calls(&sandbox, "/server/v1/message/notification/unicast"), 20);
    let (_, history) = home.json(&["history", "list", "--status", "accepted"]);
    assert_eq!(history["items"].as_array().unwrap().len(), 20);
    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo"]);
    assert_eq!(phone["notifications"].as_array().unwrap().len(), 20);
}

/// With none running, each serves the sandbox for itself, and all work on its one file, which nobody has made yet.
#[test]
fn twenty_sends_each_with_a_sandbox_of_its_own_agree() {
    let home = Home::new();
    let phone = home.json(&["sandbox", "phone", "add", "--name", "p"]).1;
    let reg_id = phone["reg_id"].as_str().unwrap();
    let sent = all_succeeded(&at_once((0..20).map(|_| home.command(&words(&format!("{SEND} {reg_id}"))))));
    assert!(sent.iter().all(|push| push["status"] == "accepted"));
    let (_, phone) = home.json(&["sandbox", "phone", "show", "p"]);
    let shown: BTreeSet<&str> = phone["notifications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["message_id"].as_str().unwrap())
        .collect();
    assert_eq!(shown, sent.iter().map(|push| push["message_id"].as_str().unwrap()).collect());
}

#[test]
fn fifty_reports_at_once_are_all_kept() {
    let home = Home::new();
    let report = |number: usize| {
        let (user, reg_id) = (format!("user-{number}"), format!("CN_{number:032x}"));
        home.command(&words(&format!(
            "token report --profile sandbox --json --user {user} --reg-id {reg_id}"
        )))
    };
    let outcomes = all_succeeded(&at_once((0..50).map(report)));
    assert!(outcomes.iter().all(|reported| reported["outcome"] == "new"));
    let (_, list) = home.json(&["token", "list", "--profile", "sandbox"]);
    let users: BTreeSet<&str> =
        list["items"].as_array().unwrap().iter().map(|report| report["user"].as_str().unwrap()).collect();
    assert_eq!(users.len(), 50);
}

/// Half of them write the file, half the database, and those who report read the file meanwhile.
#[test]
fn fifty_that_add_certificates_and_report_tokens_at_once_are_all_kept() {
    let home = Home::with_config("# mine\n").variable("SECRET", "master-secret");
    let add = "cert add --profile demo --app-id 1 --app-key k --channel-id c --click open-app --master-secret-env SECRET --json --id";
    home.run(&words(&format!("{add} 7000 --region cn --package com.example.demo"))).expect(0);
    let command = |number: usize| {
        match number % 2 {
        0 => home.command(&words(&format!("{add} {}", 8000 + number))),
        _ => home.command(&words(&format!(
            "token report --profile demo --certificate 7000 --json --user user-{number} --reg-id CN_{number:032x}"
        ))),
    }
    };
    all_succeeded(&at_once((0..50).map(command)));
    let (_, reports) = home.json(&["token", "list"]);
    assert_eq!(reports["items"].as_array().unwrap().len(), 25);
    let (_, certificates) = home.json(&["cert", "list"]);
    assert_eq!(certificates["items"].as_array().unwrap().len(), 26, "{certificates}");
    assert!(home.read("opush.toml").starts_with("# mine\n"));
}

/// One regId that twenty users claim at once ends with exactly one of them.
#[test]
fn one_reg_id_reported_by_many_at_once_has_one_owner() {
    let home = Home::new();
    let reg_id = "CN_00000000000000000000000000000001";
    let report = |number: usize| {
        home.command(&words(&format!(
            "token report --profile sandbox --json --user user-{number} --reg-id {reg_id}"
        )))
    };
    let outcomes = all_succeeded(&at_once((0..20).map(report)));
    let count = |word: &str| outcomes.iter().filter(|reported| reported["outcome"] == word).count();
    assert_eq!((count("new"), count("moved")), (1, 19));
    let (_, list) = home.json(&["token", "list", "--profile", "sandbox"]);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

/// Whoever comes first makes the file; the others find it being made.
#[test]
fn many_commands_at_once_create_the_state_once() {
    for _ in 0..5 {
        let home = Home::new();
        let both: [Command; 4] = [
            home.command(&words("history list --json")),
            home.command(&words("token list --profile sandbox --json")),
            home.command(&words("history list --json")),
            home.command(&words(
                "token report --profile sandbox --user u --reg-id CN_00000000000000000000000000000001 --json",
            )),
        ];
        all_succeeded(&at_once(both));
        let (_, list) = home.json(&["token", "list", "--profile", "sandbox"]);
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn twenty_phones_added_at_once_to_a_fresh_sandbox_all_exist() {
    let home = Home::new();
    let add = |number: usize| match number % 2 {
        0 => home.command(&words(&format!("sandbox phone add --name named-{number} --json"))),
        _ => home.command(&words("sandbox phone add --json")),
    };
    let phones = all_succeeded(&at_once((0..20).map(add)));
    let names: BTreeSet<&str> = phones.iter().map(|phone| phone["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 20);
    // The built-in app's own phone was made once.
    assert_eq!(reg_ids(&home).into_iter().collect::<BTreeSet<_>>().len(), 21);
}

/// Two sandboxes on one state: the first is the one that commands find, and the second says so.
#[test]
fn of_two_sandboxes_the_first_is_found() {
    let home = Home::new();
    let first = home.sandbox(&[]);
    let second = home.sandbox(&["--ephemeral"]);
    assert_ne!(first.url, second.url);
    let reg_id = reg_ids(&home).remove(0);
    all_succeeded(&at_once([home.command(&words(&format!("{SEND} {reg_id}")))]));
    assert_eq!(calls(&first, "/server/v1/auth"), 1);
    assert_eq!(calls(&second, "/server/v1/auth"), 0);
}

/// A sandbox that starts while commands look for one is not taken for a second one.
#[test]
fn a_sandbox_starts_amid_commands_that_look_for_one() {
    let home = Home::new();
    let lists = |count: usize| {
        (0..count).map(|_| home.command(&words("sandbox phone list --json"))).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let busy = scope.spawn(|| all_succeeded(&at_once(lists(20))));
        let sandbox = home.sandbox(&[]);
        busy.join().unwrap();
        let registered = std::fs::read_to_string(home.state_home().join("sandbox.json")).unwrap();
        let registered: Value = serde_json::from_str(&registered).unwrap();
        assert_eq!(
            (&registered["url"], &registered["pid"]),
            (&sandbox.url.clone().into(), &sandbox.child.id().into())
        );
    });
}
