//! Prints a report on stdout, and warnings, notes and failures on stderr; the exit code follows from what was printed.
//! How a page is laid out belongs to `page`.

use std::io::{self, Write};

use super::json::failure_json;
use super::page::{Page, Tone};
use super::terminal::{ColorChoice, Terminal};
use crate::failure::{Class, Failure, Problem};

/// What a command made: text for a person, JSON for a script, and the class of its exit code.
pub trait Report {
    fn text(&self, page: &mut Page);
    fn json(&self) -> serde_json::Value;
    /// `None` is exit code 0.
    fn class(&self) -> Option<Class> {
        None
    }
    /// Said on stderr, whatever the form of the result.
    fn warnings(&self) -> Vec<Problem> {
        Vec::new()
    }
    /// What went wrong, for a person, where the class is not success: printed on stderr after the text.
    fn failure(&self) -> Option<Failure> {
        None
    }
}

/// How this run prints.
#[derive(Clone, Copy, Debug)]
pub struct Printer {
    pub terminal: Terminal,
    pub color: ColorChoice,
    pub json: bool,
    pub quiet: bool,
    pub verbose: bool,
}

impl Printer {
    /// Prints the outcome of a command and gives the exit code.
    ///
    /// # Errors
    /// If stdout or stderr can't be written; a reader that went away (EPIPE) is no error.
    pub fn outcome(&self, outcome: &Result<Box<dyn Report>, Failure>) -> io::Result<u8> {
        match outcome {
            Ok(report) => {
                for warning in report.warnings() {
                    self.warn(&warning)?;
                }
                if self.json {
                    self.stdout(&pretty(&report.json()))?;
                } else {
                    let colour = self.terminal.colour_on_stdout(self.color);
                    let mut page = Page::new(self.terminal.width(), colour);
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
                    self.stdout(&pretty(&failure_json(failure)))?;
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
    pub fn usage(&self, text: &str, failure: &Failure) -> io::Result<u8> {
        if self.json {
            self.stdout(&pretty(&failure_json(failure)))?
        } else {
            stderr(text)?
        }
        Ok(failure.class().exit_code())
    }

    /// A warning, unless `--quiet`.
    pub fn warn(&self, problem: &Problem) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        let page = self.page_for_stderr();
        let mut text = format!("{}: {problem}\n", page.tone(Tone::Warn, "warning"));
        if !problem.hint.is_empty() {
            text.push_str(&format!("  {}\n", problem.hint));
        }
        stderr(&text)
    }

    /// A line of progress or explanation, unless `--quiet` or `--json`.
    pub fn note(&self, line: &str) -> io::Result<()> {
        if self.quiet || self.json { Ok(()) } else { stderr(&format!("{line}\n")) }
    }

    /// A line of detail, only with `--verbose`.
    pub fn detail(&self, line: &str) -> io::Result<()> {
        if self.verbose { stderr(&format!("{line}\n")) } else { Ok(()) }
    }

    /// Text on stdout ahead of the report: for commands that tell their story as it happens.
    pub fn stdout(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        forgive_closed_pipe(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
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
        // Under a headline the problems stand in a list; alone, a problem is the headline.
        let (lead, indent) = if failure.headline.is_some() {
            ("  ".to_owned(), "      ")
        } else {
            (format!("{error}: "), "  ")
        };
        for (index, problem) in problems.iter().enumerate() {
            if problem.excerpt.is_empty() {
                // A message that names its place need not be led by it.
                let named = problem.place.is_empty() || problem.message.contains(&problem.place);
                let place = if named { String::new() } else { format!("{}  ", problem.place) };
                text.push_str(&format!("{lead}{place}{}\n", problem.message));
                // One hint for several problems in a row stands below the last of them.
                if problems.get(index + 1).is_none_or(|next| next.hint != problem.hint) {
                    problem.hint.lines().for_each(|line| text.push_str(&format!("{indent}{line}\n")));
                }
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
