//! `opush profile`: add, list, show, use, remove, as a script meets them.
//! The questions at a terminal are in `profile_prompts`, the choice between profiles in `in_force`.

use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::harness::Home;

const TWO: &str = r#"# ours

default_profile = "demo"   # for now

[profile.demo]
region = "cn"
package = "com.example.demo"

[[profile.demo.certificate]]
id = 7005
app_id = "30001"
app_key = "demo-app-key"
app_secret = "hunter2-app"
master_secret = { env = "OPUSH_DEMO_MASTER_SECRET" }
channel_id = "tuikit"

[profile.other]
region = "intl"
endpoints = { push = "https://push.example.com" }
"#;

fn kinds(error: &Value) -> Vec<(String, String)> {
    let problems =
        error.get("problems").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![error.clone()]);
    let text = |problem: &Value, key: &str| problem[key].as_str().unwrap().to_owned();
    problems.iter().map(|problem| (text(problem, "place"), text(problem, "kind"))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(place, kind)| (place.to_string(), kind.to_string())).collect()
}

#[test]
fn add_writes_the_home_file_private_and_says_so() {
    let home = Home::new();
    let ran =
        home.run(&["profile", "add", "chat", "--region", "cn", "--package", "com.example.chat"]).expect(0);
    insta::assert_snapshot!(ran, @r"
    $ opush profile add chat --region cn --package com.example.chat
    Added profile chat (cn) to ~/.config/opush/config.toml, a new file.
    It is the default profile.
    Next:
      give it a certificate: opush cert add --profile chat
    exit code 0
    ");
    let file = home.config_home().join("config.toml");
    insta::assert_snapshot!(std::fs::read_to_string(&file).unwrap(), @r#"
    default_profile = "chat"

    [profile.chat]
    region = "cn"
    package = "com.example.chat"
    "#);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn add_writes_the_nearest_opush_toml_or_the_file_named() {
    let home = Home::with_config(TWO);
    std::fs::create_dir(home.file("below")).unwrap();
    let (code, value) =
        home.json(&["profile", "add", "new", "--region", "sandbox", "--endpoint", "http://127.0.0.1:1/"]);
    let path = home.file("opush.toml").canonicalize().unwrap();
    assert_eq!(code, 0);
    let expected = json!({
        "name": "new", "region": "sandbox", "package": null, "endpoint": "http://127.0.0.1:1",
        "path": path, "default": false, "error": null,
    });
    assert_eq!(value, expected);
    assert!(home.read("opush.toml").starts_with(TWO), "what was there stays to the letter");
    let args = ["profile", "add", "new", "--region", "cn", "--config", "named.toml"];
    home.run(&args).expect(0);
    assert!(home.read("named.toml").contains("[profile.new]"));
}

#[test]
fn add_lists_everything_missing_and_everything_wrong_at_once() {
    let home = Home::with_config(TWO);
    let (code, value) = home.json(&["profile", "add"]);
    assert_eq!(code, 2);
    assert_eq!(kinds(&value["error"]), pairs(&[("NAME", "missing-flag"), ("--region", "missing-flag")]));
    let args = [
        "profile",
        "add",
        "demo",
        "--region",
        "mars",
        "--package",
        "chat",
        "--endpoint",
        "http://example.com",
    ];
    let (code, value) = home.json(&args);
    assert_eq!(code, 4);
    let expected = [
        ("NAME", "duplicate-id"),
        ("--region", "bad-name"),
        ("--package", "bad-name"),
        ("--endpoint", "insecure-endpoint"),
    ];
    assert_eq!(kinds(&value["error"]), pairs(&expected));
    let (code, value) = home.json(&["profile", "add", "--package", "chat"]);
    assert_eq!(code, 2, "what is missing decides");
    assert_eq!(kinds(&value["error"]).len(), 3);
    assert_eq!(home.read("opush.toml"), TWO);
}

#[test]
fn add_refuses_names_that_cannot_be() {
    let home = Home::new();
    for name in ["sandbox", "env", "a b", "", "ä"] {
        let (code, value) = home.json(&["profile", "add", name, "--region", "cn"]);
        assert_eq!((code, value["error"]["kind"].as_str()), (4, Some("bad-name")), "{name}");
    }
    assert!(!home.config_home().join("config.toml").exists());
}

#[test]
fn add_says_when_a_file_is_left_without_a_default() {
    let home = Home::with_config("[profile.a]\nregion = \"cn\"\n");
    let ran = home.run(&["profile", "add", "b", "--region", "cn"]).expect(0);
    assert!(ran.stdout.contains("no default_profile"), "{ran}");
    home.run(&["profile", "use", "b"]).expect(0);
    let ran = home.run(&["profile", "add", "c", "--region", "cn"]).expect(0);
    assert!(!ran.stdout.contains("no default_profile"), "{ran}");
}

#[test]
fn a_file_with_mistakes_is_refused_and_not_changed() {
    let broken = "[profile.a]\nregoin = \"cn\"\n";
    let home = Home::with_config(broken);
    for args in [
        vec!["profile", "add", "b", "--region", "cn"],
        vec!["profile", "list"],
        vec!["profile", "show"],
        vec!["profile", "use", "a"],
        vec!["profile", "remove", "a", "--yes"],
    ] {
        let (code, value) = home.json(&args);
        assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("unknown-key")), "{args:?}");
    }
    assert_eq!(home.read("opush.toml"), broken);
}

