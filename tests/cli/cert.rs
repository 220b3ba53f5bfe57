//! `opush cert`: what people read, what lands in the file, and what never leaves it.
//! The questions on a terminal are in `prompts`; many processes at once in `cert/crowd.rs`.

use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use super::harness::{Home, Ran};

mod crowd;
mod secrets;
mod verify;

/// A file with everything that an edit must leave alone.
const FILE: &str = r#"# Which apps we push to.
default_profile = "chat"   # the others by --profile

[profile.chat]
package = "com.example.chat"
region  = "cn"
default_certificate = 7005

# The one in production.
[[profile.chat.certificate]]
id            = 7005        # given by the console
name          = "chat-oppo"
app_id        = '30123456'
app_key       = "chat-app-key"
master_secret = { env = "CHAT_SECRET" }
channel_id    = "chat"      # created in App.kt
click         = { action = "open-app" }
saved_at      = 2020-01-01T00:00:00Z

[[profile.chat.certificate]]
app_id = "30123457"
app_key = "other-key"
master_secret = "plain-master-secret"
id = 3

[[profile.chat.certificate]]
id = 7006
app_id = "30123458"
app_key = "third-key"
master_secret = { file = "~/s" }
"#;

/// Everything that `cert add` needs for a new profile.
pub const ADD: [&str; 16] = [
    "cert",
    "add",
    "--profile",
    "chat",
    "--region",
    "cn",
    "--package",
    "com.example.chat",
    "--app-id",
    "30123456",
    "--app-key",
    "chat-app-key",
    "--channel-id",
    "chat",
    "--master-secret-env",
    "CHAT_SECRET",
];

pub fn with<'a>(args: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    args.iter().chain(more).copied().collect()
}

/// What a person sees, without what differs from run to run.
fn transcript(home: &Home, ran: &Ran) -> String {
    ran.transcript().replace(home.path().to_str().unwrap(), "/home/me")
}

fn kinds(error: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = error["error"]["problems"].as_array().cloned().unwrap_or_else(|| vec![error["error"].clone()]);
    all.iter().map(|problem| (text(&problem["kind"]), text(&problem["place"]))).collect()
}

#[test]
fn every_missing_flag_is_listed_at_once() {
    let home = Home::new();
    let ran = home.run(&["cert", "add"]).expect(2);
    insta::assert_snapshot!("missing_flags", transcript(&home, &ran));
    let (code, error) = home.json(&["cert", "add"]);
    assert_eq!(code, 2);
    let places: Vec<String> =
        kinds(&error).into_iter().map(|(kind, place)| format!("{kind} {place}")).collect();
    let flags = ["profile", "region", "package", "app-id", "app-key", "master-secret-env", "channel-id"];
    assert_eq!(places, flags.map(|flag| format!("missing-flag --{flag}")));
    // What is there already is not asked for, and nothing was written.
    let home = Home::with_config(FILE);
    let (code, error) = home.json(&["cert", "add", "--app-id", "1", "--no-input"]);
    assert_eq!(code, 2);
    let places: Vec<String> = kinds(&error).into_iter().map(|(_, place)| place).collect();
    assert_eq!(places, ["--app-key", "--master-secret-env", "--channel-id"]);
    assert_eq!(home.read("opush.toml"), FILE);
}

#[test]
fn a_fresh_machine_gets_the_file_in_the_configuration_folder() {
    let home = Home::new();
    let ran = home.run(&with(&ADD, &["--click", "activity:.SplashActivity"])).expect(0);
    insta::assert_snapshot!("added", transcript(&home, &ran));
    let file = home.config_home().join("config.toml");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    insta::assert_snapshot!("added_file", std::fs::read_to_string(file).unwrap());
    // The only profile is the current one from now on.
    home.run(&["cert", "list"]).expect(0);
}

#[test]
fn a_file_in_the_working_directory_has_precedence() {
    let home = Home::with_config("# ours\n");
    let (code, added) = home.json(&with(&ADD, &["--id", "7005", "--saved-at", "2020-01-01T00:00:00Z"]));
    assert_eq!(code, 0, "{added}");
    assert_eq!(added["path"], home.file("opush.toml").to_str().unwrap());
    assert_eq!(added["new_profile"], true);
    let certificate = &added["certificate"];
    assert_eq!((&certificate["id"], &certificate["local"]), (&7005.into(), &false.into()));
    assert_eq!(certificate["state"], "active");
    assert!(home.read("opush.toml").starts_with("# ours\n"));
    assert!(!home.config_home().join("config.toml").exists());
    // A file named by --config is made where it is not there, and the next commands name it too.
    let ran = home.run(&with(&ADD, &["--config", "new.toml"])).expect(0);
    assert!(ran.stdout.contains("--config new.toml cert edit 1 --id ID"), "{ran}");
    assert!(home.read("new.toml").contains("[[profile.chat.certificate]]"));
}

