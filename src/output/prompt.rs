//! Questions to a person at a terminal. Only made where there is one: a command gets a prompt, or `None`.
//! What an answer must look like is handed in by the command, from the room that owns the rule.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use console::{Key, Term};
use dialoguer::{Confirm, Input, Select};
use signal_hook::consts::SIGINT;
use signal_hook::flag;
use zeroize::Zeroizing;

use super::escape::{line, lines};
use super::page::Page;
use super::quiet::Quiet;
use super::theme::Plain;
use crate::failure::{Failure, Kind, Problem};

/// Asks on stderr, so that stdout carries results only.
pub(crate) struct Prompt {
    theme: Plain,
    term: Term,
    /// Ctrl-C was pressed.
    interrupted: Arc<AtomicBool>,
    /// Nothing is asked any more, so Ctrl-C ends the process again.
    over: Arc<AtomicBool>,
}

/// What a person answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer<T> {
    Given(T),
    /// The question before is wanted again.
    Back,
}

/// Typed alone, it asks for the question before.
const BACK: &str = "<";

type Check<'a> = &'a dyn Fn(&str) -> Result<(), String>;

impl Prompt {
    pub(crate) fn new(colour: bool) -> Self {
        let term = Term::stderr();
        let width = usize::from(term.size().1).max(12);
        let (interrupted, over) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        // Ctrl-C is answered by a message and an exit code of our own; without a handler the signal would kill us before.
        let _ = flag::register(SIGINT, interrupted.clone());
        let _ = flag::register_conditional_default(SIGINT, over.clone());
        Prompt { theme: Plain { width, colour }, term, interrupted, over }
    }

    /// Columns of the terminal.
    pub(crate) fn width(&self) -> usize {
        self.theme.width
    }

    /// A line of text; asked again, with the reason, until `check` accepts it.
    pub(crate) fn text(
        &self,
        question: &str,
        default: Option<&str>,
        check: Check<'_>,
    ) -> Result<String, Failure> {
        self.line(question, default, &|answer| check(answer.trim())).map(|answer| self.trimmed(&answer))
    }

    /// The same with a way back.
    pub(crate) fn ask(
        &self,
        question: &str,
        default: Option<&str>,
        check: Check<'_>,
    ) -> Result<Answer<String>, Failure> {
        let check = |answer: &str| if answer.trim() == BACK { Ok(()) } else { check(answer.trim()) };
        let answer = self.line(question, default, &check)?;
        Ok(if answer.trim() == BACK { Answer::Back } else { Answer::Given(self.trimmed(&answer)) })
    }

    /// Without the white space around it, which is said: it was probably pasted with the rest.
    fn trimmed(&self, answer: &str) -> String {
        let trimmed = answer.trim();
        if trimmed != answer {
            self.remark("The white space around it is left out.");
        }
        trimmed.to_owned()
    }

    fn line(&self, question: &str, default: Option<&str>, check: Check<'_>) -> Result<String, Failure> {
        let _quiet = Quiet::hold();
        let question = self.label(question, default)?;
        let mut input = Input::<String>::with_theme(&self.theme).with_prompt(question);
        input = match default {
            Some(default) => input.default(default.to_owned()).show_default(!self.theme.is_narrow()),
            // dialoguer swallows an empty answer silently; let the check say why it is not taken.
            None => input.allow_empty(true),
        };
        let answer = input.validate_with(|answer: &String| check(answer)).interact_text_on(&self.term);
        self.answered(answer)
    }

    /// A secret with a way back.
    pub(crate) fn ask_secret(&self, question: &str, check: Check<'_>) -> Result<Answer<String>, Failure> {
        let check = |answer: &str| if answer == BACK { Ok(()) } else { check(answer) };
        let answer = self.secret(question, &check)?;
        Ok(if answer == BACK { Answer::Back } else { Answer::Given(answer) })
    }

    /// A secret: each character shows as `*` while it is typed.
    pub(crate) fn secret(&self, question: &str, check: Check<'_>) -> Result<String, Failure> {
        let _quiet = Quiet::hold();
        loop {
            let label = self.label(question, None)?;
            let mut asked = String::new();
            let _ = dialoguer::theme::Theme::format_input_prompt(&self.theme, &mut asked, &label, None);
            let typed = self.term.write_str(&asked).and_then(|()| self.masked());
            let answer = self.answered(typed.map_err(Into::into))?;
            match check(answer.trim()) {
                Ok(()) => return Ok(self.trimmed(&answer)),
                Err(reason) => {
                    let mut refusal = String::new();
                    let _ = dialoguer::theme::Theme::format_error(&self.theme, &mut refusal, &reason);
                    let _ = self.term.write_line(&refusal);
                }
            }
        }
    }

