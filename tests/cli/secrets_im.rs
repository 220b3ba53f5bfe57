//! The IM server's secrets never leak: the secret key in every place that can hold it, and every UserSig made with it.

use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::harness::{Home, Ran};
use super::processes::{free_address, until};
use super::secrets::{contains, mode};
use super::vendor::{Received, Reply, Vendor, answer, json as as_json};

const PLAIN: &str = "canary-im-plain-secret-key";
const VARIABLE: &str = "canary-im-variable-secret-key";
const FILE: &str = "canary-im-file-secret-key";
const COMMAND: &str = "canary-im-command-secret-key";
const KEYS: [&str; 4] = [PLAIN, VARIABLE, FILE, COMMAND];
const PROFILES: [&str; 4] = ["plain", "variable", "file", "command"];
const REG_ID: &str = "CN_0123456789abcdef0123456789abcdef";

/// A home with a profile for each way in which a secret key is kept, all with their IM server here, and one of the sandbox.
fn home(endpoint: &str) -> Home {
    let home = Home::new().variable("IM_KEY", VARIABLE).variable("MASTER", "canary-im-master-secret");
    let mut toml = "default_profile = \"plain\"\n".to_owned();
    let keys = [
        ("plain", format!("{PLAIN:?}")),
        ("variable", "{ env = \"IM_KEY\" }".to_owned()),
        ("file", "{ file = \"key\" }".to_owned()),
        ("command", "{ command = [\"cat\", \"printed\"] }".to_owned()),
        ("box", format!("{PLAIN:?}")),
    ];
    for (number, (name, key)) in keys.into_iter().enumerate() {
        let (region, endpoint) = match name {
            "box" => ("sandbox", String::new()),
            _ => ("cn", format!("endpoint = {endpoint:?}\n")),
        };
        toml += &format!(
            "[profile.{name}]\nregion = {region:?}\npackage = \"com.example.demo\"\n{endpoint}[profile.{name}.im]\n\
             sdk_app_id = 140000000{number}\nadmin = \"administrator\"\nsecret_key = {key}\n{endpoint}\
             [[profile.{name}.certificate]]\nid = 7005\napp_id = \"4000{number}\"\napp_key = \"key-of-{name}\"\n\
             master_secret = {{ env = \"MASTER\" }}\nchannel_id = \"tuikit\"\n"
        );
    }
    home.write("opush.toml", toml);
    home.write("key", FILE);
    home.write("printed", COMMAND);
    for file in ["opush.toml", "key", "printed"] {
        std::fs::set_permissions(home.file(file), std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    home.run(&["config", "trust"]).expect(0);
    home
}

/// The UserSig that a request of the IM server's API carries.
fn user_sig(request: &Received) -> Option<String> {
    let target = request.head.lines().next()?.split(' ').nth(1)?;
    let query = target.split_once('?')?.1;
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "usersig")
        .map(|(_, sig)| sig.into_owned())
}

/// Both sides of the chain, as they should answer.
fn good(request: &Received) -> Reply {
    let at = request.head.split([' ', '?']).nth(1).unwrap_or_default();
    let mut body = json!({ "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0 });
    let more = match at.rsplit('/').next().unwrap_or_default() {
        "auth" => {
            let token = r#"{"code":0,"message":"","data":{"auth_token":"t","create_time":1700000000000}}"#;
            return Reply::Keep(as_json(token));
        }
        "unicast" => {
            let id = r#"{"code":0,"message":"","data":{"messageId":"30001-1-1-0123456789abcdef01234567"}}"#;
            return Reply::Keep(as_json(id));
        }
        "query_online_status" => json!({ "QueryResult": [
            { "To_Account": "bob", "Status": "PushOnline", "Detail": [{ "Platform": "Android", "Status": "PushOnline" }] },
            { "To_Account": "administrator", "Status": "Offline" },
        ] }),
        "account_check" => json!({ "ResultItem": [
            { "UserID": "bob", "ResultCode": 0, "ResultInfo": "", "AccountStatus": "Imported" },
            { "UserID": "administrator", "ResultCode": 0, "ResultInfo": "", "AccountStatus": "Imported" },
        ] }),
        "sendmsg" => json!({ "MsgTime": 1_700_000_000, "MsgKey": "1_2_3" }),
        "normal_push_trace" => {
            json!({ "InstanceTrace": [{ "InstanceId": 1, "PushTime": "2026-01-01 00:00:00", "Token": REG_ID }] })
        }
        "normal_push_loss" => {
            json!({ "ReadyToSendLoss": [{ "ErrCode": "-2", "ErrCount": 1, "ErrInfo": "no token" }] })
        }
        _ => json!({}),
    };
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Reply::Keep(as_json(&body.to_string()))
}

/// A server, and the arguments of processes in which a secret was seen while it was asked.
fn server(answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> (Vendor, Arc<Mutex<Vec<String>>>) {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let found = seen.clone();
    let vendor = Vendor::start(move |request, _| {
        let secrets: Vec<String> = KEYS.map(str::to_owned).into_iter().chain(user_sig(request)).collect();
        found.lock().unwrap().extend(
            arguments().into_iter().filter(|line| secrets.iter().any(|secret| line.contains(secret))),
        );
        answer(request)
    });
    (vendor, seen)
}

/// The command line of every process that may be looked at.
fn arguments() -> Vec<String> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let lines = processes.filter_map(|process| std::fs::read(process.path().join("cmdline")).ok());
    lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " ")).collect()
}

struct Watch {
    home: Home,
    said: Vec<Ran>,
    user_sigs: Vec<String>,
}

impl Watch {
    fn new(endpoint: &str) -> Watch {
        Watch { home: home(endpoint), said: Vec::new(), user_sigs: Vec::new() }
    }

    #[track_caller]
    fn run(&mut self, line: &str, codes: &[i32]) {
        self.run_with(line, "", codes);
    }

    #[track_caller]
    fn run_with(&mut self, line: &str, stdin: &str, codes: &[i32]) {
        let args: Vec<&str> = line.split(' ').collect();
        let ran = self.home.run_with(&args, stdin);
        assert!(codes.contains(&ran.code), "{ran}");
        self.said.push(ran);
    }

    /// What the server was sent, and what `im usersig` printed.
    fn hold(&mut self, vendor: &Vendor) {
        self.user_sigs.extend(vendor.received().iter().filter_map(user_sig));
        assert!(!self.user_sigs.is_empty() && self.user_sigs.iter().all(|sig| sig.len() > 100));
        // A part of one would do to find the rest.
        let parts = self.user_sigs.iter().map(|sig| sig[sig.len() / 2..].to_owned());
        let secrets: Vec<String> = KEYS.map(str::to_owned).into_iter().chain(parts).collect();
        for ran in &self.said {
            let text = ran.to_string();
            for secret in &secrets {
                assert!(!text.contains(secret.as_str()), "{secret} was said:\n{text}");
            }
        }
        for entry in walkdir::WalkDir::new(self.home.path()).into_iter().map(Result::unwrap) {
            if !entry.file_type().is_file() {
                continue;
            }
            let name = entry.path().strip_prefix(self.home.path()).unwrap().display().to_string();
            let bytes = std::fs::read(entry.path()).unwrap();
            for secret in secrets.iter().filter(|secret| contains(&bytes, secret.as_bytes())) {
                assert!(allowed(&name, secret), "{secret} is in {name}");
                assert_eq!(mode(entry.path()), 0o600, "{name} holds a secret");
            }
        }
    }
}

/// The places where a key is meant to be; a UserSig has none.
fn allowed(name: &str, secret: &str) -> bool {
    match secret {
        PLAIN => name == "work/opush.toml" || name.starts_with(".local/state/opush/sandbox.db"),
        FILE => name == "work/key",
        COMMAND => name == "work/printed",
        _ => false,
    }
}

#[test]
fn no_command_says_or_writes_a_key_or_a_user_sig() {
    let (vendor, arguments) = server(good);
    let mut watch = Watch::new(&vendor.url());
    for profile in PROFILES {
        for line in [
            "im check",
            "im state bob",
            "im account bob",
            "im send --to bob --text hi --title Alice --ext extKey=value",
            "im send --to bob --text hi --dry-run",
            "im kick bob",
            "im trace p1",
            "im loss --since 24h",
            "token report --user bob --reg-id CN_0123456789abcdef0123456789abcdef",
            "send --user bob --title Alice --content hello",
            "send --user bob --title Alice --content hello --dry-run",
            "presence explain --user bob",
            "presence show --user bob",
            "presence set --user bob killed",
            "snippet all",
            "config check",
            "cert edit 7005 --name x --dry-run",
        ] {
            watch.run(&format!("{line} --profile {profile} --verbose"), &[0]);
            if profile == "plain" {
                watch.run(&format!("{line} --profile {profile} --json"), &[0]);
            }
        }
        watch.run(&format!("profile show {profile} --verbose"), &[0]);
        watch.run(&format!("profile show {profile} --json"), &[0]);
        watch.run(&format!("snippet all --out out-{profile} --profile {profile} --verbose"), &[0]);
        // Its stdout is the one place for a UserSig; nothing else of it may be.
        for more in ["", " --verbose", " --json", " --expire 1h"] {
            let line = format!("im usersig --user bob --profile {profile}{more}");
            let args: Vec<&str> = line.split(' ').collect();
            let ran = watch.home.run(&args).expect(0);
            let sig = match more {
                " --json" => ran.json()["user_sig"].as_str().unwrap().to_owned(),
                _ => ran.stdout.trim_end().to_owned(),
            };
            assert!(!sig.contains(char::is_whitespace) && sig.len() > 100, "the UserSig alone: {ran}");
            assert!(!ran.stderr.contains(&sig[20..60]) && !ran.to_string().contains("canary"), "{ran}");
            watch.run_with(&format!("im usersig --verify --profile {profile} --verbose"), &sig, &[0]);
            watch.run_with(&format!("im usersig --verify --profile {profile} --json"), &sig, &[0]);
            let broken = sig.replacen(&sig[30..31], "_", 1) + "x";
            watch.run_with(&format!("im usersig --verify --profile {profile} --verbose"), &broken, &[4]);
            watch.user_sigs.push(sig);
        }
    }
    for line in [
        "history list --json",
        "history show 1 --verbose",
        "token export",
        "token list",
        "profile list",
        "config schema",
    ] {
        watch.run(line, &[0]);
    }
    watch.hold(&vendor);
    assert_eq!(*arguments.lock().unwrap(), [""; 0], "a secret is in the arguments of a process");
}

#[test]
fn a_sandbox_keeps_the_key_to_itself() {
    let (vendor, _) = server(good);
    let mut watch = Watch::new(&vendor.url());
    watch.run("im check", &[0]);
    for runs in [false, true] {
        let sandbox = runs.then(|| watch.home.sandbox(&["--verbose"]));
        for (line, codes) in [
            ("im check", &[0][..]),
            ("sandbox phone login p --user bob", &[0, 1]),
            ("sandbox phone kill p", &[0]),
            ("im send --to bob --text hi --title Alice", &[0]),
            ("im state bob", &[0]),
            ("im kick bob", &[0]),
            ("presence explain --user bob", &[0]),
            ("sandbox phone show p", &[0]),
        ] {
            if line.contains("login") && !runs {
                watch.run("sandbox phone add --name p --profile box", &[0]);
            }
            watch.run(&format!("{line} --profile box --verbose"), codes);
            watch.run(&format!("{line} --profile box --json"), codes);
        }
        drop(sandbox);
    }
    watch.hold(&vendor);
}

/// Whatever a server does with what it was sent, nothing of it is said or kept.
#[test]
fn a_server_that_refuses_and_echoes_is_masked() {
    fn refusal(request: &Received, code: i64) -> Reply {
        let info = format!("you sent {} in {}", user_sig(request).unwrap_or_default(), request.head);
        Reply::Keep(as_json(
            &json!({ "ActionStatus": "FAIL", "ErrorInfo": info, "ErrorCode": code }).to_string(),
        ))
    }
    fn page(request: &Received) -> Reply {
        Reply::Close(answer("502 Bad Gateway", "text/html", request.head.as_bytes()))
    }
    fn away(request: &Received) -> Reply {
        let sig = user_sig(request).unwrap_or_default();
        Reply::Close(format!("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://example.com/?usersig={sig}\r\n\r\n").into_bytes())
    }
    type Answer = fn(&Received) -> Reply;
    let answers: [(Answer, &[i32]); 5] = [
        (|request| refusal(request, 70003), &[5]),
        (|request| refusal(request, 90043), &[5]),
        (|request| refusal(request, 60008), &[5, 6]),
        (page, &[6]),
        (away, &[6]),
    ];
    for (answer, codes) in answers {
        let (vendor, arguments) = server(answer);
        let mut watch = Watch::new(&vendor.url());
        for line in [
            "check",
            "state bob",
            "account bob",
            "send --to bob --text hi",
            "kick bob",
            "trace p1",
            "loss --since 24h",
        ] {
            watch.run(&format!("im {line} --verbose --timeout 5s"), codes);
            watch.run(&format!("im {line} --json --timeout 5s"), codes);
        }
        watch.run("presence explain --user bob --verbose", &[0]);
        watch.run("send --user bob --title Alice --content hello --verbose", &[9]);
        watch.run("history show 1 --json", &[0]);
        watch.hold(&vendor);
        assert_eq!(*arguments.lock().unwrap(), [""; 0]);
    }
}

#[test]
fn the_webhook_prints_and_stores_no_key() {
    let (vendor, _) = server(good);
    let mut watch = Watch::new(&vendor.url());
    watch.run("im check", &[0]);
    for more in ["--verbose", "--json"] {
        let args = [
            "im",
            "webhook",
            "listen",
            "--count",
            "1",
            "--listen",
            "127.0.0.1:0",
            "--profile",
            "command",
            more,
        ];
        let free = free_address();
        let args: Vec<&str> =
            args.iter().map(|arg| if *arg == "127.0.0.1:0" { free.as_str() } else { arg }).collect();
        let child = watch
            .home
            .command(&args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let body = r#"{"CallbackCommand":"State.StateChange","Info":{"Action":"Logout","To_Account":"bob","Reason":"Unregister"}}"#;
        let mut stream = None;
        until("it listens", || {
            stream = std::net::TcpStream::connect(&free).ok();
            stream.is_some()
        });
        let mut stream = stream.unwrap();
        let request = format!(
            "POST /?SdkAppid=1400000003&CallbackCommand=State.StateChange HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let said =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && !said.contains("canary"), "{said}");
    }
    watch.hold(&vendor);
}

/// A configuration that is wrong shows its lines, and the difference of an edit shows both, without the key in them.
#[test]
fn lines_of_the_file_are_shown_without_the_key() {
    for line in [
        "secret_key = \"canary-im-1\" x",
        "secret_key = canary-im-1",
        "secret_key = \"canary-im-1",
        "secretkey = \"canary-im-1\"",
        "secret_key = [\"canary-im-1\"]",
        "secret_key = { plain = \"canary-im-1\" }",
        "secret_key = { env = \"canary-im-1\" }",
        "secret_key = \"canary-im-1\"\nregion = \"nowhere\"",
    ] {
        let toml =
            format!("[profile.a]\nregion = \"cn\"\n[profile.a.im]\nsdk_app_id = 1\nadmin = \"x\"\n{line}\n");
        let home = Home::with_config(&toml);
        for args in [
            vec!["config", "check"],
            vec!["config", "check", "--json"],
            vec!["im", "check", "--verbose"],
            vec!["profile", "show", "a"],
        ] {
            let ran = home.run(&args);
            assert!(!ran.to_string().contains("canary-im-1"), "{line}\n{ran}");
        }
    }
    let (vendor, _) = server(good);
    let mut watch = Watch::new(&vendor.url());
    watch.run("im check", &[0]);
    for line in [
        "cert edit 7005 --app-key other --dry-run",
        "cert edit 7005 --app-key other",
        "cert remove 7005 --yes",
    ] {
        watch.run(&format!("{line} --verbose"), &[0]);
    }
    let value: Value = watch.home.json(&["profile", "show", "plain"]).1;
    assert!(value.to_string().contains("set (plain text)"), "{value}");
    watch.hold(&vendor);
}
