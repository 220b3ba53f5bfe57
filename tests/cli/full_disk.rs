//! A disk that is full at any moment of a command: no push is called what it is not, and files are whole, old or new.
//!
//! The limit of a file's size stands for the disk: the system refuses what goes beyond it, for root too.

use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::harness::Home;
use super::leftovers::ADD;
use super::processes::all;
use super::send::{accepted, demo_with, granted, send};
use super::vendor::Vendor;

/// Runs a command whose files may not grow beyond so many KiB.
fn limited(home: &Home, kib: u64, args: &[&str], stdin: &str) -> Output {
    let inner = home.command(args);
    let mut command = Command::new("bash");
    command.args(["-c", &format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"")]);
    command.arg(inner.get_program()).args(inner.get_args()).current_dir(home.work());
    command.env_clear().envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that takes nothing from stdin may have ended.
    let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn told(output: &Output) -> (i32, Value) {
    let text = String::from_utf8_lossy(&output.stdout);
    let json = serde_json::from_str(&text).unwrap_or_else(|error| {
        panic!("{error}: {text} {}", String::from_utf8_lossy(&output.stderr));
    });
    (output.status.code().unwrap(), json)
}

#[test]
// The figures are for docs/reliability.md.
#[allow(clippy::disallowed_macros)]
fn a_send_on_a_full_disk_says_what_oppo_took_and_what_it_did_not() {
    let vendor = Vendor::start(|request, _| if request.is_auth() { granted() } else { accepted() });
    let home = demo_with(&vendor.url(), "");
    home.run(&send(&[])).expect(0);
    let size = |name: &str| home.state_home().join(name).metadata().map_or(0, |data| data.len() / 1024);
    let (mut unsent, mut unrecorded) = (0, 0);
    let step = if all() { 1 } else { 2 };
    let mut kib = size("state.db").max(size("state.db-wal")) / 4 * 4;
    loop {
        let taken = vendor.unicasts().len();
        let args = send(&["--json"]);
        let (code, told) = told(&limited(&home, kib, &args, ""));
        let sent = vendor.unicasts().len() - taken;
        match (code, told["status"].as_str()) {
            (0, Some("accepted")) => {
                assert_eq!(sent, 1);
                break;
            }
            (1, Some("accepted")) => {
                assert_eq!((sent, &told["error"]["kind"]), (1, &"state-database".into()), "{told}");
                assert!(told["message_id"].is_string(), "{told}");
                unrecorded += 1;
            }
            (1, _) => {
                assert_eq!((sent, &told["error"]["kind"]), (0, &"state-database".into()), "{told}");
                unsent += 1;
            }
            other => panic!("{other:?}: {told}"),
        }
        kib += step;
        assert!(kib < 4_096, "it never had room enough");
    }
    println!("{unsent} not sent, {unrecorded} accepted and not recorded");
    assert!(unsent > 0 && unrecorded > 0, "{unsent} {unrecorded}");
    let (_, list) = home.json(&["history", "list"]);
    let known = ["accepted", "unknown", "not_sent"];
    assert!(
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| known.contains(&item["status"].as_str().unwrap()))
    );
}

#[test]
fn an_import_on_a_full_disk_is_kept_whole_or_not_at_all() {
    let home = Home::new();
    let rows = 3_000;
    let text: String = (0..rows).map(|user| format!("user-{user},CN_{user:032x}\n")).collect();
    home.write("tokens.csv", format!("user,reg_id\n{text}"));
    home.run(&["token", "list", "--profile", "sandbox"]).expect(0);
    let mut failed = 0;
    for kib in (200..).step_by(if all() { 100 } else { 400 }) {
        let args = ["token", "import", "tokens.csv", "--profile", "sandbox", "--json"];
        let output = limited(&home, kib, &args, "");
        let kept =
            home.run(&["token", "export", "--profile", "sandbox"]).expect(0).stdout.lines().count() - 1;
        match output.status.code() {
            Some(0) => {
                assert_eq!(kept, rows);
                break;
            }
            code => {
                assert_eq!(code, Some(1), "{}", String::from_utf8_lossy(&output.stdout));
                // An import that was decided before the disk was full is finished by the next command.
                assert!(kept == 0 || kept == rows, "{kept}");
                failed += 1;
                if kept == rows {
                    break;
                }
            }
        }
    }
    assert!(failed > 0);
}

#[test]
fn a_configuration_on_a_full_disk_stays_as_it_was_and_nothing_is_left_behind() {
    let home = demo_with(super::send::NOBODY, "");
    let before = home.read("opush.toml");
    let add = [&ADD[..], &["--json"]].concat();
    let (code, told) = told(&limited(&home, 0, &add, "the-master-secret\n"));
    assert_eq!((code, &told["error"]["kind"]), (1, &"disk".into()), "{told}");
    assert_eq!(home.read("opush.toml"), before);
    let files = |folder: std::path::PathBuf| std::fs::read_dir(folder).into_iter().flatten().count();
    assert_eq!(files(home.config_home().join("secrets")), 0);
    assert_eq!(files(home.work()), 1);
}

#[test]
fn a_result_that_can_not_be_written_is_a_failure() {
    let home = Home::new();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = home.command(&["explain", "54"]);
    let output = command.stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not be written"));
}
