//! `receipt listen` and `receipt list` over real sockets: what is answered, shown, stored and found again.

mod hostile;
mod kills;
mod listener;
mod of_sandbox;

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use opush::clock::{Clock, Timestamp};
use opush::store::Store;
use opush::store::deliveries::{self, Completion, DeliveryTarget, NewDelivery, Outcome};
use serde_json::{Value, json};

use super::harness::{Home, Ran};
use listener::{Listener, item, listen};

const REG_ID: &str = "CN_00000000000000000000000000000001";

fn store(home: &Home) -> Store {
    let now = Timestamp::from_millisecond(1_700_000_000_000).unwrap();
    Store::open(&home.state_home().join("state.db"), Clock::fixed(now)).unwrap()
}

/// A push to alice in the history, as `send` leaves it.
fn push(home: &Home, message_id: &str, parameter: Option<&str>) -> i64 {
    let store = store(home);
    let new = NewDelivery {
        profile: "demo".into(),
        region: "cn".into(),
        certificate_id: Some(7005),
        app_id: None,
        user: Some("alice".into()),
        device: None,
        target: Some(DeliveryTarget::RegId(REG_ID.into())),
        app_message_id: None,
        call_back_parameter: parameter.map(str::to_owned),
        decision: "push".into(),
        request: "POST".into(),
        answer_within: Duration::from_secs(30),
    };
    let id = deliveries::begin(&store, &new).unwrap();
    let outcome = Outcome::Accepted { message_id: message_id.into() };
    deliveries::complete(&store, id, &Completion { outcome, tries: 1, answer: None }).unwrap();
    id.0
}

