//! `--timeout` bounds every wait of a command, and Ctrl-C ends it.

use std::fs::File;
use std::process::Stdio;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;

use super::harness::Home;
use super::processes::{ended, signal, start, until};
use super::prompts::Prompted;
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

/// At a terminal it stays in the group of opush, so that it may ask there.
#[cfg(target_os = "linux")]
#[test]
fn what_the_command_of_a_secret_started_ends_with_it_at_a_terminal_too() {
    let home = demo_with(NOBODY, "");
    let text = home.read("opush.toml");
    let line = text.lines().find(|line| line.starts_with("master_secret")).unwrap().to_owned();
    let script = "sleep 1000 & echo $! > pid.part; mv pid.part pid; wait";
    home.write(
        "opush.toml",
        text.replace(&line, &format!("master_secret = {{ command = [\"sh\", \"-c\", {script:?}] }}")),
    );
    home.run(&["config", "trust", "--yes"]).expect(0);
    let terminal = Prompted::start(&home, 100, &["cert", "verify", "--timeout", "2s"]);
    let (code, seen) = terminal.leave();
    assert!(code == 3 && seen.contains("did not end in time"), "{seen}");
    let pid = home.read("pid");
    let stat = || std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    let began = Instant::now();
    // Whoever inherits it may not have taken notice of its end yet.
    while !stat().is_empty() && !stat().contains(") Z ") {
        assert!(began.elapsed() < Duration::from_secs(60), "{}", stat());
        std::thread::yield_now();
    }
}

/// Runs with a stdin that stays open and silent.
#[track_caller]
fn ends_soon_on_silence(home: &Home, args: &[&str]) -> Value {
    let began = Instant::now();
    let mut command = home.command(&[args, &["--json", "--timeout", "1s"]].concat());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let _open = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    assert!(began.elapsed() < SOONER, "{args:?}: {:?}", began.elapsed());
    assert!(!output.status.success(), "{args:?}");
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["error"].clone()
}

#[test]
fn a_silent_stdin_is_waited_for_no_longer_than_the_flag_says() {
    let home = demo_with(NOBODY, "");
    let cert_add =
        "cert add --id 8 --app-id 30002 --app-key k --master-secret-stdin --channel-id c --no-input";
    for args in [
        "token import - --format csv",
        "send --reg-id CN_0123456789abcdef0123456789abcdef --message-file - --dry-run",
        "im send --profile sandbox --to bob --message-file - --dry-run",
        "im usersig --profile sandbox --verify",
        "click check -",
        "receipt listen --path-secret-stdin --listen 127.0.0.1:0",
        cert_add,
    ] {
        let error = ends_soon_on_silence(&home, &args.split(' ').collect::<Vec<_>>());
        let message = error["message"].as_str().unwrap();
        assert!(message.ends_with("nothing came through the pipe for 1 s"), "{args}: {error}");
    }
}

/// In a namespace of its own: a name server that takes each question and says nothing.
#[cfg(feature = "external")]
#[test]
fn a_name_server_that_never_answers_is_waited_for_no_longer_than_the_flag_says() {
    const SILENT: &str = r#"
        ip link set lo up
        printf 'nameserver 127.0.0.1\noptions timeout:30 attempts:5\n' > resolv.conf
        mount --bind resolv.conf /etc/resolv.conf
        python3 -c 'import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 53))
open("bound", "w").close()
time.sleep(1000)' &
        server=$!
        while [ ! -e bound ]; do sleep 0.1; done
        "$@"
        code=$?
        kill $server
        exit $code
    "#;
    let home = demo_with("https://push.example.com", "");
    for command in [&super::send::send(&[])[..], &["cert", "verify"], &["doctor"]] {
        let _ = std::fs::remove_file(home.file("bound"));
        let inner = home.command(&[command, &["--json", "--timeout", "1s"]].concat());
        let mut outer = std::process::Command::new("unshare");
        outer.args(["-rmn", "sh", "-c", SILENT, "sh"]).arg(inner.get_program()).args(inner.get_args());
        outer.current_dir(home.work()).env_clear();
        outer.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let began = Instant::now();
        let output = outer.stderr(Stdio::piped()).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(began.elapsed() < SOONER, "{command:?}: {:?}: {told}{complaints}", began.elapsed());
        let value: Value = serde_json::from_str(&told).unwrap_or_else(|_| panic!("{told}{complaints}"));
        if command[0] == "doctor" {
            assert!(told.contains("the name server did not answer in time"), "{told}");
        } else {
            assert_eq!(
                (output.status.code(), &value["error"]["kind"]),
                (Some(6), &"unreachable".into()),
                "{told}"
            );
        }
    }
}
