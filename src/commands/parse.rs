//! From arguments to a command: clap does the work, its errors become ours so that `--json` and exit codes hold for them.
//! What a command does with its flags belongs to the command.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

use super::Cli;
use crate::config::Environment;
use crate::failure::{Failure, Kind, Problem};

/// Why there is no command to run.
pub enum Stop {
    /// Help or version, for stdout.
    Print(String),
    /// The command line is wrong: as clap words it for a person, and as a failure for JSON.
    Usage { text: String, failure: Failure },
}

/// Parses the arguments, the program's name first.
pub fn parse(args: &[OsString], environment: &Environment) -> Result<Cli, Stop> {
    let mut command = Cli::command();
    // Names of flags in help and errors come from the command tree, so it is built once here.
    command.build();
    Cli::try_parse_from(args).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Print(error.render().to_string()),
        _ => {
            let failure = failure(&error, |flag| place(flag, args, environment));
            Stop::Usage { text: error.render().to_string(), failure }
        }
    })
}

/// Whether `--json` is wanted, asked before parsing so that even a usage error is printed as JSON.
pub fn json_wanted(args: &[OsString], variable: Option<&str>) -> bool {
    let flag = args.iter().skip(1).take_while(|arg| *arg != "--").any(|arg| arg == "--json");
    let variable = variable.is_some_and(|value| {
        !matches!(value.to_ascii_lowercase().as_str(), "" | "0" | "n" | "no" | "f" | "false" | "off")
    });
    flag || variable
}

fn failure(error: &clap::Error, place_of: impl Fn(&str) -> String) -> Failure {
    let kind = match error.kind() {
        ErrorKind::MissingRequiredArgument => Kind::MissingFlag,
        ErrorKind::ArgumentConflict => Kind::ConflictingFlags,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::InvalidUtf8 => Kind::MalformedFlag,
        _ => Kind::Usage,
    };
    let (message, hint) = words(error);
    let places = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(name)) => vec![name.clone()],
        Some(ContextValue::Strings(names)) => names.clone(),
        _ => match error.get(ContextKind::InvalidSubcommand) {
            Some(ContextValue::String(name)) => vec![name.clone()],
            _ => vec![String::new()],
        },
    };
    let problems = places
        .iter()
        .map(|place| {
            let message = match kind {
                Kind::MissingFlag => format!("{} is required", flag(place)),
                _ => message.clone(),
            };
            Problem::new(kind, message, hint.clone()).at(place_of(flag(place)))
        })
        .collect();
    Failure::all(problems)
}

/// What is wrong, and what to do: a suggestion, the values there are, the parser's own advice, or the help.
fn words(error: &clap::Error) -> (String, String) {
    let text = error.render().to_string();
    let first = text.lines().next().unwrap_or_default();
    let message = first.trim_start_matches("error: ").trim_end_matches('.').to_owned();
    let list = |kind| match error.get(kind) {
        Some(ContextValue::String(one)) => one.clone(),
        Some(ContextValue::Strings(several)) => several.join(", "),
        _ => String::new(),
    };
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        let names = list(kind);
        if !names.is_empty() {
            return (message, format!("did you mean {}?", names.replace(", ", " or ")));
        }
    }
    let values = list(ContextKind::ValidValue);
    if !values.is_empty() {
        return (message, format!("use one of {values}"));
    }
    // A parser of ours gives its advice after a semicolon.
    if error.kind() == ErrorKind::ValueValidation
        && let Some((message, advice)) = message.split_once("; ")
    {
        return (message.to_owned(), advice.to_owned());
    }
    (message, format!("see: {}", help(&text)))
}

/// `opush send --help`, from clap's line `Usage: opush send [OPTIONS]`.
fn help(text: &str) -> String {
    let usage = text.lines().find_map(|line| line.trim().strip_prefix("Usage: ")).unwrap_or("opush");
    let words: Vec<&str> =
        usage.split(' ').take_while(|word| !word.starts_with(['-', '[', '<', '"'])).collect();
    format!("{} --help", words.join(" "))
}

/// `--reg-id <REGID>` is about the flag `--reg-id`.
fn flag(place: &str) -> &str {
    place.split([' ', '=']).next().unwrap_or(place)
}

/// A value that no argument gave came from the flag's variable.
fn place(flag: &str, args: &[OsString], environment: &Environment) -> String {
    let given = args.iter().any(|arg| {
        let arg = arg.to_string_lossy();
        arg == flag || arg.strip_prefix(flag).is_some_and(|rest| rest.starts_with('='))
    });
    let variable =
        flag.strip_prefix("--").map(|name| format!("OPUSH_{}", name.to_uppercase().replace('-', "_")));
    variable.filter(|name| !given && environment.get_os(name).is_some()).unwrap_or_else(|| flag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(words: &[&str]) -> Vec<OsString> {
        words.iter().map(OsString::from).collect()
    }

    #[test]
    fn the_command_tree_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn json_is_known_before_parsing() {
        assert!(json_wanted(&args(&["opush", "--json", "nonsense"]), None));
        assert!(!json_wanted(&args(&["opush", "x", "--", "--json"]), None));
        assert!(json_wanted(&args(&["opush"]), Some("1")));
        assert!(!json_wanted(&args(&["opush"]), Some("off")));
    }

    #[test]
    fn an_unknown_command_is_usage_with_a_suggestion() {
        let Err(Stop::Usage { failure, .. }) =
            parse(&args(&["opush", "explian", "0"]), &Environment::default())
        else {
            panic!()
        };
        assert_eq!(failure.class().exit_code(), 2);
        assert!(failure.problems()[0].hint.contains("explain"), "{failure:?}");
    }

    fn problem(words: &[&str], environment: &Environment) -> Problem {
        match parse(&args(words), environment) {
            Err(Stop::Usage { failure, .. }) => failure.into_problems().remove(0),
            _ => panic!("{words:?} is fine"),
        }
    }

    #[test]
    fn a_hint_says_what_would_do() {
        let none = Environment::default();
        let hint = |words: &[&str]| problem(words, &none).hint;
        assert_eq!(hint(&["opush", "send", "--ttl", "5"]), "write it with units, such as 90s, 12m or 24h");
        assert_eq!(hint(&["opush", "explain", "1", "--color", "pink"]), "use one of auto, always, never");
        assert_eq!(hint(&["opush", "send", "--tittle", "x"]), "did you mean --title?");
        assert_eq!(hint(&["opush", "sandbox", "phone", "tap"]), "see: opush sandbox phone tap --help");
        assert_eq!(hint(&["opush"]), "see: opush --help");
    }

    #[test]
    fn the_place_of_a_variables_value_is_the_variable() {
        let set = Environment::from_pairs([("OPUSH_TIMEOUT", "soon")]);
        // clap reads the process's own variables; here only the place is of interest.
        assert_eq!(place("--timeout", &args(&["opush", "explain", "1"]), &set), "OPUSH_TIMEOUT");
        assert_eq!(place("--timeout", &args(&["opush", "--timeout", "soon"]), &set), "--timeout");
        assert_eq!(place("--timeout", &args(&["opush", "--timeout=soon"]), &set), "--timeout");
        assert_eq!(place("--ttl", &args(&["opush"]), &set), "--ttl");
    }
}
