//! Files that flags name: regular ones and pipes are read, devices and folders are refused, and no row of an import is endless.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::harness::Home;
use super::send::{NOBODY, demo_with};

fn fifo(home: &Home, name: &str) {
    assert!(Command::new("mkfifo").arg(home.file(name)).status().unwrap().success());
}

/// Command lines that read a whole file, without its name.
const READERS: [&[&str]; 5] = [
    &["token", "import", "--profile", "sandbox", "--format", "csv"],
    &["send", "--profile", "sandbox", "--reg-id", "CN_00000000000000000000000000000001", "--message-file"],
    &["token", "listen", "--profile", "sandbox", "--token-file"],
    &["smoke", "run", "--profile", "sandbox"],
    &["config", "check", "--config"],
];

#[test]
fn devices_and_folders_are_refused_by_every_command_that_reads_a_file() {
    let home = demo_with(NOBODY, "");
    for reader in READERS {
        for path in ["/dev/zero", "/dev/full", "."] {
            let (code, told) = home.json(&[reader, &[path]].concat());
            assert!((1..=4).contains(&code) && told["error"].is_object(), "{reader:?} {path}: {told}");
        }
    }
}

#[test]
fn a_pipe_that_nobody_writes_to_is_given_up_after_the_time_of_the_flag() {
    let home = demo_with(NOBODY, "");
    fifo(&home, "pipe");
    for reader in READERS {
        let began = Instant::now();
        let (code, told) = home.json(&[reader, &["pipe", "--timeout", "1s"]].concat());
        assert!(code != 0 && began.elapsed() < Duration::from_secs(25), "{reader:?} {told}");
    }
    // The secret is read when it is used; that its file is no file is only a warning before.
    let add = ["cert", "edit", "7005", "--master-secret-file", "pipe", "--timeout", "1s"];
    let began = Instant::now();
    home.run(&add);
    assert!(began.elapsed() < Duration::from_secs(25));
}

#[test]
fn a_pipe_is_read_to_its_end() {
    let home = Home::new();
    fifo(&home, "tokens.csv");
    let mut child = home
        .command(&["token", "import", "tokens.csv", "--profile", "sandbox"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let row = "user,reg_id\nalice,CN_00000000000000000000000000000001\n";
    std::io::Write::write_all(
        &mut std::fs::File::options().write(true).open(home.file("tokens.csv")).unwrap(),
        row.as_bytes(),
    )
    .unwrap();
    assert!(child.wait().unwrap().success());
    home.run(&["token", "show", "--user", "alice", "--profile", "sandbox"]).expect(0);
}

#[test]
fn a_row_of_more_than_a_mebibyte_is_a_bad_row_and_the_others_are_kept() {
    let home = Home::new();
    let long = "x".repeat(1024 * 1024);
    let good = "CN_00000000000000000000000000000001";
    home.write("t.csv", format!("user,reg_id\n{long},{good}\nalice,{good}\n"));
    home.write(
        "t.jsonl",
        format!(
            "{{\"user\":\"{long}\",\"reg_id\":\"{good}\"}}\n{{\"user\":\"alice\",\"reg_id\":\"{good}\"}}\n"
        ),
    );
    for (file, place) in [("t.csv", "t.csv:2:1"), ("t.jsonl", "t.jsonl:1:1")] {
        let (code, told) =
            home.json(&["token", "import", file, "--profile", "sandbox", "--on-error", "skip"]);
        assert_eq!((code, &told["kept"], &told["bad_rows"]), (7, &1.into(), &1.into()), "{told}");
        let problem = &told["error"]["problems"][1];
        assert_eq!((&problem["kind"], &problem["place"]), (&"too-long".into(), &place.into()), "{told}");
    }
    // A quote that is never closed makes all that follows one row.
    let rows = format!("user,{good}\n").repeat(40_000);
    home.write("open.csv", format!("user,reg_id\n\"{rows}"));
    let (code, told) = home.json(&["token", "import", "open.csv", "--profile", "sandbox"]);
    assert_eq!((code, &told["bad_rows"]), (4, &1.into()), "{told}");
}
