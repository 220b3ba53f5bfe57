//! The terminal while a question is open: nothing typed or pasted is echoed by the system, between keys neither.
//! What is shown of an answer is up to `prompt`.

use std::io::{IsTerminal, Stdin, stdin};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// How the terminal was set before the first question.
pub(crate) struct TerminalMode(Option<Termios>);

impl TerminalMode {
    pub(crate) fn now() -> TerminalMode {
        TerminalMode(tcgetattr(stdin()).ok())
    }

    /// Echo, whole lines, a cursor that is seen.
    pub(crate) fn restore(&self) {
        if let Some(mode) = &self.0 {
            let _ = tcsetattr(stdin(), OptionalActions::Now, mode);
            let _ = console::Term::stderr().show_cursor();
            let _ = console::Term::stderr().write_line("");
        }
    }
}

/// Held while a question is open; dropping it gives the terminal back as it was.
pub(crate) struct Quiet {
    stdin: Stdin,
    before: Option<Termios>,
}

impl Quiet {
    /// The library that reads the keys goes back to the terminal's own mode after each one. In that mode a pasted secret
    /// would show, and Ctrl-C would be a signal instead of a key: so that mode is changed too.
    pub(crate) fn hold() -> Quiet {
        let stdin = stdin();
        let before = stdin.is_terminal().then(|| tcgetattr(&stdin).ok()).flatten();
        if let Some(before) = &before {
            let mut quiet = before.clone();
            quiet.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
            // Where it can't be changed, the questions still work as the library asks them.
            let _ = tcsetattr(&stdin, OptionalActions::Drain, &quiet);
        }
        Quiet { stdin, before }
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            let _ = tcsetattr(&self.stdin, OptionalActions::Drain, before);
        }
    }
}
