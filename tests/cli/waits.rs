//! `--timeout` bounds every wait of a command, and Ctrl-C ends it.

use std::fs::File;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;

use super::harness::Home;
use super::processes::{ended, signal, start, until};
use super::send::{NOBODY, demo_with};

/// Without the flag a wait takes 30 s.
const SOONER: Duration = Duration::from_secs(25);

#[track_caller]
fn ends_soon(home: &Home, args: &[&str]) -> (i32, Value) {
    let began = Instant::now();
    let (code, told) = home.json(&[args, &["--timeout", "1s"]].concat());
    assert!(began.elapsed() < SOONER, "{:?}: {told}", began.elapsed());
    (code, told["error"].clone())
}

const REPORT: [&str; 7] = [
    "token",
    "report",
    "--profile",
    "sandbox",
    "--user=alice",
    "--reg-id",
    "CN_00000000000000000000000000000001",
];

#[test]
fn a_busy_database_is_waited_for_no_longer_than_the_flag_says() {
    let home = Home::new();
    home.run(&REPORT).expect(0);
    let holder = Connection::open(home.state_home().join("state.db")).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (code, error) = ends_soon(&home, &REPORT);
    assert_eq!((code, &error["kind"]), (1, &"state-database".into()), "{error}");
    assert!(
        error["message"].as_str().unwrap().ends_with("was kept locked by another process for 1 s"),
        "{error}"
    );
}

#[test]
fn what_oppo_accepted_is_told_though_the_database_stays_busy() {
    let path = std::sync::Arc::new(std::sync::OnceLock::<std::path::PathBuf>::new());
    let holder = std::sync::Arc::new(std::sync::Mutex::new(None));
    let vendor = super::vendor::Vendor::start({
        let (path, holder) = (path.clone(), holder.clone());
        move |request, _| {
            let answer = if request.is_auth() {
                r#"{"code":0,"data":{"auth_token":"some-token","create_time":1}}"#
            } else {
                let connection = Connection::open(path.get().unwrap()).unwrap();
                connection.execute_batch("BEGIN IMMEDIATE").unwrap();
                *holder.lock().unwrap() = Some(connection);
                r#"{"code":0,"data":{"messageId":"1-1-1-a"}}"#
            };
            super::vendor::Reply::Keep(super::vendor::json(answer))
        }
    });
    let home = demo_with(&vendor.url(), "");
    path.set(home.state_home().join("state.db")).unwrap();
    let (code, told) = home.json(&super::send::send(&["--timeout", "1s"]));
    assert_eq!(
        (code, &told["status"], &told["message_id"]),
        (1, &"accepted".into(), &"1-1-1-a".into()),
        "{told}"
    );
    assert_eq!(told["error"]["kind"], "state-database");
    let message = told["error"]["message"].as_str().unwrap();
    assert!(
        message.starts_with("OPPO accepted this push as 1-1-1-a, but the history could not be told: "),
        "{message}"
    );
    drop(holder.lock().unwrap().take());
}

/// A home whose configuration file another process is changing.
fn locked() -> (Home, File, std::path::PathBuf) {
    let home = demo_with(NOBODY, "");
    home.run(&["cert", "edit", "7005", "--name", "first"]).expect(0);
    let path = std::fs::read_dir(home.state_home().join("locks")).unwrap().flatten().next().unwrap().path();
    let file = File::options().write(true).open(&path).unwrap();
    file.lock().unwrap();
    (home, file, path)
}

#[test]
fn the_lock_of_the_configuration_is_waited_for_no_longer_than_the_flag_says() {
    let (home, _held, _) = locked();
    let (code, error) = ends_soon(&home, &["cert", "edit", "7005", "--name", "second"]);
    assert_eq!((code, &error["kind"]), (1, &"disk".into()), "{error}");
    assert!(error["message"].as_str().unwrap().starts_with("another opush is still changing"), "{error}");
}

#[test]
fn ctrl_c_ends_the_wait_for_the_lock_of_the_configuration() {
    for args in [&["cert", "edit", "7005", "--name", "x"][..], &["cert", "remove", "7005", "--yes"]] {
        let (home, _held, path) = locked();
        let mut child = start(&home, &[args, &["--timeout", "1h"]].concat());
        let folder = format!("/proc/{}/fd", child.id());
        until("it has opened the lock", || {
            let open = std::fs::read_dir(&folder).into_iter().flatten().flatten();
            open.filter_map(|entry| entry.path().read_link().ok()).any(|target| target == path)
        });
        signal(&child, "INT");
        assert!(!ended(&mut child).success(), "{args:?}");
    }
}

#[test]
fn the_command_of_a_secret_is_waited_for_no_longer_than_the_flag_says() {
    let home = demo_with(NOBODY, "");
    let text = home.read("opush.toml");
    let line = text.lines().find(|line| line.starts_with("master_secret")).unwrap().to_owned();
    home.write("opush.toml", text.replace(&line, r#"master_secret = { command = ["sleep", "1000"] }"#));
    home.run(&["config", "trust"]);
    let (code, error) = ends_soon(&home, &super::send::send(&[]));
    assert_eq!((code, &error["kind"]), (3, &"secret-command-failed".into()), "{error}");
}
