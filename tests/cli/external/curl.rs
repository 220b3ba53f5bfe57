//! The command that `send --dry-run --curl` prints, run by bash and curl as somebody would paste it.

use std::process::Command;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::tls::AloneSandbox;
use crate::harness::{Home, Sandbox};
use crate::raw;

/// The built-in app's credentials, as `opush sandbox run` has them.
const APP_KEY: &str = "sandbox-demo-app-key";
const MASTER_SECRET: &str = "sandbox-demo-master-secret";

/// An auth token, asked for by hand (OPPO reference, section 2).
#[allow(clippy::disallowed_methods)]
fn auth_token(sandbox: &Sandbox) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let digest = Sha256::digest(format!("{APP_KEY}{now}{MASTER_SECRET}"));
    let sign: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let form = format!("app_key={APP_KEY}&timestamp={now}&sign={sign}");
    let (_, body) = raw::post_form(&sandbox.url, "/server/v1/auth", &form);
    let answer: Value = serde_json::from_str(&body).unwrap();
    answer["data"]["auth_token"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

fn demo_phone(home: &Home) -> Value {
    home.json(&["sandbox", "phone", "show", "demo"]).1
}

/// The vendor's answer to the command, which must be a yes.
#[track_caller]
fn run_by_bash(home: &Home, token: &str, command: &str) -> Value {
    let path = std::env::var_os("PATH").unwrap();
    let output = Command::new("bash")
        .args(["-c", command])
        .current_dir(home.work())
        .env_clear()
        .envs([("PATH", path), ("HOME", home.path().into()), ("OPUSH_AUTH_TOKEN", token.into())])
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{command}\n{stderr}");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["code"], 0, "{command}\n{answer}");
    answer
}

/// Prints the command for these flags, runs it, and gives the one notification that came of it.
fn pasted(home: &Home, token: &str, flags: &[&str]) -> Value {
    let before = demo_phone(home)["notifications"].as_array().unwrap().len();
    let args = [&["send", "--profile", "sandbox", "--dry-run", "--curl"], flags].concat();
    let printed = home.run(&args).expect(0);
    assert!(!printed.stdout.contains(token) && printed.stdout.starts_with("curl "), "{printed}");
    let answer = run_by_bash(home, token, &printed.stdout);
    let phone = demo_phone(home);
    let shown = phone["notifications"].as_array().unwrap();
    assert_eq!(shown.len(), before + 1, "{printed}");
    shown.iter().find(|one| one["message_id"] == answer["data"]["messageId"]).unwrap().clone()
}

#[test]
fn the_printed_command_sends_exactly_the_same_push() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let token = auth_token(&sandbox);
    let reg_id = demo_phone(&home)["reg_id"].as_str().unwrap().to_owned();
    for (title, content) in [
        ("Hello", "first push"),
        ("it's \"quoted\"", "''' \"\"\" \\' \\\" \\\\"),
        ("$HOME ${HOME} $(id)", "`id` $((1+1)) !! ~ * ? [a] {b,c}"),
        ("100% + 50%20 = a&b", "a=b&c=d;e #f @g /h ?i %% %41"),
        ("你好 👋🏽", "עברית مرحبا ✓ é\u{301}"),
        ("@/etc/hostname", "=starts with an equals sign"),
        ("-H X: y", "--data-binary @/etc/hostname"),
    ] {
        let shown = pasted(&home, &token, &["--reg-id", &reg_id, "--title", title, "--content", content]);
        assert_eq!((&shown["title"], &shown["content"]), (&title.into(), &content.into()));
        assert_eq!(shown["channel_id"], "tuikit");
    }
}

#[test]
fn a_line_break_goes_through_the_shell() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let token = auth_token(&sandbox);
    let reg_id = demo_phone(&home)["reg_id"].as_str().unwrap().to_owned();
    home.write("ext.json", r#"{"lines": "one\ntwo", "quote": "it's", "emoji": "👋"}"#);
    let flags = ["--reg-id", &reg_id, "--title", "Hi", "--content", "one\ntwo", "--ext-json", "@ext.json"];
    let shown = pasted(&home, &token, &flags);
    assert_eq!(shown["content"], "one\ntwo");
    let (code, tapped) = home.json(&["sandbox", "phone", "tap", "demo"]);
    assert_eq!((code, &tapped["opened"]), (0, &json!(true)), "{tapped}");
    assert_eq!(tapped["extras"], json!({"lines": "one\ntwo", "quote": "it's", "emoji": "👋"}));
}

#[test]
fn every_daily_flag_goes_through_the_shell() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let token = auth_token(&sandbox);
    let phone = ["sandbox", "phone", "add", "--name", "p", "--alias", "al ice's"];
    home.run(&phone).expect(0);
    let args = [
        "send",
        "--profile",
        "sandbox",
        "--dry-run",
        "--curl",
        "--alias",
        "al ice's",
        "--title",
        "T",
        "--content",
        "C",
        "--sub-title",
        "s'b",
        "--style",
        "2",
        "--ttl",
        "2h",
        "--category",
        "IM",
        "--notify-level",
        "2",
        "--ext",
        "k=v'1",
        "--click",
        "url:https://example.com/?a=1&b=2%20x",
        "--app-message-id",
        "x'y",
    ];
    let (code, dry) = home.json(&args);
    assert_eq!((code, &dry["status"]), (0, &json!("dry_run")), "{dry}");
    run_by_bash(&home, &token, dry["request"]["curl"].as_str().unwrap());
    let (_, shown) = home.json(&["sandbox", "phone", "show", "p"]);
    let notification = &shown["notifications"][0]["notification"];
    let expected = json!({
        "title": "T", "content": "C", "sub_title": "s'b", "style": 2, "off_line_ttl": 7200, "category": "IM",
        "notify_level": 2, "click_action_type": 2, "click_action_url": "https://example.com/?a=1&b=2%20x", "app_message_id": "x'y",
    });
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&notification[key], value, "{key}");
    }
    let parameters: Value =
        serde_json::from_str(notification["action_parameters"].as_str().unwrap()).unwrap();
    assert_eq!(parameters, json!({"k": "v'1"}));
}

#[test]
fn a_sender_that_knows_the_real_hosts_reaches_the_sandbox_alone() {
    let sandbox = AloneSandbox::start();
    sandbox.source("sender.sh", include_str!("tls/sender.sh"));
    let said = sandbox.succeed("curl", &["sh", "sender.sh"]);
    assert!(said.contains("403"), "{said}");
    sandbox.has_received("from curl");
}