#[test]
fn list_marks_the_current_profile_and_the_variables_of_env() {
    let home = Home::with_config(TWO).variable("OPUSH_APP_ID", "30002");
    std::fs::set_permissions(home.file("opush.toml"), std::fs::Permissions::from_mode(0o600)).unwrap();
    insta::assert_snapshot!(home.run(&["profile", "list"]).expect(0), @r"
    $ opush profile list
    NAME     REGION   PACKAGE           CERTIFICATES  FROM               STATE
    demo     cn       com.example.demo  1             opush.toml         current: default_profile
    other    intl                       0             opush.toml
    sandbox  sandbox  com.example.demo  1             built in
    env                                 0             OPUSH_* variables  incomplete: OPUSH_APP_KEY, OPUSH_MASTER_SECRET, OPUSH_CHANNEL_ID, OPUSH_REGION
    exit code 0
    ");
    let (_, value) = home.json(&["profile", "list", "--profile", "other"]);
    let items = value["items"].as_array().unwrap();
    let names: Vec<_> = items.iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["demo", "other", "sandbox", "env"]);
    let of = |key: &str| items.iter().map(|item| item[key].as_bool().unwrap()).collect::<Vec<_>>();
    assert_eq!(of("in_force"), [false, true, false, false]);
    assert_eq!(of("default"), [true, false, false, false]);
    assert_eq!((value["in_force"].as_str(), value["because"].as_str()), (Some("other"), Some("--profile")));
    assert_eq!(items[3]["problems"].as_array().unwrap().len(), 4);
}

#[test]
fn list_works_whatever_is_wrong_with_the_choice() {
    let none = Home::new();
    let (code, value) = none.json(&["profile", "list"]);
    assert_eq!((code, value["none_because"]["kind"].as_str()), (0, Some("no-profile")));
    assert_eq!((&value["in_force"], &value["path"]), (&Value::Null, &Value::Null));
    let (code, value) = none.json(&["profile", "list", "--profile", "nowhere"]);
    assert_eq!((code, value["none_because"]["kind"].as_str()), (0, Some("unknown-profile")));

    let broken = Home::with_config(&TWO.replace("\"demo\"   #", "\"dmeo\"   #"));
    let (code, value) = broken.json(&["profile", "list"]);
    assert_eq!((code, value["none_because"]["place"].as_str()), (0, Some("opush.toml:3:19")));
    assert_eq!(value["items"].as_array().unwrap().len(), 3);
    broken.run(&["profile", "show", "demo"]).expect(3);
    let (code, value) = broken.json(&["profile", "add", "new", "--region", "cn"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("unknown-profile")));
    broken.run(&["profile", "use", "other"]).expect(0);
    assert_eq!(broken.read("opush.toml"), TWO.replace("\"demo\"   #", "\"other\"   #"));
    broken.run(&["profile", "show", "demo"]).expect(0);
}