#[test]
fn the_ten_minutes_begin_with_the_consoles_id() {
    let home = Home::new();
    let ran = home.run(&with(&ADD, &["--id", "7005"])).expect(0);
    for said in ["At the IM server: active in ", "--saved-at TIME", "not OPPO's"] {
        assert!(ran.stdout.contains(said), "{said}: {ran}");
    }
    let (_, added) = home.json(&["cert", "show", "7005"]);
    assert_eq!(added["state"], "waiting");
    // A local ID has not been saved by any console.
    let ran = home.run(&with(&ADD[..2], &ADD[8..])).expect(0);
    assert!(ran.stdout.contains("7005 stays the default"), "{ran}");
    let (_, local) = home.json(&["cert", "show", "1"]);
    assert_eq!((&local["state"], &local["local"]), (&"unknown".into(), &true.into()));
}

#[test]
fn bad_values_are_reported_all_at_once() {
    let home = Home::with_config(FILE);
    let bad = [
        "cert",
        "add",
        "--app-id",
        " 1",
        "--app-key",
        "",
        "--channel-id",
        "a\tb",
        "--name",
        " ",
        "--click",
        "url:htp://x",
        "--id",
        "0",
        "--saved-at",
        "yesterday",
        "--master-secret-env",
        "0123456789abcdef0123456789abcdef",
        "--region",
        "mars",
        "--package",
        "chat",
    ];
    let ran = home.run(&bad).expect(4);
    assert!(!ran.stderr.contains("0123456789abcdef"), "what may be a secret is not repeated: {ran}");
    insta::assert_snapshot!("bad_values", transcript(&home, &ran));
    assert_eq!(home.read("opush.toml"), FILE);
    assert!(secrets::files(&home).is_empty());
}

#[test]
fn a_taken_id_and_what_contradicts_the_profile_are_refused() {
    let home = Home::with_config(FILE);
    let existing = with(&ADD[..2], &ADD[8..]);
    let (code, error) = home.json(&with(&existing, &["--id", "7005"]));
    assert_eq!((code, kinds(&error)), (4, vec![("duplicate-id".into(), "--id".into())]));
    let (code, error) = home.json(&with(&existing, &["--region", "intl", "--package", "com.example.other"]));
    let expected = [("contradiction", "--region"), ("contradiction", "--package")];
    assert_eq!((code, kinds(&error)), (3, expected.map(|(a, b)| (a.into(), b.into())).to_vec()));
    // The same again is no contradiction.
    home.run(&with(&existing, &["--region", "cn", "--package", "com.example.chat"])).expect(0);
    for built_in in ["sandbox", "env"] {
        for args in
            [&["cert", "add"][..], &["cert", "edit", "1", "--name", "x"], &["cert", "remove", "1", "--yes"]]
        {
            let (code, error) = home.json(&with(args, &["--profile", built_in]));
            assert_eq!(code, 3, "{error}");
        }
    }
    let (code, error) = home.json(&["cert", "add", "--profile", "a b"]);
    assert_eq!((code, kinds(&error)), (4, vec![("bad-name".into(), "--profile".into())]));
}

