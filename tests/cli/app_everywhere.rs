//! The app file wherever a click target or a channel is used: by the profile's key and by `--app`; and what a stranger's
//! configuration may name.

use serde_json::{Value, json};

use super::harness::Home;

const PROFILE: &str = r#"
[profile.chat]
region = "sandbox"
package = "com.example.chat"
app = "app"

[[profile.chat.certificate]]
id = 7005
app_id = "30123456"
app_key = "8c1d4e5f6a7b8c9d0e1f2a3b4c5d6e7f"
master_secret = "3b6f9a2c5d8e1f4a7b0c3d6e9f2a5b8c"
channel_id = "chat"
click = { action = "activity", activity = "com.example.chat.Main" }
"#;

/// A Gradle module whose manifest declares Main and whose code makes the channel "chat".
fn project(home: &Home) {
    home.write(
        "app/src/main/AndroidManifest.xml",
        "<manifest xmlns:android=\"http://schemas.android.com/apk/res/android\" package=\"com.example.chat\">\n\
         <application>\n<activity android:name=\".Main\" android:exported=\"true\">\n<intent-filter>\
         <action android:name=\"android.intent.action.VIEW\"/><category android:name=\"android.intent.category.DEFAULT\"/>\
         <category android:name=\"android.intent.category.BROWSABLE\"/><data android:scheme=\"@string/scheme\"/>\
         </intent-filter>\n</activity>\n<activity android:name=\".Hidden\"/>\n</application></manifest>",
    );
    home.write(
        "app/src/main/res/values/links.xml",
        "<resources><string name=\"scheme\">chat-app</string></resources>",
    );
    home.write(
        "app/src/main/java/com/example/chat/Push.kt",
        "val channel = NotificationChannel(\"chat\", \"Chat\", 3)\n",
    );
}

fn home() -> Home {
    let home = Home::with_config(PROFILE);
    project(&home);
    home
}

const SEND: [&str; 7] =
    ["send", "--reg-id", "CN_0123456789abcdef0123456789abcdef", "--title", "Hi", "--content", "hello"];

fn dry<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&SEND[..], &["--dry-run"], more].concat()
}

fn refused(home: &Home, args: &[&str]) -> (i32, Value, Value) {
    let (code, value) = home.json(args);
    let error = &value["error"];
    (code, error["kind"].clone(), error["place"].clone())
}

#[test]
fn a_push_whose_tap_opens_nothing_in_the_app_is_not_sent() {
    let home = home();
    home.run(&dry(&[])).expect(0);
    let place =
        |line: u32| json!(format!("{}:{line}", home.file("app/src/main/AndroidManifest.xml").display()));
    let hidden = refused(&home, &dry(&["--click", "activity:com.example.chat.Hidden"]));
    assert_eq!(hidden, (4, json!("not-in-app"), place(6)));
    let missing = refused(&home, &dry(&["--click", "activity:com.example.chat.Gone"]));
    assert_eq!((missing.0, missing.1), (4, json!("not-in-app")));
    // The scheme of the filter is a reference to res/values.
    home.run(&dry(&["--click", "scheme:chat-app://page"])).expect(0);
    assert_eq!(refused(&home, &dry(&["--click", "scheme:other://page"])).0, 4);
    // What a library may declare is only warned of.
    let ran = home.run(&dry(&["--click", "activity:org.library.Push"])).expect(0);
    assert!(ran.stderr.contains("a library may declare it"), "{ran}");
    // A flag goes before the profile.
    home.write("other.xml", home.read("app/src/main/AndroidManifest.xml").replace(".Main", ".Start"));
    assert_eq!(refused(&home, &dry(&["--app", "other.xml"])).0, 4);
}