#[test]
fn show_says_where_each_value_came_from_and_no_secret() {
    let home = Home::with_config(TWO);
    let ran = home.run(&["profile", "show", "--quiet"]).expect(0);
    insta::assert_snapshot!(ran, @r"
    $ opush profile show --quiet
    profile demo (cn), opush.toml
    current: default_profile

    KEY                  VALUE                                   FROM
    region               cn                                      opush.toml:6:10
    package              com.example.demo                        opush.toml:7:11
    multi_device         one                                     default
    reports_complete     false                                   default
    endpoints.push       https://api-push-cn.heytapmobi.com      default
    endpoints.device     https://api-device.push.heytapmobi.com  default
    endpoints.media      https://api-media.push.heytapmobi.com   default
    endpoints.feedback   https://feedback.push.oppomobile.com    default
    default_certificate  7005                                    default

    CERTIFICATE  NAME              APPID  CHANNEL  CLICK     MASTERSECRET                        FROM
    7005         certificate 7005  30001  tuikit   open-app  set (env OPUSH_DEMO_MASTER_SECRET)  opush.toml:10:6
    exit code 0
    ");
    let (_, value) = home.json(&["profile", "show"]);
    assert!(!value.to_string().contains("hunter2"));
    let found = |key: &str| {
        value["values"].as_array().unwrap().iter().find(|row| row["key"] == key).cloned().unwrap()
    };
    let expected = json!({
        "key": "certificate.7005.app_secret", "value": "set (plain text)", "source": "opush.toml:13:14",
    });
    assert_eq!(found("certificate.7005.app_secret"), expected);
    assert_eq!(found("certificate.7005.click")["source"], "default");
    assert_eq!(found("certificate.7005.saved_at")["value"], Value::Null);

    let (_, value) = home.json(&["profile", "show", "other"]);
    assert_eq!((value["in_force"].as_bool(), &value["because"]), (Some(false), &Value::Null));
    let push =
        json!({"key": "endpoints.push", "value": "https://push.example.com", "source": "opush.toml:19:22"});
    assert!(value["values"].as_array().unwrap().contains(&push), "{value:#}");
}

#[test]
fn show_lists_the_settings_of_the_im_server_and_where_they_came_from() {
    let profile = |name: &str, region: &str, more: &str| {
        format!(
            "[profile.{name}]\nregion = \"{region}\"\nmulti_device = \"several\"\n[profile.{name}.im]\nsdk_app_id = 1400000001\n\
             admin = \"administrator\"\nsecret_key = \"hunter2-hunter2\"\n{more}"
        )
    };
    let toml = [
        profile("china", "cn", ""),
        profile("abroad", "intl", "region = \"jakarta\"\n"),
        profile("proxied", "intl", "endpoint = \"https://im.example.com\"\n"),
        profile("nowhere", "intl", ""),
    ];
    let home = Home::with_config(&toml.concat());
    let ran = home.run(&["profile", "show", "abroad", "--quiet"]).expect(0);
    let im: Vec<&str> =
        ran.stdout.lines().filter(|line| line.starts_with("im.") || line.starts_with("multi")).collect();
    insta::assert_snapshot!(im.join("\n"), @r"
    multi_device         several                               opush.toml:10:16
    im.sdk_app_id        1400000001                            opush.toml:12:14
    im.admin             administrator                         opush.toml:13:9
    im.secret_key        set (plain text)                      opush.toml:14:14
    im.region            jakarta                               opush.toml:15:10
    im.endpoint          https://adminapiidn.im.qcloud.com     default
    ");
    let values = |name: &str| {
        let (code, value) = home.json(&["profile", "show", name]);
        assert_eq!(code, 0);
        assert!(!value.to_string().contains("hunter2"), "{value}");
        let rows = value["values"].as_array().unwrap().clone().into_iter();
        rows.filter(|row| row["key"].as_str().unwrap().starts_with("im.")).collect::<Vec<_>>()
    };
    let row = |key: &str, value: Value, source: &str| json!({ "key": key, "value": value, "source": source });
    let china = values("china");
    assert_eq!(china[2], row("im.secret_key", json!("set (plain text)"), "opush.toml:7:14"));
    assert_eq!(china[3], row("im.region", json!("china"), "default"));
    assert_eq!(china[4], row("im.endpoint", json!("https://console.tim.qq.com"), "default"));
    let proxied = values("proxied");
    assert_eq!((proxied.len(), &proxied[3]["value"]), (4, &json!("https://im.example.com")));
    assert_eq!(values("nowhere")[3], row("im.region", Value::Null, "default"));
    let keys: Vec<Value> = values("sandbox").into_iter().map(|row| row["key"].clone()).collect();
    assert_eq!(keys, ["im.sdk_app_id", "im.admin", "im.secret_key"]);
}

#[test]
fn show_knows_the_built_in_profiles_and_suggests() {
    let mut home = Home::new();
    let (code, value) = home.json(&["profile", "show", "sandbox"]);
    assert_eq!((code, value["origin"].as_str()), (0, Some("built in")));
    assert!(value["values"].as_array().unwrap().iter().all(|row| row["source"] != "opush.toml"));
    let (code, value) = home.json(&["profile", "show", "sandbx"]);
    assert_eq!((code, value["error"]["hint"].as_str()), (3, Some("did you mean \"sandbox\"?")));
    assert_eq!(value["error"]["place"], "NAME");
    for (name, value) in [
        ("APP_ID", "1"),
        ("APP_KEY", "k"),
        ("MASTER_SECRET", "hunter2"),
        ("CHANNEL_ID", "c"),
        ("REGION", "intl"),
    ] {
        home.set(&format!("OPUSH_{name}"), value);
    }
    let (code, value) = home.json(&["profile", "show"]);
    assert_eq!((code, value["name"].as_str()), (0, Some("env")));
    let secret = json!({
        "key": "certificate.1.master_secret", "value": "set (env OPUSH_MASTER_SECRET)", "source": "OPUSH_MASTER_SECRET",
    });
    assert!(value["values"].as_array().unwrap().contains(&secret), "{value:#}");
    assert!(!value.to_string().contains("hunter2"));
}

#[test]
fn use_writes_the_default_and_nothing_else() {
    let home = Home::with_config(TWO);
    let (code, value) = home.json(&["profile", "use", "other"]);
    let path = home.file("opush.toml").canonicalize().unwrap();
    let expected = json!({"name": "other", "path": path, "changed": true, "previous": "demo", "error": null});
    assert_eq!((code, value), (0, expected));
    assert_eq!(home.read("opush.toml"), TWO.replace("\"demo\"   #", "\"other\"   #"));
    let (_, value) = home.json(&["profile", "use", "other"]);
    assert_eq!(value["changed"], false);
    let ran = home.run(&["profile", "use", "demo", "--profile", "other"]).expect(0);
    assert!(ran.stdout.contains("demo is the default profile now, in opush.toml; it was other."), "{ran}");
    assert!(ran.stdout.contains("--profile still goes first, and names other."), "{ran}");
    home.run(&["profile", "use", "sandbox"]).expect(0);
    assert_eq!(home.json(&["profile", "show"]).1["name"], "sandbox");
}

#[test]
fn use_refuses_what_cannot_be_a_default() {
    let home = Home::with_config(TWO);
    for name in ["nowhere", "env"] {
        let (code, value) = home.json(&["profile", "use", name]);
        let error = &value["error"];
        assert_eq!(
            (code, error["kind"].as_str(), error["place"].as_str()),
            (3, Some("unknown-profile"), Some("NAME"))
        );
    }
    assert_eq!(home.read("opush.toml"), TWO);
    let none = Home::new();
    for name in ["chat", "sandbox"] {
        let (code, value) = none.json(&["profile", "use", name]);
        assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("missing-file")));
        assert!(!none.config_home().exists());
    }
}

