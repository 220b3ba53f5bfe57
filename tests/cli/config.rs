//! `opush config`: check, path, schema, trust.

use serde_json::{Value, json};

use crate::harness::Home;
use crate::prompts::Prompted;
use crate::vendor::{Reply, Vendor, answer};

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
    Home::with_untrusted(
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
    let expected =
        json!({"valid": true, "path": path, "profiles": 1, "certificates": 1, "warnings": [], "error": null});
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
    let (_, mut schema) = home.json(&["config", "schema"]);
    let printed: Value = serde_json::from_str(&home.run(&["config", "schema"]).expect(0).stdout).unwrap();
    assert_eq!(schema.as_object_mut().unwrap().remove("error"), Some(Value::Null));
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
    home.run(&["config", "trust", "--yes"]).expect(0);
    home.run(&["config", "check"]).expect(0);

    let text = home.read("opush.toml");
    home.write_untrusted("opush.toml", format!("{text}# changed by somebody\n"));
    home.run(&["config", "check"]).expect(3);
    home.write_untrusted("opush.toml", &text);
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

/// A stranger's checkout: the user's app, the stranger's servers.
const STRANGE: &str = r#"default_profile = "demo"

[history]
keep = 1

[profile.demo]
region = "cn"
endpoint = "https://push.example"

[profile.demo.im]
sdk_app_id = 1400000001
admin = "administrator"
secret_key = { command = ["pass", "show", "im key", "it's"] }
endpoint = "https://im.example"

[[profile.demo.certificate]]
id = 7005
app_id = "30001"
app_key = "demo-app-key"
master_secret = { env = "OPUSH_DEMO_MASTER_SECRET" }
app_secret = { file = "~/.ssh/id_ed25519" }
"#;

#[test]
fn trust_shows_what_the_file_could_do_and_asks() {
    let home = Home::with_untrusted(STRANGE);
    let folder = home.path().to_str().unwrap().to_owned();
    let ran = home.run(&["config", "trust"]).expect(2);
    insta::assert_snapshot!(ran.transcript().replace(&folder, "/home/me"), @r#"
    $ opush config trust
    stderr: It decides where pushes and their secrets go:
    stderr:   profile.demo.endpoint = https://push.example (opush.toml:8:12)
    stderr:   profile.demo.im.endpoint = https://im.example (opush.toml:14:12)
    stderr: It names these secrets, and runs a program for each that is printed by one:
    stderr:   profile.demo.certificate.7005.master_secret = environment variable OPUSH_DEMO_MASTER_SECRET (opush.toml:20:17)
    stderr:   profile.demo.certificate.7005.app_secret = file /home/me/.ssh/id_ed25519 (opush.toml:21:14)
    stderr:   profile.demo.im.secret_key = printed by pass show 'im key' "it's" (opush.toml:13:14)
    stderr: It removes from your own history what is beyond these limits:
    stderr:   history.keep = 1 (opush.toml:4:8)
    stderr: error: --yes is required to trust opush.toml without being asked
    stderr:   confirm it: opush config trust --yes
    exit code 2
    "#);
    let mut terminal = Prompted::start(&home, 100, &["config", "trust"]);
    terminal
        .see("profile.demo.endpoint = https://push.example")
        .see("Trust opush.toml as it is now?")
        .press("n");
    assert_eq!(terminal.leave().0, 1);
    let mut terminal = Prompted::start(&home, 100, &["config", "trust"]);
    terminal.see("Trust opush.toml as it is now?").press("y");
    assert_eq!(terminal.leave().0, 0);
    // Nothing is asked twice.
    home.run(&["config", "trust"]).expect(0);
}

#[test]
fn limits_of_the_history_are_shown_before_they_are_trusted() {
    let home = Home::with_untrusted("[history]\nkeep = 1\nkeep_for = \"36h\"\n");
    let ran = home.run(&["config", "trust"]).expect(2);
    for line in ["removes from your own history", "history.keep = 1 (opush.toml:2:8)"] {
        assert!(ran.stderr.contains(line), "{ran}");
    }
    let (_, value) = home.json(&["config", "trust", "--yes"]);
    let limits = value["history"].as_array().unwrap();
    assert_eq!(limits.iter().map(|one| &one["value"]).collect::<Vec<_>>(), ["1d 12h", "1"], "{value:#}");
}

#[test]
fn trust_as_json() {
    let home = Home::with_untrusted(STRANGE);
    let (code, value) = home.json(&["config", "trust", "--yes"]);
    let path = home.file("opush.toml").canonicalize().unwrap();
    assert_eq!((code, value["path"].as_str()), (0, path.to_str()));
    assert_eq!(value["commands"], json!([r#"pass show 'im key' "it's""#]));
    let keys =
        |list: &Value| list.as_array().unwrap().iter().map(|one| one["key"].clone()).collect::<Vec<_>>();
    assert_eq!(keys(&value["endpoints"]), ["profile.demo.endpoint", "profile.demo.im.endpoint"]);
    let of = |key: &str| format!("profile.demo.{key}");
    let secrets =
        [of("certificate.7005.master_secret"), of("certificate.7005.app_secret"), of("im.secret_key")];
    assert_eq!(keys(&value["secrets"]), secrets);
    assert_eq!(value["own_state"], Value::Null);
    let none = Home::with_untrusted("");
    let ran = none.run(&["config", "trust", "--yes"]).expect(0);
    assert!(ran.stdout.contains("It names no endpoint, no command and no secret that is kept"), "{ran}");
}

#[test]
fn what_can_not_be_shown_as_it_is_can_not_be_trusted() {
    for hidden in ["\\u001b[2K", "\\u202e", "\\u009b", "\\n"] {
        let toml = STRANGE.replace("it's", hidden);
        let home = Home::with_untrusted(&toml);
        let (code, value) = home.json(&["config", "trust", "--yes"]);
        assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("bad-value")), "{hidden}");
        assert_eq!(value["error"]["place"], "opush.toml:13:14");
        home.run(&["im", "check"]).expect(3);
    }
}

#[test]
fn a_file_that_is_not_trusted_has_a_state_of_its_own() {
    const REG_ID: &str = "OPPO_CN_00000000000000000000000000000001";
    let home = Home::with_config(STRANGE);
    let report = ["token", "report", "--user", "alice", "--reg-id", REG_ID];
    let users = |home: &Home| {
        let (_, value) = home.json(&["token", "list"]);
        let users = value["items"].as_array().unwrap().iter().map(|item| item["user"].clone());
        users.collect::<Vec<_>>()
    };
    let state = |home: &Home| home.json(&["config", "path"]).1["state"].as_str().unwrap().to_owned();
    home.run(&report).expect(0);
    let own = home.state_home().join("state.db");
    assert_eq!(state(&home), own.to_str().unwrap());

    home.write_untrusted("opush.toml", STRANGE.replace("keep = 1", "keep = 2"));
    assert_eq!(users(&home), [""; 0]);
    let ran = home.run(&["token", "list"]).expect(0);
    assert!(ran.stderr.contains("opush.toml is not trusted, so it has a state of its own"), "{ran}");
    let strange = state(&home);
    assert!(strange.starts_with(home.state_home().join("untrusted").to_str().unwrap()), "{strange}");
    home.run(&["token", "report", "--user", "mallory", "--reg-id", REG_ID]).expect(0);
    assert_eq!(users(&home), ["mallory"]);
    home.run(&["history", "prune", "--keep", "1"]).expect(0);

    let (_, value) = home.json(&["config", "trust", "--yes"]);
    assert_eq!(value["own_state"], strange);
    assert_eq!(users(&home), ["alice"]);
}

#[test]
fn without_trust_the_hosts_of_the_region_are_reached_as_before() {
    let own = STRANGE
        .replace("region = \"cn\"\nendpoint = \"https://push.example\"", "region = \"sandbox\"")
        .replace("endpoint = \"https://im.example\"\n", "");
    let usersig = ["im", "usersig", "--user", "alice"];
    let (code, value) = Home::with_untrusted(&own).json(&usersig);
    assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("untrusted-command")));
    let of_variables =
        own.replace("command = [\"pass\", \"show\", \"im key\", \"it's\"]", "env = \"IM_KEY\"");
    let home = Home::with_untrusted(&of_variables)
        .variable("OPUSH_DEMO_MASTER_SECRET", "hunter2hunter2")
        .variable("IM_KEY", "key-of-the-im-server");
    home.run(&usersig).expect(0);
    home.run(&["cert", "verify"]).expect(0);
    // Who names the authorities decides who may pass for those hosts.
    let of_authority = of_variables.replace("region = \"sandbox\"", "region = \"cn\"\nca_file = \"ca.pem\"");
    let home = Home::with_untrusted(&of_authority)
        .variable("OPUSH_DEMO_MASTER_SECRET", "hunter2hunter2")
        .variable("IM_KEY", "key-of-the-im-server");
    home.write("ca.pem", crate::tls_relay::TlsRelay::before(([127, 0, 0, 1], 9).into()).authority);
    for command in [&["cert", "verify"][..], &["im", "check"], &usersig] {
        let (code, value) = home.json(command);
        assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("untrusted-configuration")), "{value}");
        assert!(value["error"]["message"].as_str().unwrap().contains("profile.demo.ca_file"), "{value}");
    }
    let ran = home.run(&["doctor"]);
    assert!(ran.to_string().contains("its profile.demo.ca_file"), "{ran}");
    let (_, value) = home.json(&["config", "trust", "--yes"]);
    assert_eq!(value["endpoints"][0]["key"], "profile.demo.ca_file");
}

