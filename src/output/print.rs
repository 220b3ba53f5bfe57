//! Prints a report on stdout, and warnings, notes and failures on stderr; the exit code follows from what was printed.
//! How a page is laid out belongs to `page`.

use std::io::{self, Write};

use super::json::{failure_json, with_typed};
use super::page::{Page, Tone};
use super::terminal::{ColorChoice, Terminal};
use super::typed_flags::TypedFlags;
use crate::failure::{Class, Failure, Problem, Warning};

/// What a command made: text for a person, JSON for a script, and the class of its exit code.
pub(crate) trait Report: ToJson {
    fn text(&self, page: &mut Page);
    /// That of the failure, where there is one; `None` is exit code 0.
    fn class(&self) -> Option<Class> {
        self.failure().map(|failure| failure.class())
    }
    /// Said on stderr, whatever the form of the result.
    fn warnings(&self) -> Vec<Warning> {
        Vec::new()
    }
    /// What went wrong, for a person, where the class is not success: printed on stderr after the text.
    fn failure(&self) -> Option<Failure> {
        None
    }
}

/// The JSON of a report is its serialized form.
pub(crate) trait ToJson {
    fn json(&self) -> serde_json::Value;
}

impl<T: serde::Serialize> ToJson for T {
    fn json(&self) -> serde_json::Value {
        serde_json::json!(self)
    }
}

/// How this run prints.
#[derive(Clone, Debug)]
pub(crate) struct Printer {
    /// Repeated by every command that is printed to be pasted.
    pub(crate) typed: TypedFlags,
    pub(crate) terminal: Terminal,
    pub(crate) color: ColorChoice,
    pub(crate) json: bool,
    pub(crate) quiet: bool,
    pub(crate) verbose: bool,
}

impl Printer {
    /// Prints the outcome of a command and gives the exit code.
    ///
    /// # Errors
    /// If stdout or stderr can't be written; a reader that went away (EPIPE) is not an error.
    pub(crate) fn outcome(&self, outcome: &Result<Box<dyn Report>, Failure>) -> io::Result<u8> {
        match outcome {
            Ok(report) => {
                for warning in report.warnings() {
                    self.warn(&warning)?;
                }
                if self.json {
                    self.stdout(&pretty(&with_typed(&self.typed, || report.json())))?;
                } else {
                    let colour = self.terminal.colour_on_stdout(self.color);
                    let mut page = Page::new(self.terminal.width(), colour).for_typed(&self.typed);
                    report.text(&mut page);
                    self.stdout(&page.into_text())?;
                    if let Some(failure) = report.failure() {
                        self.failure(&failure)?;
                    }
                }
                Ok(report.class().map_or(0, Class::exit_code))
            }
            Err(failure) => {
                if self.json {
                    self.stdout(&pretty(&with_typed(&self.typed, || failure_json(failure))))?;
                } else {
                    self.failure(failure)?;
                }
                Ok(failure.class().exit_code())
            }
        }
    }

    /// A command line that could not be understood: clap's words for a person, the failure for a script.
    ///
    /// # Errors
    /// If the stream can't be written.
    pub(crate) fn usage(&self, text: &str, failure: &Failure) -> io::Result<u8> {
        if self.json {
            self.stdout(&pretty(&with_typed(&self.typed, || failure_json(failure))))?
        } else {
            stderr(text)?
        }
        Ok(failure.class().exit_code())
    }

    /// A warning, unless `--quiet`.
    pub(crate) fn warn(&self, warning: &Warning) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        stderr(&self.warning_text(warning))
    }

    /// A line of progress or explanation, unless `--quiet` or `--json`.
    pub(crate) fn note(&self, line: &str) -> io::Result<()> {
        if self.quiet || self.json { Ok(()) } else { stderr(&format!("{line}\n")) }
    }

    /// A line on stderr, come what may: without it the command would be of no use.
    pub(crate) fn must_say(&self, line: &str) -> io::Result<()> {
        stderr(&format!("{line}\n"))
    }

    /// A line of detail, only with `--verbose`.
    pub(crate) fn detail(&self, line: &str) -> io::Result<()> {
        if self.verbose { stderr(&format!("{line}\n")) } else { Ok(()) }
    }

    /// Text on stdout ahead of the report: for commands that tell their story as it happens.
    pub(crate) fn stdout(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        forgive_closed_pipe(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    /// The same for a story without an end: `false` if the reader went away.
    pub(crate) fn say_while_read(&self, text: &str) -> io::Result<bool> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
            other => other.map(|()| true),
        }
    }

    fn warning_text(&self, warning: &Warning) -> String {
        let word = self.page_for_stderr().tone(Tone::Warn, "warning");
        let place = if warning.place.is_empty() { String::new() } else { format!("{}: ", warning.place) };
        let hint = self.typed.text(&warning.hint);
        let mut text = format!("{word}: {place}{}\n", warning.message);
        hint.lines().for_each(|line| text.push_str(&format!("  {line}\n")));
        text
    }

    fn failure(&self, failure: &Failure) -> io::Result<()> {
        stderr(&self.failure_text(failure))
    }

    fn failure_text(&self, failure: &Failure) -> String {
        let page = self.page_for_stderr();
        let error = page.tone(Tone::Broken, "error");
        let problems = failure.problems();
        let mut text = String::new();
        let excerpts = problems.iter().any(|problem| !problem.excerpt.is_empty());
        if let Some(headline) = failure.headline.as_ref().filter(|_| !excerpts) {
            text.push_str(&format!("{error}: {headline}\n"));
        }
        // Under a headline the problems are in a list, their places in a column; alone, a problem is the headline.
        let listed = failure.headline.is_some();
        let widest = problems.iter().map(|problem| apart(problem).map_or(0, width)).max().unwrap_or(0);
        let (lead, indent) = if listed { ("  ".to_owned(), "      ") } else { (format!("{error}: "), "  ") };
        for (number, problem) in problems.iter().enumerate() {
            // What several problems in a row have as their hint is said once, below the last.
            let next = problems.get(number + 1);
            let shared = next.is_some_and(|next| next.hint == problem.hint && next.excerpt.is_empty());
            if problem.excerpt.is_empty() {
                let place = match apart(problem) {
                    None => String::new(),
                    Some(place) if listed => format!("{place}{}", " ".repeat(widest + 2 - width(place))),
                    Some(place) => format!("{place}: "),
                };
                text.push_str(&format!("{lead}{place}{}\n", problem.message));
                let hint = if shared { String::new() } else { self.typed.text(&problem.hint) };
                hint.lines().for_each(|line| text.push_str(&format!("{indent}{line}\n")));
            } else {
                // The lines of the file end with the hint.
                let kind = problem.kind.as_str();
                text.push_str(&format!("{error}[{kind}]: {}\n{}\n", problem.message, problem.excerpt));
            }
        }
        if let Some(headline) = failure.headline.as_ref().filter(|_| excerpts) {
            text.push_str(&format!("{headline}\n"));
        }
        text
    }

    fn page_for_stderr(&self) -> Page {
        Page::new(None, self.terminal.colour_on_stderr(self.color))
    }
}

/// `word` is "warning", in its colour.
/// The place, unless the message names it anyway.
fn apart(problem: &Problem) -> Option<&str> {
    let place = problem.place.as_str();
    (!place.is_empty() && !problem.message.contains(place)).then_some(place)
}

fn width(text: &str) -> usize {
    console::measure_text_width(text)
}

fn pretty(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn stderr(text: &str) -> io::Result<()> {
    forgive_closed_pipe(io::stderr().lock().write_all(text.as_bytes()))
}

fn forgive_closed_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
