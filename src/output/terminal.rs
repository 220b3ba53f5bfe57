//! What is known of the terminal: whether each stream is one, how wide it is, whether colour is wanted.
//! Drawing on it belongs to `page` and `prompt`.

use std::io::IsTerminal;

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ColorChoice {
    /// Colour on a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`.
    #[default]
    Auto,
    Always,
    Never,
}

/// The three streams as this process got them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Terminal {
    pub(crate) stdin: bool,
    pub(crate) stdout: bool,
    pub(crate) stderr: bool,
    /// `NO_COLOR` is set, or the terminal says it can't.
    pub(crate) plain: bool,
}

impl Terminal {
    pub(crate) fn detect() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        Terminal {
            stdin: std::io::stdin().is_terminal(),
            stdout: std::io::stdout().is_terminal(),
            stderr: std::io::stderr().is_terminal(),
            plain: set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb"),
        }
    }

    /// Whether a person is there to answer a question.
    pub(crate) fn can_ask(self) -> bool {
        self.stdin && self.stderr
    }

    pub(crate) fn colour_on_stdout(self, choice: ColorChoice) -> bool {
        wanted(choice, self.stdout && !self.plain)
    }

    pub(crate) fn colour_on_stderr(self, choice: ColorChoice) -> bool {
        wanted(choice, self.stderr && !self.plain)
    }

    /// Columns of stdout; `None` in a pipe, where nothing is wrapped so that a row stays a line.
    pub(crate) fn width(self) -> Option<usize> {
        self.stdout.then(|| columns(&console::Term::stdout()))
    }

    /// Columns of stderr.
    pub(crate) fn width_of_stderr(self) -> Option<usize> {
        self.stderr.then(|| columns(&console::Term::stderr()))
    }
}

fn columns(terminal: &console::Term) -> usize {
    let (_, columns) = terminal.size();
    usize::from(columns).max(20)
}

fn wanted(choice: ColorChoice, on_terminal: bool) -> bool {
    match choice {
        ColorChoice::Auto => on_terminal,
        ColorChoice::Always => true,
        ColorChoice::Never => false,
    }
}