#[test]
fn the_token_of_a_sandbox_does_not_go_where_a_stranger_says() {
    let vendor = Vendor::start(|_, _| Reply::Close(answer("200 OK", "application/json", b"{}")));
    let toml = |secret: &str| {
        format!(
            "[profile.box]\nregion = \"sandbox\"\nendpoint = \"{}\"\n[[profile.box.certificate]]\nid = 1\napp_id = \"30001\"\n\
             app_key = \"k\"\nmaster_secret = {secret}\n",
            vendor.url()
        )
    };
    let phones = ["sandbox", "phone", "list"];
    let home =
        Home::with_untrusted(&toml("\"plain\"")).variable("OPUSH_SANDBOX_TOKEN", "bearer-token-of-mine");
    let (code, value) = home.json(&phones);
    assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("untrusted-configuration")));
    assert_eq!(value["error"]["place"], "OPUSH_SANDBOX_TOKEN");
    // Nor does a variable of the environment that a scenario names.
    let scenario = "[target]\nphone = \"p\"\n[notification]\ntitle = \"x\"\ncontent = \"${MINE}\"\n[[case]]\nname = \"a\"\n";
    home.write("s.toml", scenario);
    let home = home.variable("MINE", "my-own-value");
    let (code, value) = home.json(&["smoke", "run", "s.toml"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("untrusted-configuration")), "{value}");
    assert_eq!(vendor.connections(), 0);
    home.run(&["config", "trust", "--yes"]).expect(0);
    home.run(&phones);
    assert!(vendor.received()[0].head.contains("bearer-token-of-mine"));
}

