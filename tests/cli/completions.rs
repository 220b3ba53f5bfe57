//! `opush completions` and `opush man`: what is checked in under completions/ and docs/man/ is what they print.
//! `UPDATE_DOCS=1 cargo test` writes the pages anew. Real shells are driven in `external`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::harness::Home;

const SHELLS: &[(&str, &str)] = &[
    ("bash", "opush.bash"),
    ("zsh", "_opush"),
    ("fish", "opush.fish"),
    ("powershell", "_opush.ps1"),
    ("elvish", "opush.elv"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a folder with what should be in it, to the file and byte.
fn compare(folder: &str, wanted: &BTreeMap<String, String>) {
    let folder = root().join(folder);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for name in files(&folder).keys().filter(|name| !wanted.contains_key(*name)) {
            std::fs::remove_file(folder.join(name)).unwrap();
        }
        for (name, text) in wanted {
            #[allow(clippy::disallowed_methods)]
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    let found = files(&folder);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(wanted), "{}: UPDATE_DOCS=1 cargo test", folder.display());
    for (name, text) in wanted {
        assert!(
            found[name] == *text,
            "{} is not current: UPDATE_DOCS=1 cargo test",
            folder.join(name).display()
        );
    }
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn the_scripts_in_completions_are_current() {
    let home = Home::new();
    let script = |shell: &str| home.run(&["completions", shell]).expect(0).stdout;
    let wanted = SHELLS.iter().map(|(shell, file)| (file.to_string(), script(shell))).collect();
    compare("completions", &wanted);
}

/// Two profiles, one of which would leave a file behind if its secret were got.
pub const CONFIG: &str = r#"
default_profile = "chat"

[profile.chat]
region = "cn"

[[profile.chat.certificate]]
id = 7005
name = "chat: main"
app_id = "30123456"
app_key = "key"
master_secret = { command = ["touch", "secret-was-got"] }

[profile.shop]
region = "intl"

[[profile.shop.certificate]]
id = 8001
app_id = "30123457"
app_key = "key"
master_secret = { env = "SHOP_SECRET" }
"#;

/// A home with that configuration and two users' reports in profile chat.
pub fn furnished() -> Home {
    let home = Home::with_config(CONFIG);
    for (user, reg_id) in [("alice", '1'), ("al:ex b", '2')] {
        let reg_id = format!("CN_{}", reg_id.to_string().repeat(32));
        home.run(&["token", "report", "--user", user, "--reg-id", &reg_id, "--device", "d"]).expect(0);
    }
    home
}

/// What opush offers for the last word, each line whole.
#[track_caller]
pub fn offered(home: &Home, words: &[&str]) -> Vec<String> {
    let index = words.len().to_string();
    let args: Vec<&str> =
        ["__complete", "fish", &index, "opush"].into_iter().chain(words.iter().copied()).collect();
    let ran = home.run(&args).expect(0);
    assert_eq!(ran.stderr, "");
    ran.stdout.lines().map(str::to_owned).collect()
}

/// The values alone.
#[track_caller]
fn values(home: &Home, words: &[&str]) -> Vec<String> {
    let whole = offered(home, words);
    whole.iter().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

#[test]
fn completion_offers_what_is_on_this_machine() {
    let home = furnished();
    let all = [
        "chat\tregion cn",
        "shop\tregion intl",
        "sandbox\tbuilt in: the simulator",
        "env\tbuilt in: OPUSH_* variables",
    ];
    assert_eq!(offered(&home, &["send", "--profile", ""]), all);
    for command in ["use", "show", "remove"] {
        assert_eq!(values(&home, &["profile", command, "s"]), ["shop", "sandbox"], "{command}");
    }
    assert_eq!(values(&home, &["--profile=s"]), ["--profile=shop", "--profile=sandbox"]);
    for command in ["edit", "show", "remove", "verify"] {
        assert_eq!(offered(&home, &["cert", command, ""]), ["7005\tchat: main"], "{command}");
        assert_eq!(values(&home, &["cert", command, "--profile", "shop", ""]), ["8001"], "{command}");
    }
    assert_eq!(values(&home, &["send", "--certificate", "7"]), ["7005"]);
    assert_eq!(values(&home, &["--profile=shop", "send", "--certificate", ""]), ["8001"]);
    for command in
        [&["send", "--user"][..], &["presence", "set", "--user"], &["im", "kick"], &["im", "send", "--to"]]
    {
        let words: Vec<&str> = command.iter().copied().chain(["al"]).collect();
        assert_eq!(values(&home, &words), ["al:ex b", "alice"], "{command:?}");
    }
    assert!(values(&home, &["send", "--profile", "shop", "--user", ""]).is_empty());
    assert_eq!(values(&home, &["explain", "3"])[0], "30", "OPPO's code");
    assert_eq!(values(&home, &["explain", "state-n"]), ["state-newer"], "a check");
    assert!(!home.file("secret-was-got").exists());
}

#[test]
fn completion_knows_the_sandbox_and_the_words_of_closed_lists() {
    let home = Home::new();
    // Nothing is made by asking.
    assert!(!values(&home, &["sandbox", "phone", "show", ""]).iter().any(|value| !value.starts_with("--")));
    assert!(!home.path().join(".local").exists());
    home.run(&["sandbox", "phone", "add", "--name", "find-x", "--alias", "alice"]).expect(0);
    home.run(&["sandbox", "fault", "set", "code=33", "--count", "1"]).expect(0);
    let push = ["send", "--profile", "sandbox", "--alias", "alice", "--title", "a", "--content", "b"];
    home.run(&push).expect(5);
    for below in ["show", "set", "tap", "dismiss", "remove", "login", "kill", "offline"] {
        assert_eq!(offered(&home, &["sandbox", "phone", below, "f"]), ["find-x\tAppId 30001"], "{below}");
    }
    assert_eq!(values(&home, &["sandbox", "fault", "set", "--phone", "d"]), ["demo"]);
    assert_eq!(offered(&home, &["sandbox", "fault", "clear", ""])[0], "1\tcode=33");
    assert_eq!(values(&home, &["sandbox", "fault", "set", "lost-"]), ["lost-push", "lost-receipts"]);
    assert_eq!(values(&home, &["sandbox", "fault", "set", "--call", "uni"])[0], "unicast");
    let calls = offered(&home, &["sandbox", "calls", "--after", ""]);
    assert!(calls[0].ends_with("\tPOST /server/v1/auth, code 33"), "{calls:?}");
    assert_eq!(values(&home, &["sandbox", "run", "--rule", "content-"]), ["content-limit="]);
    let words = values(&home, &["sandbox", "run", "--rule", "content-limit="]);
    assert_eq!(words.iter().filter(|word| word.starts_with("content-limit=")).count(), 2, "{words:?}");
    assert!(values(&home, &["sandbox", "run", "--rule", "no-such="]).is_empty());
    assert_eq!(values(&home, &["profile", "add", "--region", "c"]), ["cn", "cn-legacy"]);
    assert_eq!(values(&home, &["sandbox", "phone", "add", "--brand", "o"]), ["oppo", "oneplus"]);
    for words in [&["send", "--click", ""][..], &["cert", "add", "--click", ""], &["click", "check", ""]] {
        let kinds = values(&home, words);
        assert_eq!(kinds[..5], ["open-app", "url:", "activity:", "intent:", "scheme:"], "{words:?}");
    }
    // While it runs its names are read from the same file.
    let _sandbox = home.sandbox(&[]);
    assert_eq!(values(&home, &["sandbox", "phone", "tap", ""]), ["demo", "find-x"]);
}

/// A flag before the command may have a value that is a command's name as well: the profile sandbox, or one called demo.
#[test]
fn a_global_flag_before_the_command_changes_nothing_but_the_profile() {
    let home = furnished();
    for flags in [&["--profile", "sandbox"][..], &["--profile", "demo", "-v"], &["-q", "--timeout", "5s"]] {
        let after = |words: &[&'static str]| {
            let all: Vec<&str> = flags.iter().chain(words).copied().collect();
            values(&home, &all)
        };
        assert_eq!(after(&["diagnose", "--us"]), ["--user"], "{flags:?}");
        assert_eq!(after(&["diag"]), ["diagnose"], "{flags:?}");
    }
    assert_eq!(values(&home, &["--profile", "sandbox", "cert", "show", ""]), ["1"]);
    assert_eq!(values(&home, &["--profile", "shop", "cert", "show", ""]), ["8001"]);
    assert_eq!(values(&home, &["--profile", "s"]), ["shop", "sandbox"]);
}

#[test]
fn deliveries_are_offered_with_what_became_of_them() {
    let home = Home::with_config(
        &CONFIG.replace("region = \"intl\"", "region = \"sandbox\"\nendpoint = \"http://127.0.0.1:9\""),
    )
    .variable("SHOP_SECRET", "s");
    let target = format!("CN_{}", "1".repeat(32));
    home.run(&["send", "--profile", "shop", "--reg-id", &target, "--title", "a", "--content", "b"]).expect(6);
    assert_eq!(offered(&home, &["history", "show", ""]), [format!("1\tnot_sent to {target}")]);
}

#[test]
fn the_usual_variables_apply_here_too() {
    let mut home = furnished().variable("OPUSH_PROFILE", "shop");
    assert_eq!(values(&home, &["cert", "show", ""]), ["8001"]);
    // None of these may turn the answer into something else, or silence it.
    for (name, value) in [
        ("OPUSH_JSON", "1"),
        ("OPUSH_TIMEOUT", "nonsense"),
        ("OPUSH_COLOR", "nonsense"),
        ("OPUSH_VERBOSE", "1"),
    ] {
        home.set(name, value);
    }
    assert_eq!(values(&home, &["cert", "show", ""]), ["8001"]);
}

#[test]
fn completion_is_silent_where_a_file_is_broken_and_makes_none() {
    let home = Home::new();
    let built_in = ["sandbox", "env"];
    assert_eq!(values(&home, &["profile", "use", ""]), built_in);
    assert!(!values(&home, &["send", "--user", ""]).iter().any(|value| !value.starts_with("--")));
    assert!(!home.path().join(".local").exists() && !home.path().join(".config").exists());
    home.write("opush.toml", "[profile.chat\nregion=");
    assert_eq!(values(&home, &["profile", "use", ""]), built_in);
    assert!(values(&home, &["cert", "show", "7"]).is_empty());
    assert_eq!(values(&home, &["--config", "nowhere.toml", "profile", "use", ""]), built_in);
    home.write("../.local/state/opush/state.db", "not a database");
    assert!(values(&home, &["send", "--user", "a"]).is_empty());
    assert_eq!(std::fs::read_dir(home.state_home()).unwrap().count(), 1);
    for args in [
        &["__complete"][..],
        &["__complete", "tcsh", "1"],
        &["__complete", "zsh", "x"],
        &["__complete", "bash", "0"],
        &["__complete", "zsh", "5"],
        &["__complete", "zsh", "0", "opush"],
    ] {
        let ran = home.run(args).expect(0);
        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""), "{args:?}");
    }
}

#[test]
fn a_state_beside_which_no_log_lies_is_read_and_stays_alone() {
    let home = furnished();
    let state = home.state_home();
    // Carried over by a connection that closes as SQLite itself does, after which log and index are gone.
    let connection = rusqlite::Connection::open(state.join("state.db")).unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(connection);
    let files = || {
        std::fs::read_dir(&state)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .filter(|name| name.to_string_lossy().starts_with("state.db"))
            .count()
    };
    assert_eq!(files(), 1);
    assert_eq!(values(&home, &["send", "--user", "ali"]), ["alice"]);
    assert_eq!(files(), 1);
}

#[test]
fn flags_are_offered_after_a_dash_or_where_nothing_else_fits() {
    let home = furnished();
    assert!(values(&home, &["cert", "show", "--c"]).contains(&"--console".to_owned()));
    assert!(values(&home, &["profile", "list", ""]).iter().all(|value| value.starts_with("--")));
    assert!(values(&home, &[""]).contains(&"profile".to_owned()));
    assert!(!values(&home, &[""]).iter().any(|value| value.starts_with("__")));
}

#[test]
fn completions_as_json_and_for_an_unknown_shell() {
    let home = Home::new();
    let (code, value) = home.json(&["completions", "fish"]);
    assert_eq!((code, value["shell"].as_str()), (0, Some("fish")));
    assert_eq!(value["script"].as_str(), Some(home.run(&["completions", "fish"]).stdout.as_str()));
    let (code, value) = home.json(&["completions", "tcsh"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (2, Some("malformed-flag")));
    let (code, value) = home.json(&["completions"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (2, Some("missing-flag")));
}

#[test]
fn the_pages_in_docs_man_are_current() {
    let home = Home::new();
    let ran = home.run(&["man", "--dir", "pages"]).expect(0);
    let wanted = files(&home.file("pages"));
    assert_eq!(ran.stdout, format!("Wrote {} pages to pages.\n", wanted.len()));
    compare("docs/man", &wanted);
}

#[test]
fn a_page_is_that_of_the_command_named() {
    let home = Home::new();
    assert!(home.run(&["man"]).expect(0).stdout.contains(".TH opush 1"));
    let page = home.run(&["man", "profile", "add"]).expect(0).stdout;
    assert!(page.contains(".TH opush-profile-add 1"), "{page}");
    for part in [
        "SH NAME",
        "SH SYNOPSIS",
        "\\fBopush profile add\\fR [OPTIONS] [NAME]",
        "SH EXAMPLES",
        "OPUSH_PROFILE",
    ] {
        assert!(page.contains(part), "{part} is missing in\n{page}");
    }
    let (code, value) = home.json(&["man", "profile", "add"]);
    assert_eq!((code, value["page"].as_str()), (0, Some("opush-profile-add")));
    assert_eq!(value["roff"].as_str().map(str::trim_end), Some(page.trim_end()));
}

#[test]
fn an_unknown_page_suggests_one() {
    let (code, value) = Home::new().json(&["man", "profile", "ad"]);
    assert_eq!((code, value["error"]["hint"].as_str()), (2, Some("did you mean \"add\"?")));
    let ran = Home::new().run(&["man", "explain", "16"]).expect(2);
    assert!(ran.stderr.contains("opush explain has no subcommands"), "{ran}");
    Home::new().run(&["man", "explain", "--dir", "pages"]).expect(2);
}
