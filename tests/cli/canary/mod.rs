//! No secret leaks: every command of the tree runs in a home with a canary in each place that can hold a secret, with the
//! most output it has, with success and with failure.

mod hostile_text;
mod places;
mod rows;
mod scan;
mod watch;
mod world;

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use super::processes::until;
use super::prompts::Prompted;
use rows::{BESIDE, ROWS};
use watch::{Form, Watch};
use world::{Kept, PROXY, Server, TYPED};

/// The words of each command that has none below it.
fn leaves(command: &clap::Command, words: &str, found: &mut BTreeSet<String>) {
    for below in command.get_subcommands() {
        let words = format!("{words} {}", below.get_name()).trim_start().to_owned();
        match below.has_subcommands() {
            true => leaves(below, &words, found),
            false => assert!(found.insert(words)),
        }
    }
}

#[test]
fn every_command_has_its_row() {
    let mut tree = BTreeSet::new();
    leaves(&opush::commands::tree(), "", &mut tree);
    let rows: BTreeSet<String> = ROWS.iter().map(|row| row.command.to_owned()).collect();
    assert_eq!(rows, tree, "left: the rows of canary/rows.rs, right: the tree of commands");
    assert_eq!(rows.len(), ROWS.len(), "each has one row");
    for row in ROWS {
        assert!(
            !row.good.is_empty() && !row.bad.is_empty(),
            "{} must succeed once and fail once",
            row.command
        );
    }
}

/// What is not seen where it is planted would not be seen anywhere.
#[test]
fn a_planted_leak_is_found_in_every_place() {
    let mut watch = Watch::new(Kept::Plain, Form::Verbose, Server::Sandbox);
    watch.succeed("send", "--reg-id {reg} --title Hello --content x");
    assert_eq!(watch.leaks(), [""; 0]);

    let token = watch.world.learned().into_iter().next().unwrap();
    watch.add_output("a command", &format!("token {token}"));
    let home = &watch.world.home;
    home.write("junit.xml", "<failure message=\"CanaryMaster0Head+/=&quot;&apos;&amp;&lt;\"/>");
    home.write(&format!("folder/{PROXY}"), "");
    std::fs::set_permissions(home.file("key.secret"), std::fs::Permissions::from_mode(0o640)).unwrap();
    let state = rusqlite::Connection::open(home.state_home().join("state.db")).unwrap();
    state.execute("UPDATE delivery SET request = ?1", [&token]).unwrap();
    let mut child =
        Command::new("sh").args(["-c", "read line", &token]).stdin(Stdio::piped()).spawn().unwrap();
    // Just after it was started, the system may not have its arguments yet.
    let arguments = format!("/proc/{}/cmdline", child.id());
    until("it has arguments", || std::fs::read(&arguments).is_ok_and(|line| !line.is_empty()));
    let leaks = watch.leaks();
    child.kill().unwrap();
    child.wait().unwrap();
    for place in [
        "was said: $ opush a command",
        "in the file work/junit.xml",
        &format!("in the name work/folder/{PROXY}"),
        "in the file work/key.secret, which has mode 640",
        "in a column of state.db: delivery.request",
        "in the arguments of a process: sh -c read line ",
    ] {
        assert!(leaks.iter().any(|leak| leak.contains(place)), "{place} in {leaks:#?}");
    }
}

/// All of it, succeeding and failing as the rows say.
fn every_command(kept: Kept, form: Form) {
    let mut watch = Watch::new(kept, form, Server::Sandbox);
    watch.followed(|watch| {
        for row in ROWS {
            for line in row.good {
                match row.serves {
                    true => watch.serve(row.command, line),
                    false => watch.succeed(row.command, line),
                }
            }
            for line in row.bad.iter().copied().chain(["--no-such-flag"]) {
                watch.fail(row.command, line);
            }
            watch.succeed(row.command, "--help");
        }
        for line in BESIDE {
            watch.run(line);
        }
    });
    watch.assert_no_leaks();
}

/// Every command once more, where what it needs is not as it should be; how it ends is its own affair.
fn every_command_where(kept: Kept, form: Form, server: Server, spoil: impl FnOnce(&mut Watch)) {
    let mut watch = Watch::new(kept, form, server);
    watch.variables.push(("OPUSH_TIMEOUT".to_owned(), "3s".to_owned()));
    spoil(&mut watch);
    let before = watch.world.relay.received().len();
    for row in ROWS.iter().filter(|row| !row.serves) {
        for line in row.good.iter().filter(|line| !line.contains("--profile box")) {
            watch.run(&format!("{} {line}", row.command));
        }
    }
    let heard = watch.world.relay.received().len() - before;
    assert!(heard > 20 || matches!(server, Server::Sandbox), "{server:?} was asked {heard} times");
    watch.assert_no_leaks();
}

/// Whatever a server does with what it was sent, nothing of it is said or kept.
#[test]
fn servers_that_echo() {
    every_command_where(Kept::Plain, Form::Json, Server::Echoes, |_| {});
}

/// The same as a page of HTML, as a proxy between gives it.
#[test]
fn pages_that_echo() {
    every_command_where(Kept::File, Form::Verbose, Server::Page, |_| {});
}

