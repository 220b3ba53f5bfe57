//! The flags of every command and their variables; help, version and usage errors; a closed pipe.

use std::io::Read;
use std::process::Stdio;

use crate::harness::Home;

const EXPOSED: &str = "[profile.a]\nregion = \"cn\"\n[[profile.a.certificate]]\nid = 1\napp_id = \"1\"\napp_key = \"k\"\nmaster_secret = \"hunter2\"\n";

#[test]
fn help_and_version_are_results() {
    let home = Home::new();
    for args in [vec!["--help"], vec!["-h"], vec!["profile", "add", "--help"], vec!["--json", "--help"]] {
        let ran = home.run(&args).expect(0);
        assert!(ran.stdout.contains("Usage: opush") && ran.stderr.is_empty(), "{ran}");
    }
    let ran = home.run(&["--version"]).expect(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("opush 0.1.0\n", ""));
}

/// The words of every command, those with commands below it included.
fn commands(command: &clap::Command, words: &[String], found: &mut Vec<Vec<String>>) {
    found.push(words.to_vec());
    for below in command.get_subcommands() {
        commands(below, &[words, &[below.get_name().to_owned()]].concat(), found);
    }
}

#[test]
fn short_help_has_the_command_s_own_flags_and_long_help_has_all() {
    let home = Home::new();
    let mut all = Vec::new();
    commands(&opush::commands::tree(), &[], &mut all);
    for words in all.iter().filter(|words| words.len() < 2 || words[0] == "cert" || words[0] == "sandbox") {
        let help = |flag: &str| {
            let args: Vec<&str> = words.iter().map(String::as_str).chain([flag]).collect();
            home.run(&args).expect(0).stdout
        };
        let (short, long) = (help("-h"), help("--help"));
        assert!(!short.contains("--no-input\n") && !short.contains("OPUSH_QUIET"), "{short}");
        assert!(short.contains("Every command takes --profile --config --ca-file --json"), "{short}");
        assert!(long.contains("OPUSH_QUIET") && !long.contains("Every command takes"), "{long}");
        assert!(short.lines().count() < long.lines().count(), "{short}\n{long}");
    }
    insta::assert_snapshot!(home.run(&["-h"]).expect(0).stdout);
}

/// Whatever a command needs, a profile that does not exist is a fault of the configuration.
#[test]
fn an_unknown_profile_is_exit_3_in_every_command_that_uses_one() {
    let home = Home::with_config("[profile.a]\nregion = \"cn\"\n");
    let mut others = Vec::new();
    for line in [
        "cert list",
        "cert show 1",
        "cert verify",
        "cert remove 1 --yes",
        "click check --click open-app",
        "token list",
        "token show --user u",
        "token check x",
        "token report --user u --reg-id x",
        "token remove --user u",
        "token export",
        "token import - --format csv",
        "token listen",
        "presence show",
        "presence set --user u killed",
        "presence explain --user u",
        "send --reg-id x --title t --content c",
        "send --user u --title t --content c",
        "snippet all",
        "smoke new",
        "im state u",
        "im account u",
        "im check",
        "im send --to u --text t",
        "im trace p",
        "im loss",
        "im kick u",
        "im usersig --user u",
        "im webhook listen",
        "broadcast save --title t --content c",
        "broadcast send m --tags sport",
        "broadcast status m",
        "oppo token",
        "oppo alias delete a",
        "oppo tag list --reg-id x",
        "oppo invalid-reg-ids",
        "oppo quota",
        "oppo statistics m",
        "profile show nobody",
        "sandbox calls",
        "sandbox clock show",
        "sandbox phone list",
        "sandbox phone show p",
        "sandbox fault list",
        "sandbox reset",
        "history list",
        "receipt list",
        "sandbox run --listen 127.0.0.1:0",
    ] {
        let args: Vec<&str> = line.split(' ').chain(["--profile", "nobody"]).collect();
        let (code, value) = home.json(&args);
        if (code, value["error"]["kind"].as_str()) != (3, Some("unknown-profile")) {
            others.push(format!("{line}: {code} {value}"));
        }
    }
    assert!(others.is_empty(), "{others:#?}");
}

