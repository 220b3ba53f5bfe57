//! `opush snippet check --app`: what the profile needs and an app has, lacks, or does not show.

use std::io::Write;

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use super::harness::Home;

const CONFIG: &str = r#"
[profile.chat]
region = "cn"
package = "com.example.chat"

[[profile.chat.certificate]]
id = 7005
app_id = "30123456"
app_key = "8c1d4e5f6a7b8c9d0e1f2a3b4c5d6e7f"
master_secret = "3b6f9a2c5d8e1f4a7b0c3d6e9f2a5b8c"
channel_id = "chat"
click = { action = "intent", intent = "com.example.chat.OPEN" }
"#;

/// A project made of opush's own snippets.
fn project() -> Home {
    let home = Home::with_config(CONFIG);
    home.run(&["snippet", "all", "--out", "app/src/main/java"]).expect(0);
    let manifest = home.read("app/src/main/java/AndroidManifest.snippet.xml");
    home.write(
        "app/src/main/AndroidManifest.xml",
        manifest.replace("<manifest ", "<manifest package=\"com.example.chat\" "),
    );
    home
}

fn check(app: &str) -> [&str; 4] {
    ["snippet", "check", "--app", app]
}

fn statuses(value: &Value) -> Vec<(String, String)> {
    let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
    value["items"].as_array().unwrap().iter().map(|item| (text(item, "need"), text(item, "status"))).collect()
}

fn status<'v>(value: &'v Value, need: &str) -> &'v Value {
    value["items"].as_array().unwrap().iter().find(|item| item["need"] == need).unwrap()
}

#[test]
fn a_project_with_opushs_snippets_has_all_that_its_profile_needs() {
    let home = project();
    let (code, value) = home.json(&check("app"));
    let all = ["channel", "certificate-id", "app-key", "push", "click-target"];
    let all: Vec<_> = all.iter().map(|need| ((*need).to_owned(), "there".to_owned())).collect();
    assert_eq!((code, statuses(&value)), (0, all), "{value:#}");
    assert_eq!(value["error"], Value::Null);
}

#[test]
fn what_is_missing_comes_as_what_adds_it() {
    let home = project();
    let manifest = home.read("app/src/main/AndroidManifest.xml");
    // As the build has merged it, so that no library may bring what is missing.
    let merged = "app/build/intermediates/merged_manifests/release/AndroidManifest.xml";
    home.write(merged, manifest.replace("com.example.chat.OPEN", "com.example.chat.OTHER"));
    let (code, value) = home.json(&check("app"));
    assert_eq!((code, &value["error"]["kind"]), (8, &json!("broken-link")), "{value:#}");
    let tap = status(&value, "click-target");
    assert_eq!(tap["status"], "missing");
    assert!(tap["xml"].as_str().unwrap().contains("com.example.chat.OPEN"), "{tap}");
    home.write(merged, manifest.replace("com.heytap.msp.push.service.Data", "com.example.Data"));
    let (_, value) = home.json(&check("app"));
    let push = status(&value, "push");
    assert!(push["xml"].as_str().unwrap().contains("DataMessageCallbackService"), "{push}");
    let ran = home.run(&check("app")).expect(8);
    assert!(ran.stdout.contains("push  missing") && ran.stdout.contains("<service"), "{ran}");
}

#[test]
fn what_the_code_does_not_show_is_not_known_and_its_snippet_is_named() {
    let home = project();
    home.write("app/src/main/java/PushConstants.java", "class PushConstants { long id = 17005L; }");
    home.write("app/src/main/java/PushChannels.java", "class PushChannels { String id = \"chats\"; }");
    home.write("app/src/main/java/PushSender.java", "");
    let (code, value) = home.json(&check("app"));
    assert_eq!((code, &value["error"]["kind"]), (8, &json!("inconclusive")), "{value:#}");
    for (need, piece) in [("channel", "channel"), ("certificate-id", "constants"), ("app-key", "constants")] {
        let item = status(&value, need);
        assert_eq!(
            (&item["status"], &item["snippet"]["name"]),
            (&json!("not-known"), &json!(piece)),
            "{item}"
        );
    }
    assert!(status(&value, "channel")["snippet"]["text"].as_str().unwrap().contains("\"chat\""));
    let ran = home.run(&check("app")).expect(8);
    assert!(ran.stdout.contains("opush snippet constants"), "{ran}");
    // Another certificate's file of the push plugin is seen as such.
    home.write(
        "app/src/main/assets/timpush-configs.json",
        include_str!("../fixtures/constants/timpush-configs.json"),
    );
    let (_, value) = home.json(&check("app"));
    let id = status(&value, "certificate-id");
    assert_eq!(id["status"], "missing");
    assert!(id["evidence"].as_str().unwrap().contains("24937"), "{id}");
}

#[test]
fn the_plugins_file_in_an_apk_decides() {
    let home = Home::with_config(CONFIG);
    let exported = home.run(&["cert", "export", "--to", "timpush"]).expect(0).stdout;
    let shop = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/app/shop.apk");
    let mut from = zip::ZipArchive::new(std::fs::File::open(shop).unwrap()).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..from.len() {
        zip.raw_copy_file(from.by_index_raw(at).unwrap()).unwrap();
    }
    zip.start_file("assets/timpush-configs.json", SimpleFileOptions::default()).unwrap();
    zip.write_all(exported.as_bytes()).unwrap();
    home.write("app.apk", zip.finish().unwrap().into_inner());
    let (code, value) = home.json(&check("app.apk"));
    assert_eq!(code, 8);
    assert_eq!(status(&value, "certificate-id")["status"], "there", "{value:#}");
    assert_eq!(status(&value, "app-key")["status"], "there");
    // The APK is of another app, and lacks the action.
    assert!(value["items"].to_string().contains("the profile's package is com.example.chat"));
    assert_eq!(value["error"]["kind"], "broken-link");
}

#[test]
fn it_needs_an_app_file_and_other_pieces_take_none() {
    let home = Home::with_config(CONFIG);
    let refused = |args: &[&str]| {
        let (code, value) = home.json(args);
        (code, value["error"]["kind"].clone(), value["error"]["place"].clone())
    };
    assert_eq!(refused(&["snippet", "check"]), (2, json!("missing-flag"), json!("--app")));
    assert_eq!(refused(&check("no.apk")), (3, json!("missing-file"), json!("--app")));
    let other = ["snippet", "channel", "--app", "no.apk"];
    assert_eq!(refused(&other), (2, json!("conflicting-flags"), json!("--app")));
}
