//! What every remedy must be, as it is printed: a sentence, and at most one command that the command tree takes.

use clap::Command;
use clap::error::ErrorKind;

/// The gaps that a remedy may leave open, each with a value to try.
const GAPS: &[(&str, &str)] = &[
    ("ADDRESS", "127.0.0.1:8765"),
    ("APP-ID", "30000001"),
    ("APP-KEY", "demo-app-key"),
    ("CHANNEL-ID", "tuikit"),
    ("CLASS", "com.example.demo.SplashActivity"),
    ("CODE", "16"),
    ("FILE", "smoke.toml"),
    ("ID", "7005"),
    ("NAME", "demo"),
    ("NEW-ID", "7006"),
    ("NUMBER", "12"),
    ("PACKAGE", "com.example.demo"),
    ("PROFILE", "demo"),
    ("PUSH-ID", "12-34-56"),
    ("RECEIVER", "bob"),
    ("REGID", "CN_0123456789abcdef0123456789abcdef"),
    ("SHELL", "bash"),
    ("TARGET", "open-app"),
    ("TEXT", "hello"),
    ("URL", "https://example.com/a"),
    ("USER", "alice"),
];

/// Names that begin with a capital letter wherever they are.
const PROPER: [&str; 3] = ["Android", "Java", "Tencent"];

/// Why the remedy is not one.
pub(super) fn flaw(printed: &str, root: &Command) -> Option<String> {
    let (sentence, line) = match printed.rsplit_once(": opush ") {
        Some((sentence, line)) => (sentence, Some(line)),
        None => (printed, None),
    };
    let refused = line.and_then(|line| refused(line, root));
    refused.or_else(|| of_sentence(sentence, root)).map(|why| format!("{why}: {printed}"))
}

fn of_sentence(sentence: &str, root: &Command) -> Option<String> {
    let mut words = sentence.split_whitespace();
    let first = words.next()?;
    let mut letters = first.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    // A name such as UserID or OPPO begins as it is written.
    let ordinary = letters.all(|c| c.is_lowercase() || c.is_ascii_punctuation());
    if capital && ordinary && !PROPER.contains(&first) {
        return Some("the sentence begins with a capital letter".to_owned());
    }
    let is_noun = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        root.get_subcommands().any(|command| command.get_name() == word)
    };
    let names_one = sentence.split("opush ").skip(1).any(|rest| rest.split(' ').next().is_some_and(is_noun));
    names_one.then(|| "the sentence contains a command".to_owned())
}

fn refused(line: &str, root: &Command) -> Option<String> {
    let Some(words) = shlex::split(line) else { return Some("no shell reads the command".to_owned()) };
    let mut args = vec!["opush".to_owned()];
    for word in words {
        let is_gap = |c: char| c.is_ascii_uppercase() || c == '-';
        let at = word.rfind([':', '=']).map_or(0, |at| at + 1);
        let (before, name) = word.split_at(at);
        if name.len() < 2 || !name.chars().all(is_gap) || name.starts_with('-') {
            args.push(word);
            continue;
        }
        match GAPS.iter().find(|(gap, _)| *gap == name) {
            Some((_, value)) => args.push(format!("{before}{value}")),
            None => return Some(format!("the gap {name} has no known name")),
        }
    }
    match root.clone().try_get_matches_from(args) {
        Err(error) if error.kind() != ErrorKind::DisplayHelp => {
            Some(error.to_string().lines().next().unwrap_or_default().to_owned())
        }
        _ => None,
    }
}
