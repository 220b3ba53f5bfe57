//! `opush send --wait`: the receipt that comes, the one that does not, what each says, and what must be there first.

use std::process::{Child, Stdio};

use serde_json::{Value, json};

use super::harness::{Home, Ran, Sandbox};
use super::masks::plain;
use super::processes::{ended, ready_file, signal, with_enough_time};
use super::send::{demo, send, willing};

/// A phone in the sandbox; its regId.
fn phone(home: &Home, name: &str) -> String {
    let (_, phone) = home.json(&["sandbox", "phone", "add", "--name", name]);
    phone["reg_id"].as_str().unwrap().to_owned()
}

fn to<'a>(reg_id: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let send =
        ["send", "--profile", "sandbox", "--reg-id", reg_id, "--title", "Hello", "--content", "first push"];
    [&send, more].concat()
}

/// Sets a fault of the sandbox, by a request of our own making.
fn fault(sandbox: &Sandbox, fault: &str) {
    use std::io::{Read, Write};
    let address = sandbox.url.trim_start_matches("http://");
    let body = json!({ "fault": fault }).to_string();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let head = format!("POST /_sandbox/v1/faults HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
}

/// Without what differs from run to run.
fn steady(home: &Home, ran: &Ran) -> String {
    let text = plain(home, ran);
    let lines = text.lines().map(|line| match line.split_once(" after ") {
        Some((before, after)) => {
            let rest = after.split_once(" s").map_or("", |(_, rest)| rest);
            format!("{before} after <n> s{rest}")
        }
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn in_the_sandbox_nothing_has_to_be_set_up() {
    let home = Home::new();
    let reg_id = phone(&home, "find-x");
    let ran = home.run(&to(&reg_id, &["--wait", "50s"])).expect(0);
    let text = steady(&home, &ran).replace(&reg_id, "<reg_id>");
    insta::assert_snapshot!(text, @r"
    $ opush send --profile sandbox --reg-id CN_<32 hex> --title Hello --content first push --wait <n>s
    accepted   30001-1-1-<24 hex>   sandbox (sandbox), certificate 1, <n> ms
    arrived    push_arrive after <n> s: it reached OPPO's client on the phone
               that says nothing of whether it was shown
    stderr: accepted; waiting for its receipt, at most <n>s
    exit code 0
    ");
    let (code, result) = home.json(&to(&reg_id, &["--wait", "50s"]));
    assert_eq!((code, &result["status"], &result["error"]), (0, &json!("accepted"), &Value::Null));
    let receipt = &result["receipt"];
    assert_eq!((&receipt["event"], &receipt["reg_id"]), (&json!("push_arrive"), &json!(reg_id)));
    assert!(receipt["event_at"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn a_running_sandbox_posts_to_the_send_as_well() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let reg_id = phone(&home, "find-x");
    let (code, result) = home.json(&to(&reg_id, &["--wait", "50s"]));
    assert_eq!((code, &result["receipt"]["event"]), (0, &json!("push_arrive")));
    let posted: Value = serde_json::from_str(&sandbox.get("/_sandbox/v1/receipts")).unwrap();
    let posted = &posted["items"][0];
    assert_eq!((&posted["message_id"], &posted["stage"]), (&result["message_id"], &json!("posted")));
    // The path holds a secret, and the push a parameter of its own.
    let url = posted["url"].as_str().unwrap();
    assert_eq!(url.rsplit('/').next().map(str::len), Some(32), "{url}");
    assert!(posted["param"].as_str().unwrap().starts_with("opush-"));
}

#[test]
fn a_phone_that_stays_offline_ends_the_wait_without_a_receipt() {
    let home = Home::new();
    let reg_id = phone(&home, "find-x");
    home.run(&["sandbox", "phone", "offline", "find-x"]).expect(0);
    let ran = home.run(&to(&reg_id, &["--wait", "100ms"])).expect(8);
    let text = steady(&home, &ran).replace(&reg_id, "<reg_id>");
    insta::assert_snapshot!(text, @r"
    $ opush send --profile sandbox --reg-id CN_<32 hex> --title Hello --content first push --wait 100ms
    accepted   30001-1-1-<24 hex>   sandbox (sandbox), certificate 1, <n> ms
    no receipt
    stderr: accepted; waiting for its receipt, at most <n> ms
    stderr: error: --wait: no receipt came within <n> ms
    stderr:   see what became of it on the phone: opush --profile sandbox sandbox phone list
    exit code 8
    ");
    let (code, result) = home.json(&to(&reg_id, &["--wait", "100ms"]));
    assert_eq!((code, &result["status"], &result["receipt"]), (8, &json!("accepted"), &Value::Null));
    assert_eq!(result["error"]["kind"], "no-receipt");
    assert_eq!(result["error"]["place"], "--wait");
}

#[test]
fn a_receipt_that_says_no_fails_the_wait_with_its_meaning() {
    let home = Home::new();
    let old = phone(&home, "find-x");
    home.run(&["sandbox", "phone", "set", "find-x", "--new-reg-id"]).expect(0);
    let ran = home.run(&to(&old, &["--wait", "50s"])).expect(8);
    let text = steady(&home, &ran).replace(&old, "<reg_id>");
    insta::assert_snapshot!(text, @r"
    $ opush send --profile sandbox --reg-id CN_<32 hex> --title Hello --content first push --wait <n>s
    accepted   30001-1-1-<24 hex>   sandbox (sandbox), certificate 1, <n> ms
    not delivered   regid_invalid after <n> s
    stderr: accepted; waiting for its receipt, at most <n>s
    stderr: error: --wait: OPPO accepted the push and then reported regid_invalid: the regId is no longer valid: uninstalled, unregistered, flashed, or offline for over 30 days
    stderr:   let the app register again on that phone and report the new regId: opush --profile sandbox snippet token
    exit code 8
    ");
    let (code, result) = home.json(&to(&old, &["--wait", "50s"]));
    assert_eq!((code, &result["receipt"]["event"]), (8, &json!("regid_invalid")));
    assert_eq!(result["error"]["kind"], "not-delivered");
}

#[test]
fn a_push_that_is_held_back_at_night_fails_the_wait_by_name() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let reg_id = phone(&home, "find-x");
    fault(&sandbox, "night-control");
    let (code, result) = home.json(&to(&reg_id, &["--wait", "50s"]));
    assert_eq!((code, &result["receipt"]["event"]), (8, &json!("message_night_control")), "{result}");
}

#[test]
fn a_device_over_its_daily_limit_fails_the_wait() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let reg_id = phone(&home, "find-x");
    fault(&sandbox, "daily-limit=1");
    assert_eq!(home.json(&to(&reg_id, &["--wait", "50s"])).0, 0);
    let (code, result) = home.json(&to(&reg_id, &["--wait", "50s"]));
    assert_eq!((code, &result["receipt"]["event"]), (8, &json!("user_daily_limit")));
    assert!(result["error"]["message"].as_str().unwrap().contains("as OPPO allows in a day"), "{result}");
}

#[test]
fn each_device_of_a_user_is_waited_for() {
    let home = Home::new();
    let (here, away) = (phone(&home, "find-x"), phone(&home, "find-n"));
    home.run(&["sandbox", "phone", "offline", "find-n"]).expect(0);
    for (device, reg_id) in [("x", &here), ("n", &away)] {
        let report = ["token", "report", "--profile", "sandbox", "--user", "alice", "--device", device];
        home.run(&[&report[..], &["--reg-id", reg_id, "--certificate", "1"]].concat()).expect(0);
    }
    let to_alice =
        ["send", "--profile", "sandbox", "--user", "alice", "--title", "Hello", "--content", "first push"];
    let events = with_enough_time(|wait| {
        let wait = format!("{}s", wait.as_secs());
        let (code, result) = home.json(&[&to_alice[..], &["--wait", &wait, "--force"]].concat());
        assert_eq!((code, &result["error"]["kind"]), (8, &json!("no-receipt")), "{result}");
        let items = result["items"].as_array().unwrap().iter();
        let events: Vec<(Value, Value)> =
            items.map(|item| (item["device"].clone(), item["receipt"]["event"].clone())).collect();
        (events[1].1 != Value::Null).then_some(events)
    });
    assert_eq!(events, [(json!("n"), Value::Null), (json!("x"), json!("push_arrive"))]);
}

#[test]
fn a_refused_push_is_not_waited_for() {
    let home = Home::new();
    let (code, result) = home.json(&send(&["--profile", "sandbox", "--wait", "10m"]));
    assert_eq!((code, &result["status"]), (5, &json!("refused")));
    assert_eq!(result.get("receipt"), None);
}

/// Nothing listens at the URL that is given, so that only the time can end it; what was sent carries that URL.
#[test]
fn a_real_profile_waits_with_its_own_callback_url() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let url = "https://push.example.com/r";
    let (code, result) = home.json(&send(&["--callback-url", url, "--wait", "100ms"]));
    assert_eq!((code, &result["receipt"], &result["error"]["kind"]), (8, &Value::Null, &json!("no-receipt")));
    assert!(
        result["error"]["hint"].as_str().unwrap().contains("opush receipt list --message-id "),
        "{result}"
    );
    let sent = super::send::message(&vendor.unicasts()[0]);
    assert_eq!(sent["notification"]["call_back_url"], url);
    assert_eq!(sent["notification"].get("call_back_parameter"), None);
}

/// `opush receipt listen` as a process of its own; killed when dropped.
struct Listener {
    child: Child,
    callback_url: String,
}

impl Listener {
    fn of(home: &Home) -> Listener {
        let args = ["receipt", "listen", "--ready-file", "listener.json"];
        let mut command = home.command(&args);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let ready = ready_file(&mut child, &home.file("listener.json"));
        Listener { child, callback_url: ready["callback_url"].as_str().unwrap().to_owned() }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The sandbox is used in place of the real service: to the profile it is an endpoint like any other.
#[test]
fn wait_sees_the_receipt_that_a_separate_listener_stores() {
    let there = Home::new();
    let sandbox = there.sandbox(&[]);
    let reg_id = phone(&there, "find-x");
    let home = Home::with_config(&format!(
        "[profile.demo]\nregion = \"cn\"\nendpoint = \"{}\"\npackage = \"com.example.demo\"\n\
         [[profile.demo.certificate]]\nid = 7005\napp_id = \"30001\"\napp_key = \"sandbox-demo-app-key\"\n\
         master_secret = {{ env = \"DEMO_SECRET\" }}\nchannel_id = \"tuikit\"\n",
        sandbox.url
    ))
    .variable("DEMO_SECRET", "sandbox-demo-master-secret");
    let listener = Listener::of(&home);
    let mut args = vec!["send", "--reg-id", &reg_id, "--title", "Hello", "--content", "first push"];
    args.extend(["--callback-url", &listener.callback_url, "--callback-parameter", "mine", "--wait", "50s"]);
    let (code, result) = home.json(&args);
    assert_eq!((code, &result["region"]), (0, &json!("cn")), "{result}");
    assert_eq!(result["receipt"]["event"], "push_arrive");
    let (_, kept) = home.json(&["receipt", "list"]);
    let kept = &kept["items"][0];
    assert_eq!((&kept["message_id"], &kept["parameter"]), (&result["message_id"], &json!("mine")), "{kept}");
}

/// No sandbox runs: each command has one in its own process, and posts what it brought about before it ends.
#[test]
fn a_command_that_brings_a_receipt_about_posts_it() {
    let home = Home::new();
    let listener = Listener::of(&home);
    let reg_id = phone(&home, "find-x");
    home.run(&["sandbox", "phone", "offline", "find-x"]).expect(0);
    home.run(&to(&reg_id, &["--callback-url", &listener.callback_url])).expect(0);
    let (_, kept) = home.json(&["receipt", "list"]);
    assert_eq!(kept["items"], json!([]));
    home.run(&["sandbox", "phone", "online", "find-x"]).expect(0);
    let (_, kept) = home.json(&["receipt", "list"]);
    assert_eq!(
        (&kept["items"][0]["event"], &kept["items"][0]["reg_id"]),
        (&json!("push_arrive"), &json!(reg_id))
    );
}

#[test]
fn ctrl_c_ends_the_wait() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let args = send(&["--callback-url", "https://push.example.com/r", "--wait", "10m"]);
    let mut child = home.command(&args).stderr(Stdio::piped()).spawn().unwrap();
    // It says so once it waits.
    let mut lines = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut lines, &mut line).unwrap();
    assert!(line.contains("waiting for its receipt"), "{line}");
    signal(&child, "INT");
    assert_eq!(ended(&mut child).code(), Some(130));
}
