//! Processes that are killed or stopped at any moment: what they leave can be read, and no push is called sent that was not.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::harness::Home;
use super::processes::{HANG, all, ended, signal, start, until};
use super::vendor::{Reply, Vendor, json};

fn rounds() -> u32 {
    if all() { 100 } else { 16 }
}
const REG_ID: &str = "CN_00000000000000000000000000000001";

/// Runs the command to its end once, then kills it again and again, at moments spread over the time it needs. After each
/// round, `check` looks at what it left, and gets whether it had ended well before.
fn kill_at_every_moment(home: &Home, args: impl Fn(u32) -> Vec<String>, mut check: impl FnMut(u32, bool)) {
    let command = |round| {
        let words = args(round);
        home.command(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let begun = Instant::now();
    assert!(command(0).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
    let mut needs = begun.elapsed();
    let mut killed = 0;
    for round in 1.. {
        let mut child =
            command(round).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let part = f64::from(round % 10 + 1) / 8.0;
        std::thread::sleep(needs.mul_f64(part));
        let _ = child.kill();
        let status = child.wait().unwrap();
        let finished = status.success();
        assert!(finished || status.code().is_none(), "{status}");
        killed += u32::from(!finished);
        // The machine's load comes and goes, and so does the time that the command needs.
        match finished {
            true if part <= 1.0 => needs = needs.mul_f64(part),
            false if part > 1.0 => needs = needs.mul_f64(part),
            _ => {}
        }
        check(round, finished);
        if round >= rounds() && killed >= rounds() / 4 {
            break;
        }
        assert!(begun.elapsed() < 3 * HANG, "only {killed} of {round} were killed on the way");
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(String::from).collect()
}

fn items(home: &Home, args: &[&str]) -> Vec<Value> {
    let (code, list) = home.json(args);
    assert_eq!(code, 0, "{list}");
    list["items"].as_array().unwrap().clone()
}

/// SQLite's own word on the file, by a process of ours that reads it whole.
#[track_caller]
fn assert_sound(home: &Home, name: &str) {
    let path = home.state_home().join(name);
    let connection = rusqlite::Connection::open(path).unwrap();
    let verdict: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
}

#[test]
fn a_killed_report_leaves_a_readable_state() {
    let home = Home::new();
    let mut least = 1;
    kill_at_every_moment(
        &home,
        |round| {
            words(&format!("token report --profile sandbox --user user-{round} --reg-id CN_{round:032x}"))
        },
        |round, finished| {
            least += usize::from(finished);
            let kept = items(&home, &["token", "list", "--profile", "sandbox"]);
            assert!((least..=1 + round as usize).contains(&kept.len()), "{} kept", kept.len());
        },
    );
    assert_sound(&home, "state.db");
}

/// Reports in several pieces, every user with a regId of this round.
fn reports_of(round: u32) -> String {
    let row = |user: u32| format!("user-{user},CN_{round:016x}{user:016x}\n");
    "user,reg_id\n".to_owned() + &(0..REPORTS).map(row).collect::<String>()
}

const REPORTS: u32 = 1_700;

#[test]
fn of_a_killed_import_all_reports_are_kept_or_none() {
    let home = Home::new();
    let mut last = 0;
    kill_at_every_moment(
        &home,
        |round| {
            home.write("tokens.csv", reports_of(round));
            words("token import tokens.csv --profile sandbox")
        },
        |round, finished| {
            let kept = items(&home, &["token", "list", "--profile", "sandbox"]);
            let rounds: BTreeSet<&str> =
                kept.iter().map(|report| report["reg_id"].as_str().unwrap().get(3..19).unwrap()).collect();
            let of = |round: u32| BTreeSet::from([format!("{round:016x}")]);
            let found = rounds.iter().map(|round| (*round).to_owned()).collect::<BTreeSet<_>>();
            assert_eq!(kept.len(), REPORTS as usize);
            assert!(found == of(round) || !finished && found == of(last), "{found:?} in round {round}");
            if found == of(round) {
                last = round;
            }
        },
    );
    home.run(&["token", "import", "tokens.csv", "--profile", "sandbox"]).expect(0);
    let left = "SELECT (SELECT count(*) FROM report_import) + (SELECT count(*) FROM report_piece)";
    let state = rusqlite::Connection::open(home.state_home().join("state.db")).unwrap();
    assert_eq!(state.query_row(left, [], |row| row.get::<_, i64>(0)).unwrap(), 0, "what was staged is gone");
    assert_sound(&home, "state.db");
}

#[test]
fn a_killed_send_is_unknown_and_never_accepted() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let reg_id = items(&home, &["sandbox", "phone", "list"])[0]["reg_id"].as_str().unwrap().to_owned();
    let mut accepted = 1;
    kill_at_every_moment(
        &home,
        |round| {
            words(&format!(
                "send --profile sandbox --reg-id {reg_id} --title t{round} --content hello --app-message-id id-{round}"
            ))
        },
        |_, finished| {
            accepted += usize::from(finished);
            items(&home, &["history", "list", "--limit", "1"]);
        },
    );
    let all = items(&home, &["history", "list"]);
    // What the phone shows is what the vendor took, whatever became of those who sent it.
    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo"]);
    let taken: Vec<&Value> =
        phone["notifications"].as_array().unwrap().iter().map(|one| &one["message_id"]).collect();
    let mut unknown = 0;
    for delivery in &all {
        match delivery["status"].as_str().unwrap() {
            "accepted" => assert!(taken.contains(&&delivery["message_id"]), "{delivery}"),
            "unknown" => {
                unknown += 1;
                let (_, shown) = home.json(&["history", "show", &delivery["id"].to_string()]);
                assert_eq!(shown["reason"], "opush was stopped before the answer came");
            }
            other => panic!("{other}: {delivery}"),
        }
    }
    assert!(all.len() - unknown >= accepted);
    drop(sandbox);
    assert_sound(&home, "state.db");
    assert_sound(&home, "sandbox.db");
}

#[test]
fn after_a_kill_a_new_phone_exists_whole_or_not_at_all() {
    let home = Home::new();
    let mut least = 2;
    kill_at_every_moment(
        &home,
        |round| words(&format!("sandbox phone add --name p{round} --alias a{round}")),
        |round, finished| {
            least += usize::from(finished);
            let phones = items(&home, &["sandbox", "phone", "list"]);
            assert!((least..=2 + round as usize).contains(&phones.len()));
            for phone in phones.iter().filter(|phone| phone["name"] != "demo") {
                let number = phone["name"].as_str().unwrap().trim_start_matches('p');
                assert_eq!(phone["alias"], format!("a{number}"), "{phone}");
                assert_eq!(phone["channels"].as_array().unwrap().len(), 1, "{phone}");
            }
        },
    );
    assert_sound(&home, "sandbox.db");
}

/// `config trust` replaces a file; a kill leaves the old one or the new one.
#[test]
fn a_killed_trust_leaves_a_whole_record() {
    let config = |round: u32| {
        format!(
            "[profile.p{round}]\nregion = \"sandbox\"\n[[profile.p{round}.certificate]]\nid = 1\nname = \"n\"\napp_id = \"1\"\n\
             app_key = \"k\"\nmaster_secret = {{ command = [\"echo\", \"secret\"] }}\nclick = {{ action = \"open-app\" }}\n"
        )
    };
    let home = Home::with_config(&config(0));
    let record = home.config_home().join("trusted");
    kill_at_every_moment(
        &home,
        |round| {
            home.write_untrusted("opush.toml", config(round));
            words("config trust --yes")
        },
        |_, finished| {
            let text = std::fs::read_to_string(&record).unwrap();
            let line = text.strip_suffix('\n').unwrap();
            let (digest, path) = line.strip_prefix("whole ").unwrap().split_once(' ').unwrap();
            assert!(digest.len() == 64 && path.ends_with("/work/opush.toml"), "{text}");
            let (code, checked) = home.json(&["config", "check"]);
            assert!(code == 0 || !finished && code == 3, "{checked}");
        },
    );
    // Those who come after are not kept out by a lock of the dead.
    home.run(&["config", "trust", "--yes"]).expect(0);
}

fn config_at(url: &str) -> String {
    format!(
        "[profile.demo]\nregion = \"cn\"\nendpoint = \"{url}\"\n[[profile.demo.certificate]]\nid = 7005\nname = \"n\"\n\
         app_id = \"1\"\napp_key = \"k\"\nmaster_secret = {{ env = \"SECRET\" }}\nclick = {{ action = \"open-app\" }}\n\
         channel_id = \"c\"\n",
    )
}

fn waiting_send() -> (Vendor, Home) {
    let vendor = Vendor::start(|request, _| match request.is_auth() {
        true => Reply::Keep(json(r#"{"code":0,"data":{"auth_token":"some-token","create_time":1}}"#)),
        false => Reply::Hang(Vec::new()),
    });
    let home = Home::with_config(&config_at(&vendor.url())).variable("SECRET", "master-secret");
    (vendor, home)
}

const SLOW: [&str; 9] =
    ["send", "--reg-id", REG_ID, "--title", "Hi", "--content", "hello", "--timeout", "5m"];

#[test]
fn a_signal_in_the_middle_of_a_send_ends_it_at_once_and_its_json_is_printed() {
    for name in ["INT", "TERM", "HUP"] {
        let (vendor, home) = waiting_send();
        let mut child = start(&home, &[&SLOW[..], &["--json"]].concat());
        until("the push is on its way", || !vendor.unicasts().is_empty());
        // It counts as under way for as long as its process lives.
        assert_eq!(items(&home, &["history", "list"])[0]["status"], "pending");
        signal(&child, name);
        assert_eq!(ended(&mut child).code(), Some(130), "{name}");
        let output = child.wait_with_output().unwrap();
        let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(printed["error"]["kind"], "interrupted", "{printed}");
        let (_, shown) = home.json(&["history", "show", "1"]);
        assert_eq!(shown["status"], "unknown");
        assert_eq!(shown["reason"], "opush was stopped before the answer came");
    }
}

/// As under `nohup`.
#[test]
fn a_send_that_was_started_to_ignore_sighup_goes_on() {
    let (vendor, home) = waiting_send();
    let slow = home.command(&SLOW);
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "trap '' HUP; exec \"$0\" \"$@\""]).arg(slow.get_program()).args(slow.get_args());
    shell.env_clear().envs(slow.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.current_dir(home.work());
    let mut child = shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    until("the push is on its way", || !vendor.unicasts().is_empty());
    signal(&child, "HUP");
    assert!(child.try_wait().unwrap().is_none());
    signal(&child, "INT");
    assert_eq!(ended(&mut child).code(), Some(130));
}

#[test]
fn ctrl_c_ends_a_send_that_waits_for_a_busy_database_after_its_answer() {
    let holder: Arc<Mutex<Option<rusqlite::Connection>>> = Arc::default();
    let path: Arc<OnceLock<PathBuf>> = Arc::default();
    let vendor = Vendor::start({
        let (holder, path) = (holder.clone(), path.clone());
        move |request, _| match request.is_auth() {
            true => Reply::Keep(json(r#"{"code":0,"data":{"auth_token":"some-token","create_time":1}}"#)),
            false => {
                let connection = rusqlite::Connection::open(path.get().unwrap()).unwrap();
                connection.execute_batch("BEGIN IMMEDIATE").unwrap();
                *holder.lock().unwrap() = Some(connection);
                Reply::Keep(json(r#"{"code":0,"data":{"messageId":"1-1-1-a"}}"#))
            }
        }
    });
    let home = Home::with_config(&config_at(&vendor.url())).variable("SECRET", "master-secret");
    path.set(home.state_home().join("state.db")).unwrap();
    let mut child = start(&home, &[&SLOW[..], &["--json"]].concat());
    until("the answer is on its way", || holder.lock().unwrap().is_some());
    // The child reads the answer and waits for the database; a signal that comes before that ends it as well.
    std::thread::sleep(Duration::from_millis(300));
    let began = Instant::now();
    signal(&child, "INT");
    let code = ended(&mut child).code();
    assert!(began.elapsed() < Duration::from_secs(20), "it waited for the database to the end");
    let printed: Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    match code {
        // OPPO's answer was there, and that the history does not know it is the error.
        Some(1) => {
            assert_eq!((&printed["status"], &printed["message_id"]), (&"accepted".into(), &"1-1-1-a".into()));
            assert_eq!(printed["error"]["kind"], "state-database", "{printed}");
        }
        code => {
            assert_eq!((code, &printed["error"]["kind"]), (Some(130), &"interrupted".into()), "{printed}")
        }
    }
    drop(holder.lock().unwrap().take());
    let (_, shown) = home.json(&["history", "show", "1"]);
    assert_eq!(shown["status"], "unknown");
}

#[test]
fn a_send_killed_while_it_waits_is_unknown() {
    for name in ["KILL", "TERM", "HUP"] {
        let (vendor, home) = waiting_send();
        let mut child = start(&home, &SLOW);
        until("the push is on its way", || !vendor.unicasts().is_empty());
        signal(&child, name);
        assert!(!ended(&mut child).success(), "{name}");
        let (_, shown) = home.json(&["history", "show", "1"]);
        assert_eq!(shown["status"], "unknown", "{name}");
        assert_eq!(shown["reason"], "opush was stopped before the answer came", "{name}");
    }
}

/// As under `nohup`, or started by a script with `&`.
#[test]
fn a_test_of_signals_passes_where_its_caller_ignores_them() {
    let itself = std::env::current_exe().unwrap();
    let script =
        "trap '' HUP INT QUIT TERM; exec \"$0\" --exact kills::a_send_killed_while_it_waits_is_unknown";
    let output = std::process::Command::new("sh").args(["-c", script]).arg(itself).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// The lock for authenticating does not outlive its holder.
#[test]
fn a_send_killed_while_it_authenticates_does_not_keep_the_lock() {
    let vendor = Vendor::start(|request, before| match (request.is_auth(), before) {
        (true, 0) => Reply::Hang(Vec::new()),
        (true, _) => Reply::Keep(json(r#"{"code":0,"data":{"auth_token":"some-token","create_time":1}}"#)),
        (false, _) => Reply::Keep(json(r#"{"code":0,"data":{"messageId":"1-1-1-aa"}}"#)),
    });
    let (_, home) = waiting_send();
    let config = home.read("opush.toml");
    let line = config.lines().find(|line| line.starts_with("endpoint")).unwrap();
    home.write("opush.toml", config.replace(line, &format!("endpoint = \"{}\"", vendor.url())));
    let mut child = start(&home, &SLOW);
    until("it authenticates", || vendor.auths() == 1);
    signal(&child, "KILL");
    ended(&mut child);
    let (code, sent) = home.json(&SLOW);
    assert_eq!((code, &sent["status"]), (0, &"accepted".into()));
    assert_eq!(vendor.auths(), 2);
}

#[test]
fn a_sandbox_that_gets_a_signal_stops_cleanly() {
    for name in ["TERM", "INT"] {
        let home = Home::new();
        let mut sandbox = home.sandbox(&[]);
        let entry = home.state_home().join("sandbox.json");
        assert!(entry.exists());
        // A connection without a request must not hold it up.
        let _idle = std::net::TcpStream::connect(sandbox.url.strip_prefix("http://").unwrap()).unwrap();
        signal(&sandbox.child, name);
        assert_eq!(ended(&mut sandbox.child).code(), Some(0), "{name}");
        assert!(!entry.exists(), "{name}");
        home.run(&["sandbox", "phone", "list"]).expect(0);
    }
}

#[test]
fn the_entry_of_a_killed_sandbox_is_ignored() {
    let home = Home::new();
    let mut sandbox = home.sandbox(&[]);
    let reg_id = items(&home, &["sandbox", "phone", "list"])[0]["reg_id"].as_str().unwrap().to_owned();
    sandbox.child.kill().unwrap();
    sandbox.child.wait().unwrap();
    assert!(home.state_home().join("sandbox.json").exists());
    let send = ["send", "--profile", "sandbox", "--reg-id", &reg_id, "--title", "Hi", "--content", "hello"];
    let (code, sent) = home.json(&send);
    assert_eq!((code, &sent["status"]), (0, &"accepted".into()), "{sent}");
    // The next one takes its place.
    let next = home.sandbox(&[]);
    let entry = std::fs::read_to_string(home.state_home().join("sandbox.json")).unwrap();
    assert!(entry.contains(&next.url), "{entry}");
}
