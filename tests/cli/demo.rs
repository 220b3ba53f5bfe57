//! `opush demo`: the whole story, each break found and named, nothing left behind.

use serde_json::{Value, json};

use crate::harness::Home;

/// Each with the decision of the IM server that it leads to; none where the message never gets that far.
const LINKS: [(&str, Option<&str>); 9] = [
    ("secret", None),
    ("channel", Some("pushed")),
    ("regid", Some("pushed")),
    ("click", Some("pushed")),
    ("notifications", Some("pushed")),
    ("report", Some("not pushed, because no-report")),
    ("logout", Some("not pushed, because logged-out")),
    ("certificate-id", Some("not pushed, because certificate-missing")),
    ("presence", Some("not pushed, because online")),
];

fn is_empty(home: &Home) -> bool {
    let all = walkdir::WalkDir::new(home.path()).into_iter().map(|entry| entry.unwrap());
    all.filter(|entry| entry.file_type().is_file()).count() == 0
}

/// Ids, ports and times differ from run to run.
fn settled(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let words: Vec<String> = line
            .split(' ')
            .map(|word| match word {
                _ if word.starts_with("127.0.0.1:") => "ADDRESS;".into(),
                _ if word.starts_with("30001-1-1-") => "30001-1-1-ID".into(),
                _ if word.starts_with("CN_") && word.contains('…') => "CN_…,".into(),
                _ => word.to_owned(),
            })
            .collect();
        let line = words.join(" ");
        let line = match line.trim_end().strip_suffix(" ms") {
            Some(head) => head.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned(),
            None => line.trim_end().to_owned(),
        };
        lines.push(line);
    }
    lines.join("\n")
}