#[test]
fn a_strangers_scenario_gets_no_variable_on_the_way_to_oppo_itself() {
    let toml = |region: &str| {
        format!(
            "[profile.chat]\nregion = \"{region}\"\n[[profile.chat.certificate]]\nid = 1\napp_id = \"30001\"\n\
             app_key = \"k\"\nmaster_secret = \"plain\"\nchannel_id = \"tuikit\"\n"
        )
    };
    let scenario = |text: &str, target: &str| {
        format!(
            "[target]\n{target}\n[notification]\ntitle = \"x\"\ncontent = \"{text}\"\n[[case]]\nname = \"a\"\n"
        )
    };
    let home = Home::with_untrusted(&toml("cn")).variable("MINE", "my-own-value");
    let reg_id = "reg_id = \"CN_0123456789abcdef0123456789abcdef\"";
    home.write("s.toml", scenario("a ${MINE}", reg_id));
    home.write("none.toml", scenario("a $${MINE}", reg_id));
    // `list` plans as `run` does, and sends nothing.
    let (code, value) = home.json(&["smoke", "list", "s.toml"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("untrusted-configuration")), "{value}");
    assert!(!value.to_string().contains("my-own-value"), "{value}");
    home.run(&["smoke", "list", "none.toml"]).expect(0);
    home.run(&["smoke", "list", "s.toml", "--config", "opush.toml"]).expect(0);
    home.run(&["config", "trust", "--yes"]).expect(0);
    home.run(&["smoke", "list", "s.toml"]).expect(0);
    // What stays on this machine needs no trust.
    let home = Home::with_untrusted(&toml("sandbox")).variable("MINE", "my-own-value");
    home.write("s.toml", scenario("a ${MINE}", reg_id));
    home.run(&["smoke", "list", "s.toml"]).expect(0);
}

#[test]
fn a_file_that_opush_makes_is_trusted_and_no_secret_of_the_user_is_removed_for_a_stranger() {
    let home = Home::new();
    home.run(&["profile", "add", "chat", "--region", "cn", "--config", "opush.toml"]).expect(0);
    let add =
        "cert add --id 7005 --app-id 30001 --app-key k --channel-id c --click open-app --master-secret-stdin";
    home.run_with(&add.split(' ').collect::<Vec<_>>(), "hunter2hunter2").expect(0);
    home.run(&["config", "check"]).expect(0);
    assert_eq!(
        home.json(&["config", "path"]).1["state"].as_str(),
        home.state_home().join("state.db").to_str()
    );

    let secret = home.config_home().join("secrets/chat-7005");
    assert!(secret.exists());
    let toml = home.read("opush.toml");
    home.write_untrusted("opush.toml", format!("{toml}# theirs\n"));
    home.run(&["profile", "remove", "chat", "--yes"]).expect(0);
    assert!(secret.exists());
}