    /// Reads to the end of the line. Ctrl-U forgets what was typed so far.
    fn masked(&self) -> std::io::Result<Zeroizing<String>> {
        // Room for any secret, so that it is never copied while it grows.
        let mut typed = Zeroizing::new(String::with_capacity(4096));
        loop {
            match self.term.read_key()? {
                Key::Enter => break,
                Key::Backspace => {
                    let erased = typed.pop().map_or(0, |_| 1);
                    self.term.clear_chars(erased)?;
                }
                Key::Char('\u{15}') => {
                    self.term.clear_chars(typed.chars().count())?;
                    typed.clear();
                }
                Key::Char('\u{4}') if typed.is_empty() => return Err(std::io::ErrorKind::Interrupted.into()),
                Key::Char(c) => {
                    typed.push(c);
                    self.term.write_str("*")?;
                }
                _ => {}
            }
        }
        self.term.write_line("")?;
        Ok(typed)
    }

    /// One of several, by the arrow keys; the index of the choice. Esc goes back.
    pub(crate) fn choose(
        &self,
        question: &str,
        choices: &[String],
        default: usize,
    ) -> Result<Answer<usize>, Failure> {
        let _quiet = Quiet::hold();
        // A line that wraps would be drawn again at the wrong place.
        let room = self.theme.width.saturating_sub(3);
        let choices: Vec<String> = choices.iter().map(|choice| line(choice)).collect();
        let items: Vec<_> = choices.iter().map(|choice| console::truncate_str(choice, room, "…")).collect();
        let select = Select::with_theme(&self.theme).with_prompt(question).items(&items).default(default);
        let chosen = self.answered(select.interact_on_opt(&self.term))?;
        Ok(chosen.map_or(Answer::Back, Answer::Given))
    }

    /// Yes or no.
    pub(crate) fn confirm(&self, question: &str, default: Option<bool>) -> Result<bool, Failure> {
        let _quiet = Quiet::hold();
        let question = if question.chars().count() + 8 > self.theme.width {
            self.say(&self.theme.wrapped(question, 0));
            ""
        } else {
            question
        };
        let mut confirm = Confirm::with_theme(&self.theme).with_prompt(question);
        if let Some(default) = default {
            confirm = confirm.default(default);
        }
        self.answered(confirm.interact_on(&self.term))
    }

    /// Lines between the questions.
    pub(crate) fn say(&self, text: &str) {
        let _ = self.term.write_line(&lines(text));
    }

    pub(crate) fn page(&self, page: Page) {
        let _ = self.term.write_line(page.into_text().trim_end());
    }

    /// A sentence or more between the questions, wrapped.
    pub(crate) fn paragraph(&self, text: &str) {
        self.say(&self.theme.wrapped(text, 0));
    }

    /// A remark about the last answer, indented and wrapped.
    pub(crate) fn remark(&self, text: &str) {
        self.say(&self.theme.wrapped(text, 2));
    }

    /// The label to put before the answer: none in a narrow window, where it has got its own line.
    fn label(&self, question: &str, default: Option<&str>) -> Result<String, Failure> {
        if !self.theme.is_narrow() {
            return Ok(question.to_owned());
        }
        let default = default.map(|default| format!(" [{default}]")).unwrap_or_default();
        self.say(&self.theme.wrapped(&format!("{question}{default}"), 0));
        Ok(String::new())
    }

    fn answered<T>(&self, answer: Result<T, dialoguer::Error>) -> Result<T, Failure> {
        match answer {
            // Ctrl-C may have come between two keys.
            Ok(answer) if !self.interrupted.load(Ordering::Relaxed) => Ok(answer),
            Ok(_) => Err(self.stopped(&std::io::ErrorKind::Interrupted.into())),
            Err(dialoguer::Error::IO(error)) => Err(self.stopped(&error)),
        }
    }

    fn stopped(&self, error: &std::io::Error) -> Failure {
        // The message begins on a line of its own; a list hides the cursor while it is open.
        let _ = self.term.write_line("");
        let _ = self.term.show_cursor();
        if error.kind() == std::io::ErrorKind::Interrupted {
            let hint = "run the command again when you are ready";
            return Problem::new(Kind::Interrupted, "stopped; nothing was changed", hint).into();
        }
        let hint = "give every value by its flag, with --no-input";
        Problem::new(Kind::Usage, format!("the terminal could not be asked: {error}"), hint).into()
    }
}

impl Drop for Prompt {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}