#[test]
fn remove_needs_yes_and_lists_what_else_is_removed() {
    let home = Home::with_config(TWO);
    let ran = home.run(&["profile", "remove", "demo", "--quiet"]).expect(2);
    insta::assert_snapshot!(ran, @r"
    $ opush profile remove demo --quiet
    stderr: error: --yes is required to remove profile demo without being asked; certificate 7005 would go with it
    stderr:   confirm it: opush profile remove demo --yes
    exit code 2
    ");
    assert_eq!(home.read("opush.toml"), TWO);
    let report = ["token", "report", "--user", "alice", "--certificate", "7005", "--reg-id"];
    let reg_id = ["CN_0123456789abcdef0123456789abcdef"];
    home.run(&[&report[..], &reg_id[..]].concat()).expect(0);
    let ran = home.run(&["profile", "remove", "demo", "--yes"]).expect(0);
    insta::assert_snapshot!(ran.stdout, @r"
    Removed profile demo from opush.toml, with certificate 7005.
    1 token report still names it, and will count again if a profile demo is added.
    It was the default profile; other is the only one now, and the current one.
    ");
    assert_eq!(
        home.read("opush.toml"),
        "# ours\n\n[profile.other]\nregion = \"intl\"\nendpoints = { push = \"https://push.example.com\" }\n"
    );
}

#[test]
fn remove_discards_the_secret_files_that_opush_keeps_and_no_others() {
    let home = Home::new();
    let secrets = home.config_home().join("secrets");
    std::fs::create_dir_all(&secrets).unwrap();
    let file = |name: &str, text: &str| {
        let path = secrets.join(name);
        #[allow(clippy::disallowed_methods)]
        std::fs::write(&path, text).unwrap();
        path
    };
    let (only, shared, stranger) = (file("a-1", "one"), file("a-2", "two"), file("unrelated", "three"));
    home.write("mine", "four");
    let certificate = |profile: &str, id: i64, secret: &str| {
        format!(
            "[[profile.{profile}.certificate]]\nid = {id}\napp_id = \"1\"\napp_key = \"k\"\nmaster_secret = {{ file = \"{secret}\" }}\n"
        )
    };
    let toml = [
        "[profile.a]\nregion = \"cn\"\n".to_owned(),
        certificate("a", 1, "~/.config/opush/secrets/a-1"),
        certificate("a", 2, "~/.config/opush/secrets/a-2"),
        certificate("a", 3, "mine"),
        "[profile.b]\nregion = \"cn\"\n".to_owned(),
        certificate("b", 1, shared.to_str().unwrap()),
    ];
    home.write("opush.toml", toml.concat());
    let (code, value) = home.json(&["profile", "remove", "a", "--yes"]);
    assert_eq!((code, &value["certificates"]), (0, &json!([1, 2, 3])));
    assert_eq!(value["secrets"], json!([only]));
    assert!(!only.exists() && shared.exists() && stranger.exists() && home.file("mine").exists());
    assert!(!home.state_home().join("state.db").exists(), "looking makes no database");
}

#[test]
fn remove_refuses_what_is_not_there() {
    let home = Home::with_config(TWO);
    for name in ["dmeo", "sandbox", "env"] {
        let (code, value) = home.json(&["profile", "remove", name, "--yes"]);
        assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("unknown-profile")), "{name}");
        assert_eq!(value["error"]["place"], "NAME");
    }
    assert_eq!(home.read("opush.toml"), TWO);
    Home::new().run(&["profile", "remove", "a", "--yes"]).expect(3);
}

