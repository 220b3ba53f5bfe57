//! From arguments to a command: clap does the work, its errors become ours so that `--json` and exit codes hold for them.
//! What a command does with its flags belongs to the command.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

use super::Cli;
use crate::failure::{Failure, Kind, Problem};

/// Why there is no command to run.
pub enum Stop {
    /// Help or version, for stdout.
    Print(String),
    /// The command line is wrong: as clap words it for a person, and as a failure for JSON.
    Usage { text: String, failure: Failure },
}

/// Parses the arguments, the program's name first.
pub fn parse(args: &[OsString]) -> Result<Cli, Stop> {
    let mut command = Cli::command();
    // Names of flags in help and errors come from the command tree, so it is built once here.
    command.build();
    Cli::try_parse_from(args).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Print(error.render().to_string()),
        _ => Stop::Usage { text: error.render().to_string(), failure: failure(&error) },
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

fn failure(error: &clap::Error) -> Failure {
    let kind = match error.kind() {
        ErrorKind::MissingRequiredArgument => Kind::MissingFlag,
        ErrorKind::ArgumentConflict => Kind::ConflictingFlags,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::InvalidUtf8 => Kind::MalformedFlag,
        _ => Kind::Usage,
    };
    let hint = match error.get(ContextKind::SuggestedArg).or(error.get(ContextKind::SuggestedSubcommand)) {
        Some(ContextValue::String(name)) => format!("did you mean {name}?"),
        Some(ContextValue::Strings(names)) if !names.is_empty() => {
            format!("did you mean {}?", names.join(" or "))
        }
        _ => "see --help of the command".to_owned(),
    };
    let places = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(name)) => vec![name.clone()],
        Some(ContextValue::Strings(names)) => names.clone(),
        _ => match error.get(ContextKind::InvalidSubcommand) {
            Some(ContextValue::String(name)) => vec![name.clone()],
            _ => vec![String::new()],
        },
    };
    let message = first_line(error);
    let problems = places
        .iter()
        .map(|place| {
            let message = match kind {
                Kind::MissingFlag => format!("{} is required", flag(place)),
                _ => message.clone(),
            };
            Problem::new(kind, message, hint.clone()).at(flag(place))
        })
        .collect();
    Failure::all(problems)
}

/// `--reg-id <REGID>` is about the flag `--reg-id`.
fn flag(place: &str) -> &str {
    place.split([' ', '=']).next().unwrap_or(place)
}

fn first_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let line = text.lines().next().unwrap_or_default();
    line.trim_start_matches("error: ").trim_end_matches('.').to_owned()
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
        let Err(Stop::Usage { failure, .. }) = parse(&args(&["opush", "explian", "0"])) else { panic!() };
        assert_eq!(failure.class().exit_code(), 2);
        assert!(failure.problems()[0].hint.contains("explain"), "{failure:?}");
    }
}
