//! Prints a report on stdout, and warnings, notes and failures on stderr; the exit code follows from what was printed.
//! How a page is laid out belongs to `page`.

use std::io::{self, Write};

use super::escape;
use super::json::{failure_json, with_error, with_typed};
use super::page::{Page, Tone};
use super::terminal::{ColorChoice, Terminal};
use super::typed_flags::TypedFlags;
use super::zone::Zone;
use crate::failure::{Failure, Problem, Warning};

/// What a command made: text for a person, JSON for a script, and the class of its exit code.
pub(crate) trait Report: ToJson {
    fn text(&self, page: &mut Page);
    /// Said on stderr, whatever the form of the result.
    fn warnings(&self) -> Vec<Warning> {
        Vec::new()
    }
    /// What went wrong: the `error` of the JSON, and by its class the exit code. `None` is success.
    fn failure(&self) -> Option<Failure> {
        None
    }
    /// What of it is said on stderr after the text: nothing, where the text says it.
    fn spoken(&self) -> Option<Failure> {
        self.failure()
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
                let failure = report.failure();
                if self.json {
                    let json = || with_error(report.json(), failure.as_ref());
                    stdout(&pretty(&with_typed(&self.typed, json)))?;
                } else {
                    let colour = self.terminal.colour_on_stdout(self.color);
                    let zone = Zone::of_person(self.terminal.stdout);
                    let mut page = Page::new(self.terminal.width(), colour).for_person(&self.typed, zone);
                    report.text(&mut page);
                    stdout(&page.into_text())?;
                    if let Some(failure) = report.spoken() {
                        self.failure(&failure)?;
                    }
                }
                Ok(failure.map_or(0, |failure| failure.class().exit_code()))
            }
            Err(failure) => {
                if self.json {
                    stdout(&pretty(&with_typed(&self.typed, || failure_json(failure))))?;
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
            stdout(&pretty(&with_typed(&self.typed, || failure_json(failure))))?;
        } else {
            stderr(&escape::lines(text))?;
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
        if self.quiet || self.json { Ok(()) } else { self.must_say(line) }
    }

    /// A line on stderr, come what may: without it the command would be of no use.
    pub(crate) fn must_say(&self, line: &str) -> io::Result<()> {
        let mut page = self.page_for_stderr();
        page.line(line);
        stderr(&page.into_text())
    }

    /// What happens while a command runs, as a line of JSON on stderr: stdout is for its one object.
    pub(crate) fn event(&self, event: &impl serde::Serialize) -> io::Result<()> {
        stderr(&format!("{}\n", escape::json(&serde_json::json!(event).to_string())))
    }

    /// A line of detail, only with `--verbose`.
    pub(crate) fn detail(&self, line: &str) -> io::Result<()> {
        if self.verbose { self.must_say(line) } else { Ok(()) }
    }

    /// Text of several lines on stdout that is no report, such as help.
    pub(crate) fn stdout(&self, text: &str) -> io::Result<()> {
        stdout(&escape::lines(text)).map(|_| ())
    }

    /// A line on stdout ahead of the report, for commands that tell their story as it happens: `false` if the reader
    /// went away.
    pub(crate) fn say(&self, line: &str) -> io::Result<bool> {
        let mut page = Page::new(self.terminal.width(), false);
        page.line(line);
        stdout(&page.into_text())
    }

    /// A time of RFC 3339 for a line that is said while the command runs.
    pub(crate) fn time(&self, at: &str) -> String {
        Zone::of_person(self.terminal.stdout).to_the_second(at)
    }

    /// Rows for another program, to the letter but on a terminal: `false` if the reader went away.
    pub(crate) fn rows(&self, text: &str, are_json: bool) -> io::Result<bool> {
        match are_json {
            true => stdout(&escape::json(text)),
            false if self.terminal.stdout => stdout(&escape::lines(text)),
            false => stdout(text),
        }
    }

    fn warning_text(&self, warning: &Warning) -> String {
        let word = self.page_for_stderr().tone(Tone::Warn, "warning");
        let place = if warning.place.is_empty() { String::new() } else { format!("{}: ", warning.place) };
        let hint = self.typed.text(&warning.hint);
        let mut page = self.page_for_stderr();
        page.line(format!("{word}: {place}{}", warning.message));
        hint.lines().for_each(|line| page.line(format!("  {line}")));
        page.into_text()
    }

    fn failure(&self, failure: &Failure) -> io::Result<()> {
        stderr(&self.failure_text(failure))
    }

    fn failure_text(&self, failure: &Failure) -> String {
        let mut page = self.page_for_stderr();
        let error = page.tone(Tone::Broken, "error");
        let problems = failure.problems();
        let excerpts = problems.iter().any(|problem| !problem.excerpt.is_empty());
        if let Some(headline) = failure.headline.as_ref().filter(|_| !excerpts) {
            page.line(format!("{error}: {headline}"));
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
                page.line(format!("{lead}{place}{}", problem.message));
                let hint = if shared { String::new() } else { self.typed.text(&problem.hint) };
                hint.lines().for_each(|line| page.line(format!("{indent}{line}")));
            } else {
                // The lines of the file end with the hint.
                let kind = problem.kind.as_str();
                page.line(format!("{error}[{kind}]: {}", problem.message));
                page.lines(&problem.excerpt);
            }
        }
        if let Some(headline) = failure.headline.as_ref().filter(|_| excerpts) {
            page.line(headline);
        }
        page.into_text()
    }

    fn page_for_stderr(&self) -> Page {
        Page::new(self.terminal.width_of_stderr(), self.terminal.colour_on_stderr(self.color))
    }
}

/// The place, unless the message names it anyway.
fn apart(problem: &Problem) -> Option<&str> {
    let place = problem.place.as_str();
    (!place.is_empty() && !problem.message.contains(place)).then_some(place)
}

fn width(text: &str) -> usize {
    console::measure_text_width(text)
}

fn pretty(value: &serde_json::Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("{}\n", escape::json(&text))
}

/// `false` if the reader went away, which is no error.
fn stdout(text: &str) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    heard(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

fn stderr(text: &str) -> io::Result<()> {
    heard(io::stderr().lock().write_all(text.as_bytes())).map(|_| ())
}

fn heard(written: io::Result<()>) -> io::Result<bool> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        other => other.map(|()| true),
    }
}