#[test]
fn a_channel_that_the_code_does_not_hold_is_said_and_refuses_nothing() {
    let home = home();
    let ran = home.run(&[&SEND[..], &["--dry-run"]].concat()).expect(0);
    assert!(!ran.stderr.contains("holds no text"), "{ran}");
    let ran = home.run(&[&SEND[..], &["--dry-run", "--channel-id", "orders"]].concat()).expect(0);
    assert!(ran.stderr.contains("holds no text \"orders\""), "{ran}");
}

#[test]
fn an_app_that_is_not_built_yet_is_a_warning_by_profile_and_an_error_by_flag() {
    let home = Home::with_config(&PROFILE.replace("app = \"app\"", "app = \"app/build/app.apk\""));
    let dry = [&SEND[..], &["--dry-run"]].concat();
    let ran = home.run(&dry).expect(0);
    assert!(ran.stderr.contains("there is no such file or folder"), "{ran}");
    assert_eq!(
        refused(&home, &[&dry[..], &["--app", "no.apk"]].concat()),
        (3, json!("missing-file"), json!("--app"))
    );
    let place = json!("opush.toml:5:7");
    assert_eq!(refused(&home, &["click", "check", "--open-app"]), (3, json!("missing-file"), place));
    assert_eq!(refused(&home, &["click", "list"]).0, 3);
}

#[test]
fn a_certificate_with_a_click_target_that_is_not_in_the_app_is_not_saved() {
    let home = home();
    let before = home.read("opush.toml");
    let edit = ["cert", "edit", "7005", "--click", "activity:com.example.chat.Hidden"];
    assert_eq!(refused(&home, &edit).1, "not-in-app");
    let add = "cert add --id 7006 --app-id 30001 --app-key k --master-secret-env M --channel-id chat --click \
               activity:com.example.chat.Gone";
    assert_eq!(refused(&home, &add.split_whitespace().collect::<Vec<_>>()).1, "not-in-app");
    assert_eq!(home.read("opush.toml"), before);
    // A new profile has no app yet; the flag names one.
    let new = add
        .replace("7006", "1")
        .replace("cert add", "cert add --profile new --region cn --package com.example.chat");
    let new: Vec<&str> = new.split_whitespace().collect();
    assert_eq!(refused(&home, &[&new[..], &["--app", "app"]].concat()).1, "not-in-app");
    home.run(&new).expect(0);
    home.run(&["cert", "edit", "7005", "--profile", "chat", "--click", "scheme:chat-app://page"]).expect(0);
}

#[test]
fn a_scenario_that_does_not_fit_the_app_sends_nothing() {
    let home = home();
    let scenario = |click: &str| {
        format!(
            "[target]\nreg_id = \"CN_0123456789abcdef0123456789abcdef\"\n[notification]\ntitle = \"a\"\ncontent = \"b\"\n\
             [[case]]\nname = \"one\"\n[[case]]\nname = \"two\"\nnotification = {{ click = \"{click}\" }}\n"
        )
    };
    home.write("s.toml", scenario("activity:com.example.chat.Gone"));
    assert_eq!(refused(&home, &["smoke", "run", "s.toml"]), (4, json!("not-in-app"), json!("s.toml:8")));
    // A built-in profile is of another app.
    let (code, _) = home.json(&["smoke", "run", "s.toml", "--profile", "sandbox", "--app", "app"]);
    assert_ne!(code, 4);
}

