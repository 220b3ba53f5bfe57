//! `opush cert import` and `cert export`: the app's side of a certificate, without any secret on the way.

use serde_json::json;

use super::harness::Home;
use super::prompts::Prompted;

const TIMPUSH: &str = include_str!("../fixtures/constants/timpush-configs.json");
const REST: [&str; 10] = [
    "--profile",
    "chat",
    "--region",
    "cn",
    "--app-id",
    "30123456",
    "--channel-id",
    "chat",
    "--master-secret-env",
    "M",
];

fn import<'a>(file: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["cert", "import", file], more].concat()
}

#[test]
fn the_plugins_file_gives_id_app_key_and_package_and_the_rest_comes_by_flags() {
    let home = Home::new();
    home.write("timpush-configs.json", TIMPUSH);
    let (code, value) = home.json(&import("timpush-configs.json", &REST));
    assert_eq!(code, 0, "{value:#}");
    let certificate = &value["certificate"];
    assert_eq!((&certificate["id"], &certificate["app_id"]), (&json!(24937), &json!("30123456")));
    assert_eq!(certificate["app_key"], "00000000000000000000000000000001");
    assert_eq!(certificate["app_secret"], json!(null));
    let (_, shown) = home.json(&["profile", "show", "chat"]);
    assert!(shown.to_string().contains("com.example.flutter.chat"), "{shown}");
    let secret = value["found"].as_array().unwrap().iter().find(|one| one["value"].is_null()).unwrap();
    assert_eq!(
        (&secret["name"], &secret["place"]),
        (&json!("oppoPushAppSecret"), &json!("timpush-configs.json:1"))
    );
    assert!(secret["not_taken"].as_str().unwrap().contains("MasterSecret"));
    // Into a profile of another app it does not go.
    home.run(&["profile", "add", "other", "--region", "cn", "--package", "com.example.other"]).expect(0);
    let other = ["--profile", "other", "--app-id", "1", "--channel-id", "c", "--master-secret-env", "M"];
    let (code, value) = home.json(&import("timpush-configs.json", &other));
    let error = &value["error"];
    assert_eq!(
        (code, &error["kind"], &error["place"]),
        (4, &json!("contradictory-fields"), &json!("timpush-configs.json:1"))
    );
    // A second time it is there already.
    let (code, value) =
        home.json(&import("timpush-configs.json", &[&["--profile", "chat"], &REST[4..]].concat()));
    assert_eq!((code, &value["error"]["kind"]), (4, &json!("duplicate-id")));
}

#[test]
fn without_a_terminal_it_names_what_such_a_file_never_holds() {
    let home = Home::new();
    home.write("timpush-configs.json", TIMPUSH);
    let ran = home.run(&import("timpush-configs.json", &[])).expect(2);
    for flag in ["--master-secret-env", "--app-id", "--channel-id", "--region"] {
        assert!(ran.stderr.contains(flag), "{flag}: {ran}");
    }
    assert!(!ran.stderr.contains("--app-key") && !ran.stderr.contains("--id "), "{ran}");
    assert!(!home.config_home().join("config.toml").exists());
}

#[test]
fn at_a_terminal_it_asks_for_the_rest() {
    let home = Home::new();
    home.write("timpush-configs.json", TIMPUSH);
    let args = import(
        "timpush-configs.json",
        &["--profile", "chat", "--region", "cn", "--app-id", "30123456", "--click", "open-app"],
    );
    let mut terminal = Prompted::start(&home, 120, &args);
    terminal
        .answer("MasterSecret", "3b6f9a2c5d8e1f4a7b0c3d6e9f2a5b8c")
        .answer("ChannelID", "chat")
        .answer("Save it?", "");
    assert_eq!(terminal.leave().0, 0);
    assert!(home.config_home().join("secrets/chat-24937").exists());
}

#[test]
fn a_secret_in_the_file_is_neither_taken_nor_shown() {
    let home = Home::new();
    let hidden = "0123hidden4567hidden89abhiddencdef";
    home.write(
        "Push.kt",
        format!("object Push {{\n const val OPPO_PUSH_BUZID = 7005L\n const val OPPO_PUSH_APPKEY = \"k\"\n\
                 const val OPPO_PUSH_APPSECRET = \"{hidden}\"\n const val OPPO_MASTER_SECRET = \"{hidden}\"\n}}\n"),
    );
    let ran =
        home.run(&import("Push.kt", &[&REST[..], &["--package", "com.example.chat"]].concat())).expect(0);
    assert!(ran.stderr.contains("Push.kt:4  OPPO_PUSH_APPSECRET: not taken"), "{ran}");
    assert!(!format!("{ran}").contains("hidden4567"), "{ran}");
    assert!(!std::fs::read_to_string(home.config_home().join("config.toml")).unwrap().contains("hidden4567"));
}

#[test]
fn what_is_exported_is_imported_again() {
    let home = Home::new();
    let add = "cert add --profile chat --region cn --package com.example.chat --id 7005 --app-id 30123456 --app-key \
               8c1d4e5f6a7b8c9d0e1f2a3b4c5d6e7f --channel-id chat --click activity:com.example.chat.Main \
               --master-secret-stdin";
    home.run_with(&add.split_whitespace().collect::<Vec<_>>(), "3b6f9a2c5d8e1f4a7b0c3d6e9f2a5b8c").expect(0);
    for (to, file, lang) in [
        ("timpush", "t.json", "java"),
        ("constants", "C.java", "java"),
        ("constants", "C.kt", "kotlin"),
        ("env", "staging.env", "java"),
    ] {
        let exported = home.run(&["cert", "export", "--to", to, "--lang", lang]).expect(0);
        assert!(!exported.stdout.contains("3b6f9a2c5d8e1f4a"), "{exported}");
        let other = Home::new();
        other.write(file, &exported.stdout);
        // A flag goes before the file: what the form does not hold, and what it does.
        let rest =
            ["--package", "com.example.chat", "--click", "activity:com.example.chat.Main", "--id", "7005"];
        let (code, value) = other.json(&import(file, &[&REST[..], &rest].concat()));
        assert_eq!(code, 0, "{file}: {value:#}");
        let (_, before) = home.json(&["cert", "show", "7005"]);
        for key in ["id", "app_id", "app_key", "channel_id", "click"] {
            assert_eq!(value["certificate"][key], before[key], "{file}: {key}");
        }
    }
}

#[test]
fn a_file_of_something_else_or_with_two_values_is_refused_with_its_place() {
    let home = Home::new();
    home.write("a.properties", "colour=red\n");
    home.write("two.properties", "oppoPushAppKey=a\noppoPushBussinessId=0\nOPPO_PUSH_APPKEY=b\n");
    let refused = |args: &[&str]| {
        let (code, value) = home.json(args);
        (code, value["error"]["kind"].clone(), value["error"]["place"].clone())
    };
    assert_eq!(refused(&import("a.properties", &REST)), (4, json!("not-found"), json!("a.properties")));
    let two = import("two.properties", &REST);
    assert_eq!(refused(&two), (4, json!("out-of-range"), json!("two.properties:2")));
    let ran = home.run(&two).expect(4);
    assert!(ran.stderr.contains("two.properties:3") && ran.stderr.contains("--app-key"), "{ran}");
    assert_eq!(refused(&import("no.json", &REST)), (3, json!("missing-file"), json!("FILE")));
}
