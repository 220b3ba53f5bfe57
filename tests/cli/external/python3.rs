//! Python's standard library on the other side: a client of its own sends through the sandbox, and its parsers read what
//! opush writes.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use super::tls::AloneSandbox;
use crate::harness::Home;

fn python(home: &Home, args: &[&str]) -> Output {
    Command::new("python3").args(args).current_dir(home.work()).output().unwrap()
}

#[track_caller]
fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_client_of_its_own_is_taken_in_every_dialect() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo"]);
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/external/client.py");
    let reg_id = phone["reg_id"].as_str().unwrap();
    let credentials = ["sandbox-demo-app-key", "sandbox-demo-master-secret"];
    let output =
        python(&home, &[client.to_str().unwrap(), &sandbox.url, credentials[0], credentials[1], reg_id]);
    let sent: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let sent = sent.as_object().unwrap();
    assert_eq!(sent.len(), 6);

    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo"]);
    let shown = phone["notifications"].as_array().unwrap();
    assert_eq!(shown.len(), sent.len());
    for (name, message_id) in sent {
        let one = shown.iter().find(|one| &one["message_id"] == message_id).unwrap();
        assert_eq!(&one["title"], name);
    }
    let text = "héllo 你好 👋 & + %";
    assert!(shown.iter().any(|one| one["title"] == "documented" && one["content"] == text));
    let camel = &sent["camel"];
    let (_, tapped) =
        home.json(&["sandbox", "phone", "tap", "demo", "--message-id", camel.as_str().unwrap()]);
    assert_eq!(tapped["target"], "com.example.demo.SplashActivity");
    assert_eq!(tapped["extras"], serde_json::json!({"k": "v"}));
}

#[test]
fn what_is_printed_as_json_is_one_object() {
    let home = Home::new();
    let reg_id = "CN_00000000000000000000000000000001";
    let commands: [&[&str]; 8] = [
        &["sandbox", "phone", "list"],
        &["token", "report", "--profile", "sandbox", "--user", "爱丽丝 \"👋\"", "--reg-id", reg_id],
        &["token", "list", "--profile", "sandbox"],
        &["send", "--profile", "sandbox", "--reg-id", reg_id, "--title", "\u{7f}\"\\", "--content", "a\nb"],
        &["send", "--profile", "sandbox", "--alias", "nobody", "--title", "👋", "--content", "c"],
        &["history", "list"],
        &["explain", "67"],
        &["nonsense"],
    ];
    let read = "import json,sys\nvalue = json.loads(sys.stdin.buffer.read().decode('utf-8'))\nassert type(value) is dict\n";
    for command in commands {
        let ran = home.run(&[command, &["--json"]].concat());
        home.write("printed.json", &ran.stdout);
        let output = Command::new("python3")
            .args(["-c", read])
            .stdin(std::fs::File::open(home.file("printed.json")).unwrap())
            .output()
            .unwrap();
        assert!(output.status.success(), "{ran}\n{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_ready_file_and_the_schema_are_json_to_others() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let mut files = std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().path());
    let ready = files.find(|path| path.extension().is_some_and(|ending| ending == "json")).unwrap();
    let read = "import json,sys\nprint(json.load(open(sys.argv[1], encoding='utf-8'))['url'])\n";
    assert_eq!(stdout(&python(&home, &["-c", read, ready.to_str().unwrap()])).trim(), sandbox.url);
    let schema = home.run(&["config", "schema"]).expect(0);
    home.write("schema.json", &schema.stdout);
    let read = "import json,sys\nprint(*json.load(open(sys.argv[1], encoding='utf-8'))['properties'])\n";
    let names = stdout(&python(&home, &["-c", read, "schema.json"]));
    assert!(names.split_whitespace().eq(["default_profile", "history", "profile"]), "{names}");
}

/// The names and values that TOML writers get wrong: quotes, backslashes, other scripts, a date.
#[test]
fn tomllib_reads_the_configuration_that_opush_writes() {
    let home = Home::with_config("# mine\r\n\r\n");
    let odd = "a \"b\" 'c' \\ \u{e9}你好👋 # = [x]";
    home.run(&["profile", "add", "demo-1", "--region", "cn"]).expect(0);
    for (id, click) in [("7005", "open-app"), ("7006", "activity:com.example.A$B")] {
        let args = [
            ["cert", "add", "--id", id],
            ["--name", id, "--app-id", "30001"],
            ["--app-key", odd, "--channel-id", "tuikit"],
            ["--click", click, "--master-secret-env", "SECRET"],
            ["--saved-at", "2026-01-02T03:04:05Z", "--profile", "demo-1"],
        ];
        home.run(&args.concat()).expect(0);
    }
    let read = "import tomllib,json\nprint(json.dumps(tomllib.load(open('opush.toml','rb')), default=str))\n";
    let value: Value = serde_json::from_str(&stdout(&python(&home, &["-c", read]))).unwrap();
    assert_eq!(value["default_profile"], "demo-1");
    let certificates = value["profile"]["demo-1"]["certificate"].as_array().unwrap();
    assert_eq!(certificates.len(), 2);
    assert_eq!(certificates[0]["app_key"], odd);
    assert_eq!(certificates[0]["master_secret"], json!({"env": "SECRET"}));
    assert_eq!(certificates[0]["saved_at"], "2026-01-02 03:04:05+00:00");
    assert_eq!(certificates[1]["id"], 7006);
    assert_eq!(certificates[1]["click"], json!({"action": "activity", "activity": "com.example.A$B"}));
}

#[test]
fn a_sender_that_knows_the_real_hosts_reaches_the_sandbox_alone() {
    let sandbox = AloneSandbox::start();
    sandbox.source("sender.py", include_str!("tls/sender.py"));
    let said = sandbox.succeed("python", &["python3", "sender.py"]);
    assert!(said.contains("another host: ") && said.contains("403"), "{said}");
    sandbox.has_received("from Python");
}