/// A proxy's password is in the environment of every command, and here the proxy is used.
#[test]
fn a_proxy_that_echoes() {
    every_command_where(Kept::Variable, Form::Verbose, Server::Page, |watch| {
        let proxy = format!("http://me:{PROXY}@{}", watch.world.relay.address);
        for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] {
            watch.variables.push((name.to_owned(), proxy.clone()));
        }
        // 192.0.2.1 is nobody's (RFC 5737).
        let toml = watch.world.home.read("opush.toml");
        let here = format!("{:?}", watch.world.relay.url());
        watch.world.home.write("opush.toml", toml.replace(&here, "\"https://192.0.2.1\""));
    });
}

/// A program that fails after it printed the secret.
#[test]
fn a_program_that_fails() {
    every_command_where(Kept::Command, Form::Json, Server::Sandbox, |watch| {
        let print = watch.world.home.read("print");
        watch.world.home.write("print", format!("{print}\nexit 3\n"));
    });
}

/// A file that is wrong in one way or another, with the secrets in it.
#[test]
fn a_configuration_that_is_wrong() {
    let faults = [
        ("saved_at = 2026-01-01T00:00:00Z", "saved_at = 2026-13-01T00:00:00Z"),
        ("master_secret = ", "master_secret = x "),
        ("master_secret = ", "mastersecret = "),
        ("secret_key = ", "secret_key = []\nsecret_key = "),
        ("id = 7005", "id = 7005\nid = \"7005"),
    ];
    let mut watch = Watch::new(Kept::Plain, Form::Verbose, Server::Sandbox);
    let toml = watch.world.home.read("opush.toml");
    for (right, wrong) in faults {
        watch.world.home.write("opush.toml", toml.replace(right, wrong));
        for command in [
            "config check",
            "cert list",
            "cert edit 7005 --name x",
            "doctor",
            "diagnose --user alice",
            "im check",
        ] {
            watch.fail(command, "");
        }
    }
    watch.world.home.write("opush.toml", toml);
    watch.assert_no_leaks();
}

/// A stranger's checkout with the user's own app, where a server, an IM server or a single host is the stranger's: whatever
/// command is run in it, nothing reaches the stranger, no program is run, and the user's state stays as it is.
#[test]
fn a_file_that_is_not_trusted() {
    let whole = |toml: &str, _: &str| toml.to_owned();
    let of_im =
        |toml: &str, url: &str| toml.replace(&format!("default_certificate = 7005\nendpoint = {url}"), "");
    let of_push = |toml: &str, url: &str| {
        toml.replace(
            &format!("\"administrator\"\nsecret_key = {{ file = \"key.secret\" }}\nendpoint = {url}"),
            "\"administrator\"\nsecret_key = { file = \"key.secret\" }",
        )
        .replace(&format!("endpoint = {url}"), &format!("endpoints = {{ push = {url}, feedback = {url} }}"))
    };
    type Shape = fn(&str, &str) -> String;
    let shapes: [(Kept, Shape); 4] =
        [(Kept::Variable, whole), (Kept::Command, whole), (Kept::Variable, of_im), (Kept::File, of_push)];
    for (kept, shape) in shapes {
        let mut watch = Watch::new(kept, Form::Verbose, Server::Echoes);
        let home = &watch.world.home;
        let toml = home.read("opush.toml");
        let strange = shape(&toml, &format!("{:?}", watch.world.relay.url()));
        assert_eq!(strange.contains("endpoints ="), matches!(kept, Kept::File));
        home.write_untrusted("opush.toml", format!("{strange}\n[history]\nkeep = 1\n"));
        let own = rusqlite::Connection::open(home.state_home().join("state.db")).unwrap();
        let reports = || own.query_row("SELECT count(*) FROM token_report", [], |row| row.get::<_, i64>(0));
        let before = (reports().unwrap(), watch.world.relay.connections(), home.file("printers").exists());
        assert_eq!(before.0, 2);
        for row in ROWS.iter().filter(|row| !row.serves && row.command != "config trust") {
            for line in row.good.iter().chain(row.bad).filter(|line| !line.contains("--profile ")) {
                watch.run(&format!("{} {line}", row.command));
            }
        }
        let after =
            (reports().unwrap(), watch.world.relay.connections(), watch.world.home.file("printers").exists());
        assert_eq!(after, before, "reports of the user, connections to the stranger, programs run: {kept:?}");
        watch.assert_no_leaks();
    }
}

/// Typed at a terminal; what is not taken is asked for again.
#[test]
fn secrets_that_are_typed() {
    let mut watch = Watch::new(Kept::Plain, Form::Verbose, Server::Sandbox);
    let add = "cert add --verbose --id 7201 --app-id 31201 --app-key k --channel-id c --click open-app";
    let mut terminal = Prompted::start(&watch.world.home, 100, &add.split(' ').collect::<Vec<_>>());
    terminal.answer("MasterSecret", TYPED).see("Save it?").press("y");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    watch.add_output(add, &seen);
    let mut terminal = Prompted::start(&watch.world.home, 100, &["receipt", "listen", "--path-secret-stdin"]);
    terminal.answer("path secret", TYPED).see("characters").press("\u{3}");
    watch.add_output("receipt listen --path-secret-stdin", &terminal.leave().1);
    watch.succeed("cert show 7201", "");
    watch.assert_no_leaks();
}

#[test]
fn secrets_in_plain_toml() {
    every_command(Kept::Plain, Form::Verbose);
}

#[test]
fn secrets_in_variables() {
    every_command(Kept::Variable, Form::Json);
}

#[test]
fn secrets_in_files() {
    every_command(Kept::File, Form::Verbose);
}

#[test]
fn secrets_that_commands_print() {
    every_command(Kept::Command, Form::Json);
}
