//! `opush __complete SHELL INDEX [LINE] WORD…`: asked by the scripts at each Tab, answered with one candidate a line, its
//! description after a tab. Never a word on stderr, never an exit code: who presses Tab wants no lecture.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use clap::ValueEnum;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, complete};

use super::Shell;
use super::line::{self, Typed};
use super::values::{Values, Words};
use crate::clock::Clock;
use crate::config::Environment;

/// The word by which the scripts ask; no command of a person.
const WORD: &str = "__complete";

/// What a script wants to know.
#[derive(Debug)]
pub(crate) struct CompletionRequest {
    shell: Shell,
    /// The program's name first, the word under the cursor last.
    words: Vec<String>,
    /// What of the last word the shell leaves as it is.
    before: String,
    quoted: bool,
}

/// The question, if the arguments are one. One that can't be understood has no answer, but is none of a person either.
pub(crate) fn request(args: &[OsString]) -> Option<Option<CompletionRequest>> {
    let rest = args.get(1).filter(|word| *word == WORD).map(|_| &args[2..])?;
    let mut texts = rest.iter().map(|text| text.to_string_lossy().into_owned());
    let mut read = || {
        let shell = Shell::from_str(&texts.next()?, true).ok()?;
        let index: usize = texts.next()?.parse().ok()?;
        let line = if shell == Shell::Bash { Some(texts.next()?) } else { None };
        // A shell may leave out the word under the cursor where it is empty.
        let count = index.checked_add(1)?;
        let mut words: Vec<String> = texts.by_ref().take(count).collect();
        if words.len() == index {
            words.push(String::new());
        }
        // The program's name is not a word of ours, and a word that is not there can't become anything.
        if index == 0 || words.len() != count {
            return None;
        }
        let typed = match line {
            Some(line) => line::read(&line, &words),
            None => {
                // fish hands over the word under the cursor as it was typed, the others as they are meant.
                if let Some(last) = words.last_mut().filter(|_| shell == Shell::Fish) {
                    *last = line::plain(last);
                }
                Typed { words, before: String::new(), quoted: true }
            }
        };
        Some(CompletionRequest { shell, words: typed.words, before: typed.before, quoted: typed.quoted })
    };
    Some(read())
}

/// The candidates, one a line; empty where there is none, or where nothing can be found out.
pub(crate) fn answer(
    request: Option<CompletionRequest>,
    tree: clap::Command,
    environment: &Environment,
    clock: &Clock,
    explained: Words,
) -> String {
    let Some(request) = request else { return String::new() };
    let here = std::env::current_dir().ok();
    let values = Arc::new(Values::new(&request.words, environment, clock, explained));
    let found = candidates(&request.words, here.as_deref(), with_values(tree, &[], &values));
    let mut lines = String::new();
    // Flags are shown to who has begun one, and where there is nothing else.
    let flags = request.words.last().is_some_and(|word| word.starts_with('-'));
    let is_flag = |value: &str| value.starts_with("--");
    let only_flags = found.iter().all(|one| one.get_value().to_str().is_some_and(is_flag));
    for candidate in found {
        let value = candidate.get_value().to_string_lossy();
        if is_flag(&value) && !flags && !only_flags {
            continue;
        }
        // A value that would break the line can't be offered by line.
        if value.contains(char::is_control) {
            continue;
        }
        match request.shell {
            Shell::Bash => {
                let Some(value) = value.strip_prefix(&request.before) else { continue };
                lines.push_str(&if request.quoted { value.to_owned() } else { line::escaped(value) });
            }
            _ => {
                lines.push_str(&value);
                let about = candidate.get_help().map(ToString::to_string).unwrap_or_default();
                if let Some(first) = about.lines().next() {
                    lines.push('\t');
                    lines.push_str(&first.replace('\t', " "));
                }
            }
        }
        lines.push('\n');
    }
    lines
}

fn candidates(words: &[String], here: Option<&Path>, mut command: clap::Command) -> Vec<CompletionCandidate> {
    let words = without_leading_flags(&command, words);
    let last = words.len() - 1;
    complete(&mut command, words, last, here).unwrap_or_default()
}

/// The words without the whole global flags before the command: the engine takes their values for commands, such as the
/// profile `sandbox`. What they say is known already.
fn without_leading_flags(command: &clap::Command, words: &[String]) -> Vec<OsString> {
    let takes_value = |word: &str| {
        let arg = command.get_arguments().find(|arg| match word.strip_prefix("--") {
            Some(long) => arg.get_long() == Some(long),
            None => word.strip_prefix('-').and_then(|short| short.chars().next()) == arg.get_short(),
        });
        arg.is_some_and(|arg| arg.get_action().takes_values())
    };
    let mut at = 1;
    while let Some(word) = words.get(at).filter(|word| word.starts_with('-') && *word != "--") {
        let next = at + if takes_value(word) { 2 } else { 1 };
        // The word under the cursor, and the flag it belongs to, are what is asked about.
        if next >= words.len() {
            break;
        }
        at = next;
    }
    words[..1].iter().chain(&words[at..]).map(OsString::from).collect()
}

/// The command tree with the values of this machine at the arguments that take them.
fn with_values(command: clap::Command, path: &[String], values: &Arc<Values>) -> clap::Command {
    let command = command.mut_args(|arg| match Values::kind_of(path, &arg) {
        None => arg,
        Some(kind) => {
            let values = Arc::clone(values);
            arg.add(ArgValueCompleter::new(move |typed: &std::ffi::OsStr| {
                typed.to_str().map(|typed| values.of(kind, typed)).unwrap_or_default()
            }))
        }
    });
    command.mut_subcommands(|below| {
        let path: Vec<String> = path.iter().cloned().chain([below.get_name().to_owned()]).collect();
        with_values(below, &path, values)
    })
}