/// One refusal has one exit code, whichever listener it is.
#[test]
fn listeners_refuse_alike() {
    let home = Home::with_config(
        "[profile.a]\nregion = \"cn\"\n[profile.a.im]\nsdk_app_id = 1400000001\nadmin = \"administrator\"\nsecret_key = \"k\"\n",
    );
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let mut others = Vec::new();
    for (address, code, kind) in
        [("nowhere", 2, "malformed-flag"), ("0.0.0.0:0", 2, "missing-flag"), (taken.as_str(), 1, "listen")]
    {
        for command in ["sandbox run", "receipt listen", "token listen", "im webhook listen"] {
            let args: Vec<&str> = command.split(' ').chain(["--listen", address]).collect();
            let (found, value) = home.json(&args);
            let found = (found, value["error"]["kind"].as_str(), value["error"]["place"].as_str());
            if found != (code, Some(kind), Some("--listen")) {
                others.push(format!("{command} {address}: {value}"));
            }
        }
    }
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn help_shows_no_variable_s_value() {
    let home = Home::new().variable("OPUSH_PROFILE", "nobody-else-s-business");
    let ran = home.run(&["--help"]).expect(0);
    assert!(ran.stdout.contains("[env: OPUSH_PROFILE]"), "{ran}");
    assert!(!ran.stdout.contains("nobody-else-s-business"), "{ran}");
}

#[test]
fn no_command_is_answered_with_help_on_stderr() {
    let home = Home::new();
    for args in [vec![], vec!["profile"], vec!["config"]] {
        let ran = home.run(&args).expect(2);
        assert!(ran.stdout.is_empty() && ran.stderr.contains("Usage: opush"), "{ran}");
        let (code, value) = home.json(&args);
        assert_eq!((code, value["error"]["message"].as_str()), (2, Some("a command is missing")));
    }
}

#[test]
fn usage_errors_are_two_in_text_and_in_json() {
    let home = Home::new();
    let table: &[(&[&str], &str, &str)] = &[
        (&["profle"], "usage", "profle"),
        (&["profile", "lst"], "usage", "lst"),
        (&["profile", "add", "--reigon", "cn"], "usage", "--reigon"),
        (&["profile", "list", "extra"], "usage", "extra"),
        (&["profile", "use"], "missing-flag", "NAME"),
        (&["profile", "list", "--timeout", "90"], "malformed-flag", "--timeout"),
        (&["profile", "list", "--color", "blue"], "malformed-flag", "--color"),
        (&["man", "x", "--dir", "y"], "conflicting-flags", "COMMAND"),
    ];
    for (args, kind, place) in table {
        let ran = home.run(args).expect(2);
        assert!(ran.stdout.is_empty() && ran.stderr.starts_with("error: "), "{ran}");
        let (code, value) = home.json(args);
        let error = &value["error"];
        let found = (code, error["kind"].as_str().unwrap(), error["place"].as_str().unwrap());
        assert_eq!(found, (2, *kind, *place), "{args:?}");
    }
}

#[test]
fn a_misspelled_command_or_flag_is_suggested() {
    let home = Home::new();
    let (_, value) = home.json(&["profle"]);
    assert_eq!(value["error"]["hint"], "did you mean profile?");
    let (_, value) = home.json(&["profile", "add", "--reigon", "cn"]);
    assert_eq!(value["error"]["hint"], "did you mean --region?");
}

#[test]
fn a_bad_value_of_a_variable_names_the_variable() {
    for (name, value) in [("OPUSH_TIMEOUT", "soon"), ("OPUSH_COLOR", "blue")] {
        let home = Home::new().variable(name, value);
        let ran = home.run(&["profile", "list"]).expect(2);
        assert!(ran.stderr.contains(&format!("the variable {name}")), "{ran}");
        let (code, value) = home.json(&["profile", "list"]);
        assert_eq!((code, value["error"]["place"].as_str()), (2, Some(name)));
    }
    let home = Home::new().variable("OPUSH_TIMEOUT", "5s");
    let (_, value) = home.json(&["profile", "list", "--timeout", "soon"]);
    assert_eq!(value["error"]["place"], "--timeout");
    home.run(&["profile", "list"]).expect(0);
}

#[test]
fn opush_json_prints_json_on_success_and_failure() {
    let home = Home::new().variable("OPUSH_JSON", "1");
    for (args, code) in [(vec!["profile", "list"], 0), (vec!["profile", "show"], 3), (vec!["profle"], 2)] {
        let ran = home.run(&args).expect(code);
        assert!(ran.json().is_object() && ran.stderr.is_empty(), "{ran}");
    }
    for off in ["0", "no", "off", "false"] {
        let ran = Home::new().variable("OPUSH_JSON", off).run(&["profile", "list"]).expect(0);
        assert!(ran.stdout.starts_with("NAME"), "{ran}");
    }
}

#[test]
fn quiet_leaves_out_warnings_and_nothing_else() {
    let home = Home::with_config(EXPOSED);
    let loud = home.run(&["profile", "show"]).expect(0);
    assert!(loud.stderr.contains("warning: ") && !loud.stderr.contains("hunter2"), "{loud}");
    let quiet = home.run(&["profile", "show", "-q"]).expect(0);
    assert_eq!((quiet.stderr.as_str(), &quiet.stdout), ("", &loud.stdout));
    let home = home.variable("OPUSH_QUIET", "1");
    assert_eq!(home.run(&["profile", "show"]).expect(0).stderr, "");
    assert!(home.run(&["profile", "show", "nowhere"]).expect(3).stderr.starts_with("error: "));
}

#[test]
fn verbose_prints_each_choice_and_its_reason() {
    let home = Home::with_config("default_profile = \"a\"\n[profile.a]\nregion = \"cn\"\n");
    let ran = home.run(&["token", "list", "-v"]).expect(0);
    assert!(ran.stderr.contains("configuration opush.toml, found by searching upward"), "{ran}");
    assert!(ran.stderr.contains("profile a (cn), current: default_profile"), "{ran}");
    let by_variable = home.variable("OPUSH_VERBOSE", "1").run(&["token", "list"]).expect(0);
    assert_eq!(by_variable.stderr, ran.stderr);
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let home = Home::with_config("[profile.a]\nregion = \"cn\"\n");
    let escape = '\u{1b}';
    assert!(!home.run(&["profile", "list"]).stdout.contains(escape));
    assert!(home.run(&["profile", "list", "--color", "always"]).stdout.contains(escape));
    let home = home.variable("OPUSH_COLOR", "always");
    assert!(home.run(&["profile", "list"]).stdout.contains(escape));
    assert!(!home.run(&["profile", "list", "--color", "never"]).stdout.contains(escape));
}

#[test]
fn variables_that_are_not_utf8_are_named() {
    use std::os::unix::ffi::OsStringExt;
    let home = Home::new();
    let bad = std::ffi::OsString::from_vec(vec![b'a', 0xff]);
    let output = home.command(&["profile", "show", "--json"]).env("OPUSH_APP_ID", bad).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (value["error"]["kind"].as_str(), value["error"]["place"].as_str()),
        (Some("not-utf8"), Some("OPUSH_APP_ID"))
    );
}

#[test]
fn a_closed_pipe_is_not_a_panic() {
    let home = Home::new();
    for args in [vec!["completions", "zsh"], vec!["config", "schema"], vec!["profile", "show", "--json"]] {
        let mut command = home.command(&args);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap();
        drop(child.stdout.take());
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        let code = child.wait().unwrap().code();
        assert!(!stderr.contains("panicked"), "{args:?}: {stderr}");
        assert!(matches!(code, Some(0 | 3)), "{args:?} ended with {code:?}: {stderr}");
    }
}
