//! What `opush profile` asks at a terminal, through a pseudo-terminal.
//! Its results without one are in `profile`.

use std::process::Command;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Eof, Expect, Session};

use crate::harness::Home;
use crate::processes::HANG;

/// A command at a terminal of its own, and what is typed there.
struct Terminal(OsSession);

impl Terminal {
    fn run(home: &Home, args: &[&str]) -> Terminal {
        let mut command: Command = home.command(args);
        command.env("TERM", "xterm");
        let mut session = Session::spawn(command).unwrap();
        // Only reached where the test fails: an answer that never comes.
        session.set_expect_timeout(Some(HANG));
        Terminal(session)
    }

    #[track_caller]
    fn see(&mut self, text: &str) -> &mut Self {
        if let Err(error) = self.0.expect(text) {
            panic!("{text:?} did not appear: {error}");
        }
        self
    }

    fn answer(&mut self, line: &str) -> &mut Self {
        self.0.send(format!("{line}\r")).unwrap();
        self
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        self.0.send(keys).unwrap();
        self
    }

    #[track_caller]
    fn ends_with(&mut self, code: i32) {
        let rest = self.0.expect(Eof).unwrap();
        let status = self.0.get_process().wait().unwrap();
        let WaitStatus::Exited(_, found) = status else { panic!("{status:?}") };
        assert_eq!(found, code, "{}", String::from_utf8_lossy(rest.as_bytes()));
    }
}

#[test]
fn add_asks_for_what_is_missing_and_again_for_what_is_not_valid() {
    let home = Home::new();
    let mut terminal = Terminal::run(&home, &["profile", "add"]);
    terminal.see("~/.config/opush/config.toml").see("Profile name").answer("sandbox");
    terminal.see("is the name of the built-in profile").press("\u{15}").answer("chat");
    terminal.see("Region").see("China").press("\u{1b}[B").press("\r");
    terminal.see("App package").answer("chat");
    terminal.see("is not a package name").press("\u{15}").answer("com.example.chat");
    terminal.see("Save it?").press("y").see("Added profile chat (cn-legacy)").ends_with(0);
    let text = std::fs::read_to_string(home.config_home().join("config.toml")).unwrap();
    assert!(
        text.contains("[profile.chat]\nregion = \"cn-legacy\"\npackage = \"com.example.chat\"\n"),
        "{text}"
    );
}

#[test]
fn add_asks_nothing_where_flags_say_all_and_refuses_bad_ones_at_once() {
    let home = Home::new();
    let mut terminal = Terminal::run(&home, &["profile", "add", "chat", "--region", "cn"]);
    terminal.see("Added profile chat (cn)").ends_with(0);
    let mut terminal = Terminal::run(&home, &["profile", "add", "--region", "mars"]);
    terminal.see("is not a region").ends_with(4);
}

#[test]
fn ctrl_c_leaves_nothing_behind() {
    let home = Home::new();
    let mut terminal = Terminal::run(&home, &["profile", "add"]);
    terminal.see("Profile name").press("\u{3}").ends_with(130);
    assert!(!home.config_home().join("config.toml").exists());
}

#[test]
fn no_input_asks_nothing_even_at_a_terminal() {
    let home = Home::new();
    Terminal::run(&home, &["profile", "add", "--no-input"]).see("--region is required").ends_with(2);
    let home = home.variable("OPUSH_NO_INPUT", "1");
    Terminal::run(&home, &["profile", "add"]).see("--region is required").ends_with(2);
}

#[test]
fn remove_asks_and_no_is_the_default() {
    let toml = "[profile.a]\nregion = \"cn\"\n";
    let home = Home::with_config(toml);
    let mut terminal = Terminal::run(&home, &["profile", "remove", "a"]);
    terminal.see("Remove profile a?").press("\r").see("was not removed").ends_with(1);
    let mut terminal = Terminal::run(&home, &["profile", "remove", "a"]);
    terminal.see("Remove profile a?").press("n").see("was not removed").ends_with(1);
    assert_eq!(home.read("opush.toml"), toml);
    let mut terminal = Terminal::run(&home, &["profile", "remove", "a"]);
    terminal.see("Remove profile a?").press("y\r").see("Removed profile a").ends_with(0);
    assert!(!home.read("opush.toml").contains("profile"));
}