#[test]
fn diagnose_and_doctor_judge_by_the_app() {
    let home = home();
    home.run(&["cert", "edit", "7005", "--click", "activity:com.example.chat.Gone", "--app", "app"])
        .expect(4);
    home.write("opush.toml", PROFILE.replace("chat.Main", "chat.Gone"));
    let status = |args: &[&str], id: &str| {
        let (_, report) = home.json(args);
        let checks = report["checks"].as_array().unwrap();
        checks.iter().find(|check| check["id"] == id).unwrap()["status"].clone()
    };
    let diagnose = ["diagnose", "--certificate", "7005"];
    assert_eq!(status(&diagnose, "click-target-not-in-app"), "fail");
    assert_eq!(status(&diagnose, "channel-not-in-app"), "pass");
    // Libraries may bring the services.
    assert_eq!(status(&diagnose, "app-without-push"), "unknown");
    assert_eq!(status(&["doctor"], "app-file-unusable"), "fail");
    home.write("opush.toml", PROFILE.replace("\"chat\"", "\"orders\""));
    assert_eq!(status(&diagnose, "click-target-not-in-app"), "pass");
    assert_eq!(status(&diagnose, "channel-not-in-app"), "unknown");
    assert_eq!(status(&["doctor"], "app-file-unusable"), "pass");
    home.write("opush.toml", PROFILE.replace("\"app\"", "\"gone\""));
    assert_eq!(status(&["doctor"], "app-file-unusable"), "warn");
    assert_eq!(status(&diagnose, "app-without-push"), "unknown");
    home.write("opush.toml", PROFILE.replace("app = \"app\"", ""));
    assert_eq!(status(&diagnose, "app-without-push"), "skipped");
    assert_eq!(status(&["doctor"], "app-file-unusable"), "skipped");
}

#[test]
fn profile_edit_names_the_app_from_the_file_and_takes_it_out() {
    let home = home();
    home.run(&["profile", "edit", "chat", "--app", home.file("app/src").to_str().unwrap()]).expect(0);
    assert!(home.read("opush.toml").contains("app = \"app/src\"\n"), "{}", home.read("opush.toml"));
    let (_, shown) = home.json(&["profile", "show", "chat"]);
    let value = shown["values"].as_array().unwrap().iter().find(|value| value["key"] == "app").unwrap();
    assert_eq!(value["value"], home.file("app/src").to_str().unwrap());
    home.run(&["profile", "edit", "chat", "--unset", "app"]).expect(0);
    assert!(!home.read("opush.toml").contains("app ="));
    home.run(&["profile", "add", "other", "--region", "cn", "--app", "/opt/other.apk"]).expect(0);
    assert!(home.read("opush.toml").contains("app = \"/opt/other.apk\"\n"));
}

/// A stranger's checkout must not have other files of the person's read.
#[test]
fn without_trust_only_an_app_in_the_folder_of_the_file_is_read() {
    let private = Home::new();
    project(&private);
    let outside = private.file("app");
    let home = Home::with_untrusted(PROFILE);
    project(&home);
    std::os::unix::fs::symlink(&outside, home.file("link")).unwrap();
    home.run(&["click", "list"]).expect(0);
    for app in ["../x", "app/../../x", "link", "~/x", outside.to_str().unwrap(), "/etc/hosts"] {
        home.write_untrusted("opush.toml", PROFILE.replace("\"app\"", &format!("{app:?}")));
        let place = json!("opush.toml:5:7");
        for args in [&["click", "list"][..], &["click", "check", "--open-app"], &["sandbox", "phone", "add"]]
        {
            let found = refused(&home, args);
            assert_eq!(found, (3, json!("untrusted-configuration"), place.clone()), "{app} {args:?}");
        }
        let ran =
            home.run(&[&SEND[..], &["--dry-run", "--click", "activity:com.example.chat.Gone"]].concat());
        assert!(ran.expect(0).stderr.contains("its app file lies outside of its folder"), "{app}");
        let (_, report) = home.json(&["diagnose", "--certificate", "7005"]);
        let checks = report["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["id"] == "app-without-push").unwrap();
        assert!(check["status"] == "unknown" && !check.to_string().contains("com.example"), "{app}: {check}");
    }
    home.write_untrusted("opush.toml", PROFILE.replace("\"app\"", "\"link\""));
    let (code, trusted) = home.json(&["config", "trust", "--yes"]);
    assert_eq!((code, &trusted["files"][0]["key"]), (0, &json!("profile.chat.app")), "{trusted}");
    home.run(&["click", "list"]).expect(0);
}
