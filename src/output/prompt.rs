//! Questions to a person at a terminal. Never asked where there is none: a command checks `Prompt::available` first.
//! What an answer must look like is handed in by the command, from the room that owns the rule.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use console::Term;
use dialoguer::theme::ColorfulTheme;
use dialoguer::{Confirm, Input, Password, Select};

use crate::failure::{Failure, Kind, Problem};

/// Asks on stderr, so that stdout carries results only.
pub struct Prompt {
    theme: ColorfulTheme,
}

type Check<'a> = &'a dyn Fn(&str) -> Result<(), String>;

impl Prompt {
    /// The questions are plain where colour is off.
    pub fn new(colour: bool) -> Self {
        // Ctrl-C is answered by an exit code of our own; without a handler the signal would kill us before that.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::new(AtomicBool::new(false)));
        let theme = if colour { ColorfulTheme::default() } else { plain_theme() };
        Prompt { theme }
    }

    /// A line of text; asked again, with the reason, until `check` accepts it.
    pub fn text(&self, question: &str, default: Option<&str>, check: Check<'_>) -> Result<String, Failure> {
        let mut input = Input::<String>::with_theme(&self.theme).with_prompt(question);
        if let Some(default) = default {
            input = input.default(default.to_owned());
        } else {
            // dialoguer swallows an empty answer silently; let the check say why it is not taken.
            input = input.allow_empty(true);
        }
        input.validate_with(|answer: &String| check(answer)).interact_text().map_err(stopped)
    }

    /// A secret: masked while typed.
    pub fn secret(&self, question: &str, check: Check<'_>) -> Result<String, Failure> {
        Password::with_theme(&self.theme)
            .with_prompt(question)
            .allow_empty_password(true)
            .validate_with(|answer: &String| check(answer))
            .interact()
            .map_err(stopped)
    }

    /// One of several, by the arrow keys; the index of the choice.
    pub fn choose(&self, question: &str, choices: &[String], default: usize) -> Result<usize, Failure> {
        Select::with_theme(&self.theme)
            .with_prompt(question)
            .items(choices)
            .default(default)
            .interact()
            .map_err(stopped)
    }

    /// Yes or no.
    pub fn confirm(&self, question: &str, default: Option<bool>) -> Result<bool, Failure> {
        let mut confirm = Confirm::with_theme(&self.theme).with_prompt(question);
        if let Some(default) = default {
            confirm = confirm.default(default);
        }
        confirm.interact().map_err(stopped)
    }

    /// A line between the questions.
    pub fn say(&self, line: &str) {
        let _ = Term::stderr().write_line(line);
    }
}

fn plain_theme() -> ColorfulTheme {
    let plain = console::Style::new();
    let mark = |text: &str| console::style(text.to_owned());
    ColorfulTheme {
        defaults_style: plain.clone(),
        prompt_style: plain.clone(),
        prompt_prefix: mark(""),
        prompt_suffix: mark("›"),
        success_prefix: mark(""),
        success_suffix: mark("›"),
        error_prefix: mark("!"),
        error_style: plain.clone(),
        hint_style: plain.clone(),
        values_style: plain.clone(),
        active_item_style: plain.clone(),
        inactive_item_style: plain.clone(),
        active_item_prefix: mark(">"),
        inactive_item_prefix: mark(" "),
        checked_item_prefix: mark("[x]"),
        unchecked_item_prefix: mark("[ ]"),
        picked_item_prefix: mark(">"),
        unpicked_item_prefix: mark(" "),
    }
}

fn stopped(error: dialoguer::Error) -> Failure {
    let dialoguer::Error::IO(error) = error;
    // A list hides the cursor while it is open.
    let _ = Term::stderr().show_cursor();
    if error.kind() == std::io::ErrorKind::Interrupted {
        return Problem::new(
            Kind::Interrupted,
            "stopped; nothing was saved",
            "run the command again when you are ready",
        )
        .into();
    }
    Problem::new(
        Kind::Usage,
        format!("the terminal could not be asked: {error}"),
        "give every value by its flag, with --no-input",
    )
    .into()
}