#[test]
fn lists_show_what_is_active() {
    let home = Home::with_config(FILE);
    let ran = home.run(&["cert", "list"]).expect(0);
    insta::assert_snapshot!("list", transcript(&home, &ran));
    let (_, list) = home.json(&["cert", "list"]);
    let items = list["items"].as_array().unwrap();
    let states: Vec<_> = items.iter().map(|item| item["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["active", "unknown", "unknown"]);
    let defaults: Vec<_> = items.iter().map(|item| item["default"].as_bool().unwrap()).collect();
    assert_eq!(defaults, [true, false, false]);
    assert_eq!(items[1]["master_secret"], "set (plain text)");
    home.run(&["cert", "list", "--profile", "sandbox"]).expect(0);
}

#[test]
fn show_says_where_each_value_came_from() {
    let home = Home::with_config(FILE);
    insta::assert_snapshot!("show", transcript(&home, &home.run(&["cert", "show"]).expect(0)));
    insta::assert_snapshot!(
        "show_console",
        transcript(&home, &home.run(&["cert", "show", "3", "--console"]).expect(0))
    );
    let (_, shown) = home.json(&["cert", "show", "7006", "--console"]);
    let fields: Vec<_> =
        shown["console"].as_array().unwrap().iter().map(|entry| entry["field"].clone()).collect();
    assert_eq!(fields, ["Push platform", "AppKey", "AppID", "MasterSecret", "ChannelID", "Click event"]);
    assert_eq!(shown["console"][3]["value"], "in ~/s");
    let (code, error) = home.json(&["cert", "show", "9"]);
    assert_eq!((code, kinds(&error)), (3, vec![("unknown-certificate".into(), "ID".into())]));
    let (code, shown) = home.json(&["cert", "show", "--profile", "sandbox"]);
    assert_eq!((code, &shown["sources"][0]["source"]), (0, &"built in".into()));
}

#[test]
fn an_edit_keeps_the_rest_to_the_letter() {
    let home = Home::with_config(FILE);
    let edit = ["cert", "edit", "7005", "--channel-id", "orders", "--saved-at", "2021-01-01T00:00:00Z"];
    let dry = home.run(&with(&edit, &["--dry-run"])).expect(0);
    assert_eq!(home.read("opush.toml"), FILE);
    let ran = home.run(&edit).expect(0);
    assert!(ran.stdout.starts_with(&dry.stdout), "--dry-run shows only the difference: {dry}");
    insta::assert_snapshot!("edited", transcript(&home, &ran));
    let expected = FILE.replace("\"chat\"      #", "\"orders\"      #").replace("2020-01-01", "2021-01-01");
    assert_eq!(home.read("opush.toml"), expected);
    let ran = home.run(&edit).expect(0);
    assert!(ran.stdout.contains("nothing changed"), "{ran}");
}

#[test]
fn a_value_is_taken_out_by_the_name_of_its_flag() {
    let home = Home::with_config(FILE);
    let edit = ["cert", "edit", "7005", "--unset", "channel-id", "--unset", "click"];
    let dry = home.run(&with(&edit, &["--dry-run"])).expect(0);
    assert!(dry.stdout.contains("-channel_id") && home.read("opush.toml") == FILE, "{dry}");
    home.run(&edit).expect(0);
    let file = home.read("opush.toml");
    assert!(!file.contains("channel_id") && !file.contains("click"), "{file}");
    assert!(file.contains("# The one in production.") && file.contains("saved_at"), "{file}");
    let (_, shown) = home.json(&["cert", "show", "7005"]);
    assert_eq!(shown["channel_id"]["value"], Value::Null, "{shown:#}");
    // What is not there is not an error; what must be there, an unknown word and both at once are.
    home.run(&edit).expect(0);
    for (more, code) in [
        (&["--unset", "app-id"][..], 3),
        (&["--unset", "id"], 2),
        (&["--unset", "nothing"], 2),
        (&["--unset", "channel-id", "--channel-id", "x"], 2),
    ] {
        let ran = home.run(&with(&["cert", "edit", "7005"], more)).expect(code);
        assert!(ran.stdout.is_empty() && home.read("opush.toml") == file, "{ran}");
    }
}

#[test]
fn a_certificate_saved_at_the_im_server_starts_the_ten_minutes_again() {
    for (flag, value, restarts) in [
        ("--app-id", "1", true),
        ("--app-key", "k", true),
        ("--channel-id", "c", true),
        ("--click", "url:https://example.com/", true),
        ("--master-secret-env", "CHAT_SECRET", true),
        ("--name", "n", false),
        ("--app-secret-env", "A", false),
        ("--channel-id", "chat", false),
    ] {
        let home = Home::with_config(FILE);
        let (code, changed) = home.json(&["cert", "edit", "7005", flag, value]);
        assert_eq!((code, &changed["restarted"]), (0, &restarts.into()), "{flag}: {changed}");
        let state = if restarts { "waiting" } else { "active" };
        assert_eq!(changed["certificate"]["state"], state, "{flag}");
    }
    let home = Home::with_config(FILE);
    // The console has not saved it, so there are no ten minutes.
    let (_, changed) = home.json(&["cert", "edit", "3", "--app-id", "1"]);
    assert_eq!((&changed["restarted"], &changed["certificate"]["state"]), (&false.into(), &"unknown".into()));
    let (_, changed) = home.json(&["cert", "edit", "7005", "--saved-at", "now"]);
    assert_eq!(changed["certificate"]["state"], "waiting");
    let ran = home.run(&["cert", "edit", "7005"]).expect(2);
    assert!(ran.stderr.contains("--channel-id"), "{ran}");
}

#[test]
fn a_first_certificate_is_the_default_until_another_is_chosen() {
    let home = Home::new();
    let default = |home: &Home| {
        let (code, list) = home.json(&["cert", "list"]);
        assert_eq!(code, 0, "{list}");
        let items = list["items"].as_array().unwrap().clone();
        let ids: Vec<_> =
            items.iter().filter(|item| item["default"] == true).map(|item| item["id"].clone()).collect();
        ids
    };
    home.run(&with(&ADD, &["--id", "7005"])).expect(0);
    assert_eq!(default(&home), [7005]);
    for id in ["7006", "7007"] {
        let ran = home.run(&with(&with(&ADD[..2], &ADD[8..]), &["--id", id])).expect(0);
        assert!(ran.stdout.contains("7005 stays the default; to change that: opush cert use"), "{ran}");
        assert_eq!(default(&home), [7005]);
    }
    let ran = home.run(&["cert", "use", "7007"]).expect(0);
    assert_eq!(
        ran.stdout,
        "7007 is the default certificate of profile chat now, in ~/.config/opush/config.toml; it was 7005.\n"
    );
    assert_eq!(default(&home), [7007]);
    let (code, used) = home.json(&["cert", "use", "7007"]);
    assert_eq!((code, &used["changed"], &used["previous"]), (0, &false.into(), &7007.into()));
    let (code, error) = home.json(&["cert", "use", "9"]);
    assert_eq!((code, kinds(&error)), (3, vec![("unknown-certificate".into(), "ID".into())]));
    home.run(&["cert", "use", "1", "--profile", "sandbox"]).expect(3);
    // A file with several and no default says how to choose one.
    let home = Home::with_config(&FILE.replace("default_certificate = 7005\n", ""));
    let ran = home.run(&["cert", "show"]).expect(3);
    assert!(ran.stderr.contains("opush cert use ID"), "{ran}");
}

fn report(home: &Home, user: &str, id: &str) {
    let reg_id = format!("CN_{:032x}", user.len());
    home.run(&["token", "report", "--user", user, "--certificate", id, "--reg-id", &reg_id]).expect(0);
}

#[test]
fn the_consoles_id_goes_into_everything_that_refers_to_it() {
    let home = Home::with_config(&FILE.replace("default_certificate = 7005", "default_certificate = 3"));
    report(&home, "alice", "3");
    report(&home, "bo", "3");
    let (code, changed) = home.json(&["cert", "edit", "3", "--id", "8000"]);
    assert_eq!((code, &changed["reports_renumbered"], &changed["previous_id"]), (0, &2.into(), &3.into()));
    assert_eq!(changed["certificate"]["state"], "waiting", "the console has saved it now");
    assert!(home.read("opush.toml").contains("default_certificate = 8000"));
    let (_, list) = home.json(&["token", "list"]);
    assert!(list["items"].as_array().unwrap().iter().all(|item| item["certificate_id"] == 8000), "{list}");
    let (code, error) = home.json(&["cert", "edit", "8000", "--id", "7005"]);
    assert_eq!((code, kinds(&error)), (4, vec![("duplicate-id".into(), "--id".into())]));
}

#[test]
fn nothing_is_renumbered_where_the_reports_cannot_follow() {
    let home = Home::with_config(FILE);
    std::fs::create_dir_all(home.state_home()).unwrap();
    std::fs::create_dir(home.state_home().join("state.db")).unwrap();
    home.run(&["cert", "edit", "3", "--id", "8000"]).expect(1);
    assert_eq!(home.read("opush.toml"), FILE);
}

#[test]
fn remove_asks_for_yes_and_lists_what_still_refers_to_it() {
    let home = Home::with_config(FILE);
    report(&home, "alice", "7005");
    report(&home, "bo", "7005");
    let (code, error) = home.json(&["cert", "remove", "7005"]);
    assert_eq!((code, kinds(&error)), (2, vec![("missing-flag".into(), "--yes".into())]));
    assert_eq!(home.read("opush.toml"), FILE);
    let ran = home.run(&["cert", "remove", "7005", "--yes"]).expect(0);
    insta::assert_snapshot!("removed", transcript(&home, &ran));
    let text = home.read("opush.toml");
    assert!(!text.contains("7005") && text.contains("# Which apps we push to."), "{text}");
    let (code, removed) = home.json(&["cert", "remove", "3", "--yes"]);
    assert_eq!((code, &removed["users"], &removed["was_default"]), (0, &Value::Array(vec![]), &false.into()));
    home.run(&["cert", "remove", "3", "--yes"]).expect(3);
}