#[test]
fn every_link_holds_and_nothing_is_left_behind() {
    let home = Home::new();
    let ran = home.run(&["demo"]).expect(0);
    assert!(is_empty(&home), "demo left files behind");
    assert_eq!(ran.stderr, "");
    insta::assert_snapshot!(settled(&ran.stdout), @r#"
    A chat app's user closes the app. A message for her comes in. Will her phone show it?
    Everything below is real HTTP against sandboxes of OPPO PUSH and the IM server on ADDRESS; nothing leaves this machine.

      certificate    1 demo-oppo, AppKey and MasterSecret accepted                 ok
      click target   com.example.demo.SplashActivity is declared and exported      ok
      phone          OPPO Find X, Android 14, regId CN_…, channel tuikit   ok
      direct push    accepted as 30001-1-1-ID                ok

    alice is away: pushed
      login          alice logged in: Online (REST), ONLINE (SDK)                  ok
      report         the app reported certificate 1 with regId CN_…,        ok
      kill           the app is killed: PushOnline (REST), OFFLINE (SDK)           ok
      message        the IM server took "see you at 8?" for alice                  ok
      push           OPPO took it as 30001-1-1-ID            ok
      shown          "Bob: see you at 8?" in the notification shade                ok
      tap            SplashActivity opened with extKey = ext content               ok

    alice logged out: not pushed, because logged-out
      logout         alice logged out: Offline (REST), UNLOGINED (SDK)             ok
      message        the IM server took "see you at 8?" for alice                  ok
      no push        logged-out: the user logged out on this phone                 ok

    Every link holds. Next:
      opush demo --break channel     see what one broken link looks like
      opush cert add                 use your own certificate
    "#);
}

#[test]
fn json_gives_every_step_with_its_request_and_answer() {
    let home = Home::new();
    let (code, told) = home.json(&["demo"]);
    assert_eq!(code, 0);
    assert_eq!(told["verdict"], "sound");
    assert_eq!(told["first_broken"], Value::Null);
    assert_eq!(told["error"], Value::Null);
    assert_eq!(told["received"], told["sent"]);
    assert_eq!(told["received"], json!({ "extKey": "ext content" }));
    let ids: Vec<&str> =
        told["steps"].as_array().unwrap().iter().map(|step| step["id"].as_str().unwrap()).collect();
    let away = ["login", "report", "kill", "message", "push", "shown", "tap"];
    let setup = ["certificate", "click target", "phone", "direct push"];
    assert_eq!(ids, [&setup[..], &away, &["logout", "message", "no push"]].concat());
    let certificate = &told["steps"][0]["exchanges"][0];
    assert!(certificate["url"].as_str().unwrap().ends_with("/server/v1/auth"));
    let form = certificate["form"].to_string();
    assert!(form.contains(r#"["sign","********"]"#), "{form}");
    assert!(!certificate["answer"].as_str().unwrap().contains("auth_token\":\"a"), "the token is masked");
    let push = &told["steps"][3]["exchanges"][0];
    assert!(push["url"].as_str().unwrap().ends_with("/message/notification/unicast"));
    assert!(push["form"].to_string().contains(r#"["auth_token","********"]"#));
    assert!(push["answer"].as_str().unwrap().contains("\"code\":0"));
}

#[test]
fn the_message_goes_through_the_im_server_and_its_decision_is_shown() {
    let (_, told) = Home::new().json(&["demo"]);
    let steps = told["steps"].as_array().unwrap();
    let of = |part: &str, id: &str| {
        let found = steps.iter().find(|step| step["part"] == part && step["id"] == id);
        found.unwrap_or_else(|| panic!("no {id} in {part}"))["exchanges"][0].clone()
    };
    for part in ["away", "logged_out"] {
        let message = of(part, "message");
        let url = message["url"].as_str().unwrap();
        assert!(url.contains("/v4/openim/sendmsg?") && url.contains("usersig=********"), "{url}");
        assert_eq!(message["body"]["OfflinePushInfo"]["Ext"], r#"{"extKey":"ext content"}"#);
        assert!(message["answer"].as_str().unwrap().contains("\"MsgKey\""));
    }
    let decision = |part: &str, id: &str| -> Value {
        let answer: Value = serde_json::from_str(of(part, id)["answer"].as_str().unwrap()).unwrap();
        answer["items"][0].clone()
    };
    let (pushed, not) = (decision("away", "push"), decision("logged_out", "no push"));
    assert_eq!((&pushed["decision"], &pushed["reason"]), (&json!("push"), &Value::Null));
    assert_eq!((&not["decision"], &not["reason"]), (&json!("no-push"), &json!("logged-out")));
}

#[test]
fn a_broken_link_is_found_and_named() {
    for (link, decision) in LINKS {
        let home = Home::new();
        let (code, told) = home.json(&["demo", "--break", link]);
        assert_eq!(code, 8, "{link}");
        assert_eq!(told["verdict"], "broken", "{link}");
        assert_eq!(told["first_broken"], link);
        assert_eq!(told["error"]["kind"], "broken-link");
        assert_eq!(told["error"]["place"], link);
        let text = home.run(&["demo", "--break", link]).expect(8);
        assert!(text.stdout.contains(&format!("The first broken link is {link}: ")), "{text}");
        let headline = text.stdout.lines().find(|line| line.starts_with("alice "));
        let decided = headline.and_then(|line| line.split_once(": ")).map(|(_, decided)| decided);
        assert_eq!(decided, decision, "{text}");
        assert!(is_empty(&home), "demo --break {link} left files behind");
    }
}

#[test]
fn it_runs_against_a_sandbox_elsewhere_and_its_log_holds_the_calls() {
    let home = Home::new();
    let sandbox = home.sandbox(&["--ephemeral"]);
    let (code, told) = home.json(&["demo", "--sandbox", &sandbox.url]);
    assert_eq!((code, &told["verdict"]), (0, &json!("sound")));
    assert_eq!(told["sandbox"], sandbox.url.as_str());
    let log = sandbox.get("/_sandbox/v1/calls");
    for path in ["/server/v1/auth", "/server/v1/message/notification/unicast"] {
        assert!(log.contains(path), "{path} is not in {log}");
    }
    assert!(!sandbox.get("/_sandbox/v1/phones").contains("demo-"), "its phone is taken away again");
}

#[test]
fn two_runs_at_once_on_one_sandbox_do_not_mix() {
    let home = Home::new();
    let sandbox = home.sandbox(&["--ephemeral"]);
    let run = |link: Option<&str>| {
        let broken = link.map(|link| ["--break", link]);
        let args = ["demo", "--sandbox", &sandbox.url];
        let (_, told) = home.json(&args.into_iter().chain(broken.into_iter().flatten()).collect::<Vec<_>>());
        told["first_broken"].clone()
    };
    std::thread::scope(|scope| {
        let sound = scope.spawn(|| run(None));
        let broken = scope.spawn(|| run(Some("certificate-id")));
        assert_eq!((sound.join().unwrap(), broken.join().unwrap()), (Value::Null, json!("certificate-id")));
    });
    assert!(!sandbox.get("/_sandbox/v1/phones").contains("demo-"), "their phones are taken away again");
}

#[test]
fn a_missing_sandbox_is_an_error() {
    let home = Home::new();
    let (code, told) = home.json(&["demo", "--sandbox", "http://127.0.0.1:1"]);
    assert_eq!((code, &told["error"]["kind"]), (6, &json!("unreachable")));
    let (code, told) = home.json(&["demo", "--sandbox", "not a url"]);
    assert_eq!((code, &told["error"]["place"]), (4, &json!("--sandbox")));
    let (code, told) = home.json(&["demo", "--break", "nonsense"]);
    assert_eq!((code, &told["error"]["kind"]), (2, &json!("malformed-flag")));
}
