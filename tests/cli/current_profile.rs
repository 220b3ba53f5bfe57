//! Which profile is current: flag, variable, default, the only one, the variables of `env`, else an error; never the
//! sandbox silently. And which file is in use.

use serde_json::Value;

use crate::harness::Home;

const TWO: &str = "default_profile = \"a\"\n[profile.a]\nregion = \"cn\"\n[profile.b]\nregion = \"intl\"\n";
const ONE: &str = "[profile.only]\nregion = \"cn\"\n";
const COMPLETE: &[(&str, &str)] = &[
    ("OPUSH_APP_ID", "30002"),
    ("OPUSH_APP_KEY", "ci-key"),
    ("OPUSH_MASTER_SECRET", "ci-secret"),
    ("OPUSH_CHANNEL_ID", "chat"),
    ("OPUSH_REGION", "cn"),
];

fn with(mut home: Home, variables: &[(&str, &str)]) -> Home {
    variables.iter().for_each(|(name, value)| home.set(name, value));
    home
}

/// The name of the current profile, and why.
#[track_caller]
fn chosen(home: &Home, args: &[&str]) -> (String, String) {
    let (code, value) = home.json(&[&["profile", "show"], args].concat());
    assert_eq!(code, 0, "{value:#}");
    let text = |key: &str| value[key].as_str().unwrap().to_owned();
    (text("name"), text("because"))
}

fn pair(name: &str, because: &str) -> (String, String) {
    (name.into(), because.into())
}

#[track_caller]
fn refused(home: &Home, args: &[&str]) -> Value {
    let (code, value) = home.json(&[&["profile", "show"], args].concat());
    assert_eq!(code, 3, "{value:#}");
    value["error"].clone()
}

#[test]
fn flag_before_variable_before_default() {
    let home = Home::with_config(TWO).variable("OPUSH_PROFILE", "b");
    assert_eq!(chosen(&home, &["--profile", "sandbox"]), pair("sandbox", "--profile"));
    assert_eq!(chosen(&home, &[]), pair("b", "OPUSH_PROFILE"));
    assert_eq!(chosen(&Home::with_config(TWO), &[]), pair("a", "default_profile"));
}

#[test]
fn then_the_only_one_then_the_variables() {
    let home = with(Home::with_config(ONE), COMPLETE);
    assert_eq!(chosen(&home, &[]), pair("only", "the only profile of the file"));
    assert_eq!(chosen(&home, &["--profile", "env"]), pair("env", "--profile"));
    let home = with(Home::new(), COMPLETE);
    assert_eq!(chosen(&home, &[]), pair("env", "OPUSH_* variables, and no file"));
}

#[test]
fn without_a_profile_the_error_names_three_ways_out() {
    let two = TWO.replace("default_profile = \"a\"\n", "");
    // An empty file counts as one: variables never stand in for a file that is there.
    let homes = [Home::new(), Home::with_config(&two), with(Home::with_config(""), COMPLETE)];
    for home in homes {
        let error = refused(&home, &[]);
        assert_eq!(error["kind"], "no-profile");
        let hint = error["hint"].as_str().unwrap();
        assert!(["(1)", "(2)", "(3)"].iter().all(|way| hint.contains(way)), "{hint}");
    }
}

#[test]
fn no_command_takes_the_sandbox_silently() {
    let home = Home::new();
    let regid = "CN_0123456789abcdef0123456789abcdef";
    for args in [
        vec!["profile", "show"],
        vec!["token", "list"],
        vec!["token", "report", "--user", "a", "--certificate", "1", "--reg-id", regid],
    ] {
        let (code, value) = home.json(&args);
        assert_eq!((code, value["error"]["kind"].as_str()), (3, Some("no-profile")), "{args:?}");
    }
}

#[test]
fn an_incomplete_env_lists_all_that_is_missing() {
    let home = with(Home::new(), &COMPLETE[1..3]);
    let error = refused(&home, &[]);
    let problems = error["problems"].as_array().unwrap();
    let places: Vec<_> = problems.iter().map(|problem| problem["place"].as_str().unwrap()).collect();
    assert_eq!(places, ["OPUSH_APP_ID", "OPUSH_CHANNEL_ID", "OPUSH_REGION"]);
    assert!(problems.iter().all(|problem| problem["kind"] == "incomplete-environment"));
    let text = home.run(&["profile", "show"]).expect(3).stderr;
    assert!(text.contains("OPUSH_CHANNEL_ID is not set") && !text.contains("ci-secret"), "{text}");
}

#[test]
fn an_empty_variable_is_not_set() {
    let nothing = ["PROFILE", "CONFIG", "JSON", "QUIET", "VERBOSE", "COLOR", "NO_INPUT", "TIMEOUT", "APP_ID"];
    let nothing: Vec<String> = nothing.iter().map(|name| format!("OPUSH_{name}")).collect();
    let home =
        with(Home::with_config(TWO), &nothing.iter().map(|name| (name.as_str(), "")).collect::<Vec<_>>());
    assert_eq!(chosen(&home, &[]), pair("a", "default_profile"));
}

#[test]
fn an_unknown_name_is_placed_and_suggested() {
    let home = Home::with_config(&TWO.replace("profile.b", "profile.staging"));
    let error = refused(&home, &["--profile", "stagng"]);
    assert_eq!(
        (error["kind"].as_str(), error["place"].as_str()),
        (Some("unknown-profile"), Some("--profile"))
    );
    assert_eq!(error["hint"], "did you mean \"staging\"?");
    let home = home.variable("OPUSH_PROFILE", "stagng");
    assert_eq!(refused(&home, &[])["place"], "OPUSH_PROFILE");
}

#[test]
fn the_file_in_use_is_the_first_of_four() {
    let home = Home::with_config("[profile.near]\nregion = \"cn\"\n");
    home.write("named.toml", "[profile.named]\nregion = \"cn\"\n");
    home.write("var.toml", "[profile.var]\nregion = \"cn\"\n");
    home.write("../.config/opush/config.toml", "[profile.home]\nregion = \"cn\"\n");
    let by = |home: &Home, args: &[&str]| {
        let found_by =
            home.json(&[&["config", "path"], args].concat()).1["found_by"].as_str().unwrap().to_owned();
        (chosen(home, args).0, found_by)
    };
    assert_eq!(by(&home, &[]), pair("near", "searching upward from the working directory"));
    std::fs::remove_file(home.file("opush.toml")).unwrap();
    assert_eq!(by(&home, &[]), pair("home", "the configuration folder"));
    let home = home.variable("OPUSH_CONFIG", "var.toml");
    assert_eq!(by(&home, &[]), pair("var", "OPUSH_CONFIG"));
    assert_eq!(by(&home, &["--config", "named.toml"]), pair("named", "--config"));
}

#[test]
fn a_file_that_is_named_must_exist() {
    let error = refused(&Home::with_config(ONE), &["--config", "nowhere.toml"]);
    assert_eq!((error["kind"].as_str(), error["place"].as_str()), (Some("missing-file"), Some("--config")));
    let home = Home::with_config(ONE).variable("OPUSH_CONFIG", "nowhere.toml");
    let error = refused(&home, &[]);
    assert_eq!(
        (error["kind"].as_str(), error["place"].as_str()),
        (Some("missing-file"), Some("OPUSH_CONFIG"))
    );
}
