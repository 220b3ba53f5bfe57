//! An interactive shell at a pseudo-terminal in a furnished home, with opush on its PATH: keys go in, words come out.
//! What a shell must make of them stands in the module of each shell.

use std::path::{Path, PathBuf};
use std::process::Command;

use expectrl::session::OsSession;
use expectrl::{Expect, Session};

use crate::completions::furnished;
use crate::harness::{Home, OPUSH};
use crate::processes::HANG;

/// Deletes the line.
pub const CLEAR: &str = "\u{15}";
/// Goes to the beginning of the line, in elvish and elsewhere.
const BEGIN: [&str; 2] = ["\u{1b}[H", "\u{1}"];

/// The file in completions/.
pub fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(name)
}

/// A home with two profiles and two users, and `bin/opush`.
pub fn home() -> Home {
    let home = furnished();
    std::fs::create_dir(home.path().join("bin")).unwrap();
    std::os::unix::fs::symlink(OPUSH, home.path().join("bin/opush")).unwrap();
    home
}

/// The command in that home, with opush on its PATH.
pub fn prepared(home: &Home, program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    let path = std::env::var("PATH").unwrap_or_default();
    command.args(args).current_dir(home.work()).env_clear().env("HOME", home.path()).env("TERM", "xterm");
    command.env("PATH", format!("{}:{path}", home.path().join("bin").display()));
    command.env("LC_ALL", "C.UTF-8").env("ZDOTDIR", home.path()).env("PS1", "> ");
    command
}

pub struct Shell {
    // The session ends before the folder of its home goes.
    session: OsSession,
    begin: &'static str,
    _home: Home,
}

impl Shell {
    /// Starts it and runs these lines; the last must say "ready to go", put together so that its echo does not.
    pub fn start(program: &str, args: &[&str], lines: &[String]) -> Shell {
        let home = home();
        let mut command = Command::new("sh");
        let words = prepared(&home, program, args);
        command.args(["-c", "stty cols 200 rows 40 && exec \"$0\" \"$@\""]).arg(program).args(args);
        command.current_dir(home.work()).env_clear();
        command.envs(words.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let mut session = Session::spawn(command).unwrap();
        session.set_expect_timeout(Some(HANG));
        for line in lines {
            session.send(format!("{line}\r")).unwrap();
        }
        session.expect("ready to go").unwrap();
        let begin = BEGIN[usize::from(program != "elvish")];
        Shell { session, begin, _home: home }
    }

    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.session.send(keys).unwrap();
        self
    }

    #[track_caller]
    pub fn see(&mut self, text: &str) -> &mut Self {
        if let Err(error) = self.session.expect(text) {
            panic!("waiting for {text:?}: {error}");
        }
        self
    }

    /// Types a line with Tabs in it; `got` of the shell must then be given these words.
    #[track_caller]
    pub fn completes(&mut self, typed: &str, words: &[&str]) -> &mut Self {
        let wanted: String = words.iter().map(|word| format!("<{word}>")).collect();
        self.press(&format!("{typed}{}got \r", self.begin)).see(&format!("got:{wanted}"))
    }
}