/// The list without its times.
fn plain(ran: &Ran) -> String {
    let shape =
        |word: &str| word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>();
    let word = |word: &str| match shape(word).as_str() {
        "0000-00-00" => "<date>".to_owned(),
        "00:00:00" => "<time>".to_owned(),
        _ => word.to_owned(),
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    ran.transcript().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn receipts_are_answered_shown_matched_and_found_again() {
    let home = Home::new();
    let number = push(&home, "m1", Some("order-7"));
    assert_eq!(number, 1);
    let listener = listen(&home, &[]);
    assert!(listener.callback_url.ends_with("/receipts"), "{}", listener.callback_url);
    let mine = item("m1", REG_ID, "push_arrive", json!({"param": "order-7"}));
    let two = item("m2", "r1, r2", "regid_invalid", json!({}));
    let odd = item("m3", "r3", "push_burnt", json!({"shelf": [1]}));
    assert_eq!(listener.post(&json!([mine, two])), (200, json!({"stored": 3})));
    assert_eq!(listener.post(&json!([mine])), (200, json!({"stored": 1})));
    assert_eq!(listener.post(&odd).0, 200);
    let (code, shown, _) = listener.stop();
    assert_eq!(code, 0);
    insta::assert_snapshot!(shown, @r"
    push_arrive  CN_00000000000000000000000000000001  message m1  push 1 to alice  parameter order-7
    regid_invalid  r1  message m2  no push known here
    regid_invalid  r2  message m2  no push known here
    push_arrive  CN_00000000000000000000000000000001  message m1  push 1 to alice  parameter order-7  again, 2 times
    push_burnt  r3  message m3  no push known here  an event that OPPO does not document
    4 stored (3 of no push known here), 1 repeated, 0 rejected, 0 failed
    ");
    insta::assert_snapshot!(plain(&home.run(&["receipt", "list"])), @r"
    $ opush receipt list
    RECEIVED (UTC)       REGID                                MESSAGE_ID  PARAMETER  PUSH                EVENT
    <date> <time>  r3                                   m3                     no push known here  push_burnt
    <date> <time>  r2                                   m2                     no push known here  regid_invalid
    <date> <time>  r1                                   m2                     no push known here  regid_invalid
    <date> <time>  CN_00000000000000000000000000000001  m1          order-7    push 1 to alice     push_arrive, 2 times

      push_arrive    reached OPPO's client on the phone; says nothing of display or click
      push_burnt     not among OPPO's documented events
      regid_invalid  the regId is no longer valid: uninstalled, unregistered, flashed, or offline for over 30 days
    exit code 0
    ");
    let (_, list) = home.json(&["receipt", "list", "--user", "alice"]);
    let [found] = &list["items"].as_array().unwrap()[..] else { panic!("{list}") };
    assert_eq!(
        (&found["history_id"], &found["seen"], &found["parameter"]),
        (&json!(1), &json!(2), &json!("order-7"))
    );
    assert_eq!(found["event_at"], "2023-11-14T22:13:20Z");
    let count = |args: &[&str]| {
        let (_, list) = home.json(&[&["receipt", "list"], args].concat());
        list["items"].as_array().unwrap().len()
    };
    assert_eq!(count(&["--unmatched"]), 3);
    assert_eq!(count(&["--event", "regid_invalid", "--limit", "1"]), 1);
    assert_eq!(count(&["--reg-id", "r2"]), 1);
    assert_eq!(count(&["--message-id", "m2"]), 2);
    assert_eq!(count(&["--history-id", "1"]), 1);
    assert_eq!(count(&["--since", "10m"]), 4);
    assert_eq!(count(&["--profile", "demo"]), 1);
}

#[test]
fn each_request_has_its_answer() {
    let home = Home::new();
    let listener = listen(&home, &[]);
    let good = json!([item("m1", "r1", "push_arrive", json!({}))]).to_string();
    let long = json!([item("m1", "r1", "push_arrive", json!({"pad": "x".repeat(300 * 1024)}))]).to_string();
    let deep = "[".repeat(50_000);
    let post = "POST /receipts HTTP/1.1";
    for (line, kind, body, status) in [
        (post, "application/json", good.as_bytes(), 200),
        // The body alone decides: what OPPO really sends as its type is not confirmed.
        (post, "text/plain", good.as_bytes(), 200),
        (post, "application/x-www-form-urlencoded", good.as_bytes(), 200),
        ("POST /receipts?a=1 HTTP/1.1", "application/json", good.as_bytes(), 200),
        (post, "application/json", b"[]", 400),
        (post, "application/json", b"not json", 400),
        (post, "application/json", b"", 400),
        (post, "application/json", b"[{\"messageId\": \"\xff\"}]", 400),
        (post, "application/json", deep.as_bytes(), 400),
        (post, "application/json", b"[{\"messageId\":\"m1\"}]", 400),
        (post, "application/json", long.as_bytes(), 413),
        ("POST / HTTP/1.1", "application/json", good.as_bytes(), 404),
        ("POST /receipts/ HTTP/1.1", "application/json", good.as_bytes(), 404),
        ("GET /receipts HTTP/1.1", "application/json", b"", 405),
        ("PUT /receipts HTTP/1.1", "application/json", good.as_bytes(), 405),
    ] {
        let (answered, _) = listener.send(line, kind, body);
        assert_eq!(
            answered,
            status,
            "{line} {kind} {}",
            String::from_utf8_lossy(&body[..body.len().min(80)])
        );
    }
    // What was not a receipt is kept aside as it came, the same for a body that is too long but for the body.
    let (_, rejected) = home.json(&["receipt", "list", "--rejected"]);
    let items = rejected["items"].as_array().unwrap();
    let kept: Vec<(&str, usize)> = items
        .iter()
        .map(|item| (item["why"].as_str().unwrap(), item["body"].as_str().unwrap().len()))
        .collect();
    assert_eq!(kept.len(), 7, "{kept:?}");
    assert_eq!(kept[0], ("the body is larger than 262144 bytes", 0));
    assert_eq!(kept[1], ("item 1: eventType is missing", "[{\"messageId\":\"m1\"}]".len()));
    assert_eq!(kept[2].1, 50_000);
    assert_eq!(kept[3].0, "the body is not UTF-8");
    assert_eq!(kept[6], ("the array is empty", 2));
    let (code, _, stderr) = listener.stop();
    assert_eq!((code, stderr.matches("rejected: ").count()), (0, 7), "{stderr}");
    let shown = plain(&home.run(&["receipt", "list", "--rejected", "--limit", "2"]));
    insta::assert_snapshot!(shown, @r#"
    $ opush receipt list --rejected --limit 2
    RECEIVED (UTC)       CONTENT TYPE      WHY                                   BODY
    <date> <time>  application/json  the body is larger than 262144 bytes
    <date> <time>  application/json  item 1: eventType is missing          [{"messageId":"m1"}]
    exit code 0
    "#);
}

#[test]
fn with_json_receipts_are_lines_on_stderr_and_the_counts_an_object_at_the_end() {
    let home = Home::new();
    let listener = listen(&home, &["--json"]);
    let body = json!([item("m1", "r1", "push_arrive", json!({})), {"eventType": "push_arrive"}]);
    assert_eq!(listener.post(&body).0, 200);
    assert_eq!(listener.post(&body).0, 200);
    listener.send("GET / HTTP/1.1", "text/plain", b"");
    let (code, stdout, stderr) = listener.stop();
    let printed: Value = serde_json::from_str(&stdout).unwrap();
    super::schemas::assert_fits(&["receipt".into(), "listen".into()], &printed);
    let counts =
        ["stored", "repeated", "unmatched", "rejected", "failed", "elsewhere"].map(|key| &printed[key]);
    assert_eq!((code, json!(counts)), (0, json!([1, 1, 1, 2, 0, 1])));
    let lines: Vec<Value> = stderr.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert_eq!(lines.len(), 2, "{stderr}");
    assert_eq!((&lines[0]["reg_id"], &lines[1]["seen"]), (&json!("r1"), &json!(2)));
}

#[test]
fn a_secret_in_the_path_keeps_others_out_and_appears_only_in_the_url() {
    let secret = "0123456789abcdef-secret";
    let home = Home::new().variable("PATH_SECRET", secret);
    home.write("secret.txt", format!("{secret}\n"));
    std::fs::set_permissions(home.file("secret.txt"), std::fs::Permissions::from_mode(0o600)).unwrap();
    let body = json!([item("m1", "r1", "push_arrive", json!({}))]).to_string();
    for flags in [["--path-secret-env", "PATH_SECRET"], ["--path-secret-file", "secret.txt"]] {
        let listener = listen(&home, &[&flags[..], &["--quiet", "--ready-file", "ready.json"]].concat());
        assert!(listener.callback_url.ends_with(&format!("/receipts/{secret}")), "{}", listener.callback_url);
        let ready: Value = serde_json::from_str(&home.read("ready.json")).unwrap();
        assert_eq!(ready["callback_url"], listener.callback_url);
        let mode = std::fs::metadata(home.file("ready.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        for (path, status) in [
            ("/receipts".to_owned(), 404),
            ("/receipts/0123456789abcdef-secreT".to_owned(), 404),
            (format!("/receipts/{secret}/"), 404),
            (format!("/receipts/{secret}"), 200),
        ] {
            let line = format!("POST {path} HTTP/1.1");
            assert_eq!(listener.send(&line, "application/json", body.as_bytes()).0, status, "{path}");
        }
        let (_, stdout, stderr) = listener.stop();
        assert!(!format!("{stdout}{stderr}").contains(secret), "{stdout}{stderr}");
    }
    let ran = home.run_with(&["receipt", "listen", "--path-secret-stdin"], "too-short").expect(3);
    assert!(!ran.transcript().contains("too-short"), "{ran}");
    // One that is made here is long, and another one each time.
    let made = [(); 2].map(|()| listen(&home, &["--path-secret"]).callback_url.clone());
    let parts = made.each_ref().map(|url| url.rsplit('/').next().unwrap());
    assert!(parts[0].len() == 32 && parts[0] != parts[1], "{made:?}");
}

#[test]
fn behind_a_proxy_the_public_url_leads_here_with_and_without_its_path() {
    let home = Home::new();
    let listener = listen(&home, &["--public-url", "https://push.example.com/oppo/"]);
    assert_eq!(listener.callback_url, "https://push.example.com/oppo/receipts");
    assert!(listener.said.contains("--path-secret"), "{}", listener.said);
    let body = json!([item("m1", "r1", "push_arrive", json!({}))]).to_string();
    for path in ["/oppo/receipts", "/receipts"] {
        let line = format!("POST {path} HTTP/1.1");
        assert_eq!(listener.send(&line, "application/json", body.as_bytes()).0, 200, "{path}");
    }
}

#[test]
fn both_signals_end_it_cleanly_and_what_came_is_there() {
    for name in ["INT", "TERM"] {
        let home = Home::new();
        let listener: Listener = listen(&home, &[]);
        assert_eq!(listener.post(&item("m1", "r1", "push_arrive", json!({}))).0, 200);
        let (code, stdout, _) = listener.stop_by(name);
        assert_eq!(code, 0);
        assert!(
            stdout.ends_with("1 stored (1 of no push known here), 0 repeated, 0 rejected, 0 failed\n"),
            "{stdout}"
        );
        assert_eq!(home.json(&["receipt", "list"]).1["items"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn empty_lists_say_what_to_do() {
    let home = Home::new();
    insta::assert_snapshot!(home.run(&["receipt", "list"]).transcript(), @r"
    $ opush receipt list
    No receipt. Take them, and send with --callback-url: opush receipt listen
    exit code 0
    ");
    insta::assert_snapshot!(home.run(&["receipt", "list", "--rejected"]).transcript(), @r"
    $ opush receipt list --rejected
    Nothing was rejected.
    exit code 0
    ");
}
