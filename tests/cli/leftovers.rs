//! What a killed command leaves behind: the next run removes it, and `doctor` names the rest.

use std::path::Path;
use std::process::Stdio;

use super::harness::Home;
use super::processes::{ended, signal, start, until};
use super::send::{NOBODY, demo_with};

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Adds a certificate whose secret comes from stdin.
pub const ADD: [&str; 18] = [
    "cert",
    "add",
    "--profile",
    "demo",
    "--id",
    "7100",
    "--app-id",
    "1",
    "--app-key",
    "k",
    "--channel-id",
    "c",
    "--click",
    "open-app",
    "--master-secret-stdin",
    "--no-input",
    "--timeout",
    "5m",
];

/// Adds a certificate whose secret comes from stdin; killed as soon as `when` holds, or left to its end.
fn add(home: &Home, when: Option<&dyn Fn() -> bool>) {
    let mut command = home.command(&ADD);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"the-master-secret\n").unwrap();
    if let Some(when) = when {
        until("it has come so far, or is done", || when() || child.try_wait().unwrap().is_some());
        let _ = child.kill();
    }
    child.wait().unwrap();
}

#[test]
fn a_secret_of_a_killed_command_is_removed_by_the_next_change_of_a_configuration() {
    let home = demo_with(NOBODY, "");
    let before = home.read("opush.toml");
    let secrets = home.config_home().join("secrets");
    // It is killed between its secret file and the configuration; where it was quicker, once more.
    loop {
        home.write("opush.toml", &before);
        let _ = std::fs::remove_dir_all(&secrets);
        add(&home, Some(&|| secrets.join("demo-7100").exists()));
        if home.read("opush.toml") == before && secrets.join("demo-7100").exists() {
            break;
        }
    }
    let (_, report) = home.json(&["doctor"]);
    let checks = report["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["id"] == "leftovers").unwrap();
    assert!(check.to_string().contains("secrets/demo-7100"), "{check}");
    home.run(&["cert", "edit", "7005", "--name", "renamed"]).expect(0);
    assert_eq!(names(&secrets), Vec::<String>::new());
    // The same command, left to its end, keeps its secret and no mark.
    add(&home, None);
    assert_eq!(names(&secrets), ["demo-7100"]);
    home.run(&["cert", "remove", "7100", "--profile", "demo", "--yes"]).expect(0);
    assert_eq!(names(&secrets), Vec::<String>::new());
}

#[test]
fn temporary_files_of_a_killed_export_are_removed_by_the_next() {
    let home = demo_with(NOBODY, "");
    home.write(".opush-abc.tmp", "half");
    home.run(&["history", "export", "--out", "out.jsonl"]).expect(0);
    assert!(!home.file(".opush-abc.tmp").exists());
}

#[test]
fn a_renumbering_that_was_killed_is_finished_or_forgotten_by_the_next_run() {
    let home = demo_with(NOBODY, "");
    home.run(&["token", "report", "--user", "alice", "--reg-id", "CN_00000000000000000000000000000001"])
        .expect(0);
    let state = rusqlite::Connection::open(home.state_home().join("state.db")).unwrap();
    let certificate = || -> i64 {
        home.json(&["token", "show", "--user", "alice"]).1["items"][0]["certificate_id"].as_i64().unwrap()
    };
    let under_way =
        || -> i64 { state.query_row("SELECT count(*) FROM renumbering", [], |row| row.get(0)).unwrap() };
    // It waits for the database when its configuration is written already, and is killed there.
    let before = home.read("opush.toml");
    let args = ["cert", "edit", "7005", "--id", "7100", "--timeout", "5m"];
    loop {
        home.write("opush.toml", &before);
        let mut child = start(&home, &args);
        until("it is noted, or done", || under_way() > 0 || child.try_wait().unwrap().is_some());
        if state.execute_batch("BEGIN IMMEDIATE").is_ok() {
            until("the file is written, or it is done", || {
                home.read("opush.toml") != before || child.try_wait().unwrap().is_some()
            });
            signal(&child, "KILL");
            ended(&mut child);
            state.execute_batch("COMMIT").unwrap();
        }
        if under_way() > 0 {
            break;
        }
        home.write("opush.toml", &before);
        state.execute_batch("UPDATE token_report SET certificate_id = 7005").unwrap();
    }
    assert_eq!(certificate(), 7100, "the file has the new ID, so the reports follow");
    assert_eq!(under_way(), 0);
    // One that was killed before the file was written leaves the old ID.
    let dead = "INSERT INTO renumbering (process, path, profile, old_id, new_id) VALUES (?1, ?2, 'demo', 7100, 7200)";
    let mut gone = std::process::Command::new("true").spawn().unwrap();
    let namespace = std::fs::read_link("/proc/self/ns/pid").unwrap();
    let process = format!("{} {} 1", namespace.display(), gone.id());
    gone.wait().unwrap();
    state.execute(dead, [process, home.file("opush.toml").display().to_string()]).unwrap();
    assert_eq!((certificate(), under_way()), (7100, 0));
}
