//! `opush snippet`: what is printed and written, and what is refused. What the code says is tested in the room.
//! Compilers look at it in external_snippet.

use serde_json::Value;

use crate::harness::Home;

const CONFIG: &str = r#"
default_profile = "demo"

[profile.demo]
region = "cn"
package = "com.example.chat"

[[profile.demo.certificate]]
id = 7005
app_id = "30123456"
app_key = "demo-app-key"
app_secret = "the-app-secret"
master_secret = "the-master-secret"
channel_id = "tuikit"
click = { action = "intent", intent = "com.example.chat.OPEN" }

[[profile.demo.certificate]]
id = 7006
app_id = "30123456"
app_key = "demo-app-key"
app_secret = "the-app-secret"
master_secret = "the-master-secret"
click = { action = "url", url = "https://example.com/" }
"#;

fn files(value: &Value) -> Vec<(&str, &str, &str, Option<&str>)> {
    let items = value["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            let text = |key: &str| item[key].as_str();
            let needed = |key: &str| text(key).unwrap();
            (needed("name"), needed("file"), needed("language"), text("sdk"))
        })
        .collect()
}

#[test]
fn one_piece_is_printed_as_it_is_and_all_under_headings() {
    let home = Home::new();
    let channel = home.run(&["snippet", "channel", "--profile", "sandbox"]).expect(0);
    assert_eq!(channel.stderr, "");
    assert!(channel.stdout.starts_with("// opush snippet channel: profile sandbox, certificate 1\n"));
    assert!(channel.stdout.contains("CHANNEL_ID = \"tuikit\";"));
    let all = home.run(&["snippet", "all", "--profile", "sandbox"]).expect(0);
    let headings: Vec<&str> = all.stdout.lines().filter(|line| line.starts_with("==> ")).collect();
    assert_eq!(
        headings,
        [
            "==> PushChannels.java <==",
            "==> AndroidManifest.snippet.xml <==",
            "==> PushConstants.java <==",
            "==> PushRegistration.java <==",
            "==> SplashActivity.java <==",
            "==> PushSender.java <=="
        ]
    );
    assert!(all.stdout.contains(&channel.stdout));
    assert!(all.stderr.contains("certificate ID 1 is opush's own"), "{all}");
}

#[test]
fn json_names_file_language_and_sdk() {
    let home = Home::with_config(CONFIG);
    let flags = ["snippet", "all", "--certificate", "7005", "--lang", "kotlin", "--sdk", "legacy"];
    let (code, value) = home.json(&flags);
    assert_eq!(code, 0);
    assert_eq!(
        files(&value),
        [
            ("channel", "PushChannels.kt", "kotlin", None),
            ("manifest", "AndroidManifest.snippet.xml", "xml", None),
            ("constants", "PushConstants.kt", "kotlin", None),
            ("token", "PushRegistration.kt", "kotlin", Some("legacy")),
            ("receiver", "PushReceiverActivity.kt", "kotlin", None),
            ("sender", "PushSender.kt", "kotlin", Some("legacy")),
        ]
    );
    assert!(value["items"][0]["text"].as_str().unwrap().contains("package com.example.chat\n"));
    assert!(value["items"][2]["text"].as_str().unwrap().contains("OPPO_PUSH_BUZID = 7005L\n"));
    assert_eq!(value["items"][0].get("path"), None);
}

#[test]
fn no_secret_is_in_any_piece() {
    let home = Home::with_config(CONFIG);
    for lang in ["java", "kotlin"] {
        let ran = home.run(&["snippet", "all", "--certificate", "7005", "--lang", lang, "--json"]).expect(0);
        assert!(ran.stdout.contains("demo-app-key") && !ran.stdout.contains("the-app-secret"));
        assert!(!ran.stdout.contains("the-master-secret"));
    }
}

#[test]
fn files_are_written_and_existing_ones_are_not_overwritten() {
    let home = Home::new();
    let args = ["snippet", "all", "--profile", "sandbox", "--out", "app/push"];
    home.run(&args).expect(0);
    assert!(home.read("app/push/PushSender.java").contains("info.setExt("));
    let again = home.run(&args).expect(0);
    assert_eq!(again.stdout.matches("unchanged").count(), 6, "{again}");
    home.write("app/push/PushSender.java", "mine");
    home.write("app/push/SplashActivity.java", "mine too");
    std::fs::remove_file(home.file("app/push/PushChannels.java")).unwrap();
    let refused = home.run(&args).expect(1);
    for file in ["PushSender.java", "SplashActivity.java"] {
        assert!(refused.stderr.contains(&format!("app/push/{file} exists and differs")), "{refused}");
    }
    assert!(!home.file("app/push/PushChannels.java").exists(), "all or nothing");
    assert_eq!(home.read("app/push/PushSender.java"), "mine");
    let forced: Vec<&str> = args.iter().copied().chain(["--force"]).collect();
    let (code, value) = home.json(&forced);
    assert_eq!(code, 0);
    let unchanged = |name: &str| {
        let items = value["items"].as_array().unwrap();
        items.iter().find(|item| item["name"] == name).unwrap()["unchanged"].as_bool()
    };
    assert_eq!(
        ["sender", "receiver", "channel", "token"].map(unchanged),
        [Some(false), Some(false), Some(false), Some(true)]
    );
    assert!(home.read("app/push/PushSender.java").contains("info.setExt("));
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let home = Home::new();
    home.write("file", "");
    let args = ["snippet", "token", "--profile", "sandbox", "--out", "file"];
    let (code, value) = home.json(&args);
    assert_eq!((code, value["error"]["kind"].as_str()), (1, Some("disk")));
    home.run(&["snippet", "token", "--profile", "sandbox", "--force"]).expect(2);
}

#[test]
fn a_certificate_without_channel_or_with_a_url_is_doubted() {
    let home = Home::with_config(CONFIG);
    let (code, value) = home.json(&["snippet", "channel", "--certificate", "7006"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("missing-key")));
    assert_eq!(value["error"]["place"], "channel_id");
    let all = home.run(&["snippet", "all", "--certificate", "7006"]).expect(0);
    assert!(!all.stdout.contains("PushChannels.java"), "{all}");
    assert!(all.stderr.contains("certificate 7006 has no ChannelID"), "{all}");
    assert!(all.stderr.contains("the certificate's click event is a URL"), "{all}");
}

#[test]
fn profile_and_certificate_are_needed() {
    for (args, code, kind) in [
        (&["snippet", "all"][..], 3, "no-certificate"),
        (&["snippet", "all", "--certificate", "9"], 3, "unknown-certificate"),
        (&["snippet", "all", "--certificate", "x"], 2, "malformed-flag"),
        (&["snippet", "everything"], 2, "malformed-flag"),
        (&["snippet"], 2, "missing-flag"),
    ] {
        let (found, value) = Home::with_config(CONFIG).json(args);
        assert_eq!((found, value["error"]["kind"].as_str()), (code, Some(kind)), "{args:?}");
    }
    let (code, value) = Home::new().json(&["snippet", "all"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("no-profile")));
}