#[test]
fn edit_takes_a_value_out_by_the_name_of_its_flag() {
    let text = "[profile.demo]\nregion = \"cn\" # here\npackage = \"com.example.demo\"\n\
        [profile.demo.im]\nsdk_app_id = 1400000001\nadmin = \"administrator\"\nsecret_key = { env = \"K\" }\n";
    let home = Home::with_config(text);
    home.run(&["profile", "edit", "demo", "--unset", "package"]).expect(0);
    home.run(&["profile", "edit", "demo", "--unset", "im"]).expect(0);
    assert_eq!(home.read("opush.toml").trim_end(), "[profile.demo]\nregion = \"cn\" # here");
    home.run(&["profile", "edit", "demo", "--unset", "region"]).expect(3);
    assert_eq!(home.read("opush.toml").trim_end(), "[profile.demo]\nregion = \"cn\" # here");
}

#[test]
fn edit_says_by_flag_that_every_report_reaches_opush() {
    let home = Home::with_config("[profile.demo]\nregion = \"cn\" # here\n");
    let (code, problem) = home.json(&["profile", "edit", "--reports-complete", "yes"]);
    assert_eq!((code, &problem["error"]["place"]), (4, &"--reports-complete".into()), "{problem}");
    home.run(&["profile", "edit", "--reports-complete", "true"]).expect(0);
    let file = home.read("opush.toml");
    assert_eq!(file, "[profile.demo]\nregion = \"cn\" # here\nreports_complete = true\n");
    home.run(&["profile", "edit", "--reports-complete", "true"]).expect(0);
    assert_eq!(home.read("opush.toml"), file, "it is so already");
}
