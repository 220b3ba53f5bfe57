//! From arguments to a command: clap does the work, its errors become ours so that `--json` and exit codes hold for them.
//! What a command does with its flags belongs to the command.

use std::ffi::{OsStr, OsString};

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory, FromArgMatches};

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
    let command = without_empty_variables(Cli::command(), environment);
    let variables = variables(&command);
    let parsed = command.try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| {
        let text = error.render().to_string();
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Print(text),
            _ => {
                let variable = variable_at_fault(&error, args, &variables);
                let text = match variable {
                    Some(name) => {
                        text.replacen("\n\n", &format!("\n  it is the value of the variable {name}\n\n"), 1)
                    }
                    None => text,
                };
                Stop::Usage { failure: failure(&error, variable), text }
            }
        }
    })
}

/// A variable set to nothing counts as not set, because CI systems hand on missing values that way; clap would take it.
fn without_empty_variables(command: Command, environment: &Environment) -> Command {
    command.mut_args(|arg| match arg.get_env().and_then(OsStr::to_str) {
        Some(name) if environment.is_set_to_nothing(name) => arg.env(Resettable::Reset),
        _ => arg,
    })
}

/// The flags that a variable may give, each as `--flag` with its variable.
fn variables(command: &Command) -> Vec<(String, String)> {
    let of = |arg: &Arg| Some((format!("--{}", arg.get_long()?), arg.get_env()?.to_str()?.to_owned()));
    command.get_arguments().filter_map(of).collect()
}

/// The variable that a refused value came from, if it was not the flag itself.
fn variable_at_fault<'v>(
    error: &clap::Error,
    args: &[OsString],
    variables: &'v [(String, String)],
) -> Option<&'v str> {
    let Some(ContextValue::String(place)) = error.get(ContextKind::InvalidArg) else { return None };
    let (long, variable) = variables.iter().find(|(long, _)| long == flag(place))?;
    let given = |arg: &OsString| arg.to_str().is_some_and(|arg| arg.split('=').next() == Some(long));
    let about_value =
        matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::InvalidUtf8);
    (about_value && !args.iter().any(given)).then_some(variable)
}

/// Whether `--json` is wanted, asked before parsing so that even a usage error is printed as JSON.
pub fn json_wanted(args: &[OsString], variable: Option<&str>) -> bool {
    let flag = args.iter().skip(1).take_while(|arg| *arg != "--").any(|arg| arg == "--json");
    let variable = variable.is_some_and(|value| {
        !matches!(value.to_ascii_lowercase().as_str(), "" | "0" | "n" | "no" | "f" | "false" | "off")
    });
    flag || variable
}

fn failure(error: &clap::Error, variable: Option<&str>) -> Failure {
    let kind = match error.kind() {
        ErrorKind::MissingRequiredArgument => Kind::MissingFlag,
        ErrorKind::ArgumentConflict => Kind::ConflictingFlags,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::InvalidUtf8 => Kind::MalformedFlag,
        _ => Kind::Usage,
    };
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand
    ) {
        return Problem::new(kind, "a command is missing", "add --help to see those there are").into();
    }
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
            Problem::new(kind, message, hint.clone()).at(variable.unwrap_or(flag(place)))
        })
        .collect();
    Failure::all(problems)
}

/// `--reg-id <REGID>` is about the flag `--reg-id`, `[COMMAND]...` about `COMMAND`.
fn flag(place: &str) -> &str {
    let name = place.split([' ', '=']).next().unwrap_or(place);
    let positional = name.trim_end_matches("...").trim_start_matches(['<', '[']).trim_end_matches(['>', ']']);
    if positional.is_empty() { name } else { positional }
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
        let Err(Stop::Usage { failure, .. }) =
            parse(&args(&["opush", "explian", "0"]), &Environment::default())
        else {
            panic!()
        };
        assert_eq!(failure.class().exit_code(), 2);
        assert!(failure.problems()[0].hint.contains("explain"), "{failure:?}");
    }
}
