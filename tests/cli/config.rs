//! `opush config`: check, path, schema, trust.

use serde_json::{Value, json};

use crate::harness::Home;

const MISTAKES: &str = r#"default_profile = "demo"

[profile.demo]
region = "cn"

[[profile.demo.certificate]]
id = 7005
app_id = "30001"
app_key = "demo-app-key"
master_secret = { env = "OPUSH_DEMO_MASTER_SECRET" }
chanel_id = "tuikit"
"#;

/// A configuration whose MasterSecret is what a program prints.
fn with_command() -> Home {
    Home::with_config(
        &MISTAKES
            .replace("{ env = \"OPUSH_DEMO_MASTER_SECRET\" }", "{ command = [\"printf\", \"hunter2\"] }")
            .replace("chanel_id", "channel_id"),
    )
}

#[test]
fn check_shows_every_mistake_with_its_line() {
    let home = Home::with_config(MISTAKES);
    insta::assert_snapshot!(home.run(&["config", "check"]).expect(3), @r#"
    $ opush config check
    stderr: error[missing-secret]: environment variable OPUSH_DEMO_MASTER_SECRET is not set
    stderr:    --> opush.toml:10:17
    stderr:     |
    stderr:  10 | master_secret = { env = "OPUSH_DEMO_MASTER_SECRET" }
    stderr:     |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ export OPUSH_DEMO_MASTER_SECRET with the secret
    stderr: error[unknown-key]: certificates have no key "chanel_id"
    stderr:    --> opush.toml:11:1
    stderr:     |
    stderr:  11 | chanel_id = "tuikit"
    stderr:     | ^^^^^^^^^ did you mean "channel_id"?
    stderr: 2 problems in opush.toml
    exit code 3
    "#);
    let (_, value) = home.json(&["config", "check"]);
    let problems = value["error"]["problems"].as_array().unwrap();
    let found: Vec<_> = problems
        .iter()
        .map(|problem| (problem["place"].as_str().unwrap(), problem["kind"].as_str().unwrap()))
        .collect();
    assert_eq!(found, [("opush.toml:10:17", "missing-secret"), ("opush.toml:11:1", "unknown-key")]);
}

#[test]
fn check_says_when_all_is_sound() {
    let home = Home::with_config(&MISTAKES.replace("chanel_id", "channel_id"))
        .variable("OPUSH_DEMO_MASTER_SECRET", "x");
    let ran = home.run(&["config", "check"]).expect(0);
    assert_eq!(
        ran.stdout,
        "opush.toml is sound: 1 profile, 1 certificate, every secret that opush uses can be had\n"
    );
    let (_, value) = home.json(&["config", "check"]);
    let path = home.file("opush.toml").canonicalize().unwrap();
    let expected = json!({"valid": true, "path": path, "profiles": 1, "certificates": 1, "warnings": []});
    assert_eq!(value, expected);
}

#[test]
fn check_warns_of_a_plain_secret_that_others_can_read() {
    let home = Home::with_config(
        &MISTAKES
            .replace("{ env = \"OPUSH_DEMO_MASTER_SECRET\" }", "\"hunter2\"")
            .replace("chanel", "channel"),
    );
    let (code, value) = home.json(&["config", "check"]);
    assert_eq!((code, value["warnings"][0]["kind"].as_str()), (0, Some("exposed-secret")));
    assert!(!value.to_string().contains("hunter2"));
}

#[test]
fn a_syntax_error_is_the_only_error_reported() {
    let home = Home::with_config("[profile.a\nregion = \"cn\"\n");
    let (code, value) = home.json(&["config", "check"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("toml-syntax")));
    assert!(value["error"]["place"].as_str().unwrap().starts_with("opush.toml:1:"), "{value}");
}

#[test]
fn without_a_file_check_and_trust_say_what_to_do() {
    for command in ["check", "trust"] {
        let (code, value) = Home::new().json(&["config", command]);
        assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("missing-file")), "{command}");
    }
    let (code, value) = Home::new().json(&["config", "path"]);
    assert_eq!((code, &value["exists"], &value["found_by"]), (0, &json!(false), &Value::Null));
    assert!(value["path"].as_str().unwrap().ends_with("/.config/opush/config.toml"));
}

#[test]
fn path_says_where_everything_lies() {
    let home = Home::with_config("");
    let (_, value) = home.json(&["config", "path"]);
    assert_eq!(value["path"].as_str(), home.file("opush.toml").canonicalize().unwrap().to_str());
    assert_eq!(value["state"].as_str(), home.state_home().join("state.db").to_str());
    assert_eq!(value["secrets"].as_str(), home.config_home().join("secrets").to_str());
    let moved = home.path().join("state");
    let home = home.variable("XDG_STATE_HOME", moved.to_str().unwrap());
    let (_, value) = home.json(&["config", "path"]);
    assert_eq!(value["sandbox"].as_str(), moved.join("opush/sandbox.db").to_str());
}

#[test]
fn the_schema_takes_what_opush_takes() {
    let home = Home::with_config(&MISTAKES.replace("chanel_id", "channel_id"));
    let (_, schema) = home.json(&["config", "schema"]);
    let printed: Value = serde_json::from_str(&home.run(&["config", "schema"]).expect(0).stdout).unwrap();
    assert_eq!(printed, schema);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let value = |text: &str| serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
    assert!(validator.is_valid(&value(&home.read("opush.toml"))));
    assert!(!validator.is_valid(&value(MISTAKES)), "the schema knows no key chanel_id");
}

#[test]
fn a_command_runs_only_once_the_file_is_trusted() {
    let home = with_command();
    let (code, value) = home.json(&["config", "check"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("untrusted-command")));
    assert!(value["error"]["hint"].as_str().unwrap().contains("opush config trust"));
    let ran = home.run(&["config", "trust"]).expect(0);
    assert!(ran.stdout.contains("These may run") && ran.stdout.contains("printf hunter2"), "{ran}");
    home.run(&["config", "check"]).expect(0);

    let text = home.read("opush.toml");
    home.write("opush.toml", format!("{text}# changed by somebody\n"));
    home.run(&["config", "check"]).expect(3);
    home.write("opush.toml", &text);
    home.run(&["config", "check"]).expect(0);
    // A change made by opush itself keeps the trust.
    home.run(&["profile", "add", "other", "--region", "cn"]).expect(0);
    home.run(&["config", "check"]).expect(0);
}

#[test]
fn a_file_named_by_hand_needs_no_trust() {
    let home = with_command();
    home.run(&["config", "check", "--config", "opush.toml"]).expect(0);
    home.variable("OPUSH_CONFIG", "opush.toml").run(&["config", "check"]).expect(0);
}

#[test]
fn trust_as_json() {
    let home = with_command();
    let (code, value) = home.json(&["config", "trust"]);
    let path = home.file("opush.toml").canonicalize().unwrap();
    assert_eq!((code, value), (0, json!({"path": path, "commands": ["printf hunter2"]})));
    let none = Home::with_config("");
    assert!(none.run(&["config", "trust"]).expect(0).stdout.contains("It runs no command"));
}
