//! From arguments to a command: clap does the work, its errors become ours so that `--json` and exit codes hold for them.
//! What a command does with its flags belongs to the command.

use std::ffi::{OsStr, OsString};
use std::mem::ManuallyDrop;

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Args, Command, CommandFactory, FromArgMatches, Subcommand};

use super::help;
use crate::config::Environment;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::flags::Globals;
use crate::output::one_line;

/// Why there is no command to run.
pub(crate) enum Stop {
    /// Help or version, for stdout.
    Print(String),
    /// A variable or an argument is not even text.
    Refused(Failure),
    /// The command line is wrong: as clap words it for a person, and as a failure for JSON.
    Usage { text: String, failure: Failure },
}

/// Parses the arguments, the program's name first. `Root` is the whole tree, `Nouns` the commands below it.
pub(crate) fn parse<Root: CommandFactory + FromArgMatches, Nouns: Subcommand>(
    args: &[OsString],
    environment: &Environment,
) -> Result<Root, Stop> {
    match read(&mut typed_branch::<Nouns>(args), args, environment) {
        Ok(root) => return Ok(root),
        Err(error) if error.kind() == ErrorKind::DisplayVersion => {
            return Err(Stop::Print(error.render().to_string()));
        }
        // The whole tree finds the same, and knows every command for the help and for a suggestion.
        Err(_) => {}
    }
    let mut command = help::grouped(Root::command());
    read(&mut command, args, environment).map_err(|error| {
        let text = error.render().to_string();
        match error.kind() {
            ErrorKind::DisplayHelp => Stop::Print(help::with_globals(&text)),
            ErrorKind::DisplayVersion => Stop::Print(text),
            ErrorKind::InvalidUtf8 => Stop::Refused(not_utf8(args, environment)),
            _ => {
                let text = match error.kind() {
                    ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => help::with_globals(&text),
                    _ => on_one_line(text, args),
                };
                let variable = variable_at_fault(&error, args, &command);
                let text = match &variable {
                    Some(name) => {
                        text.replacen("\n\n", &format!("\n  it is the value of the variable {name}\n\n"), 1)
                    }
                    None => text,
                };
                Stop::Usage { failure: failure(&error, variable.as_deref()), text }
            }
        }
    })
}

/// clap's words, with no line broken by what was typed.
fn on_one_line(text: String, args: &[OsString]) -> String {
    let words = args.iter().filter_map(|arg| arg.to_str());
    let values = words.clone().filter_map(|arg| arg.split_once('=').map(|(_, value)| value));
    let broken = words.chain(values).filter(|word| word.contains('\n'));
    broken.fold(text, |text, word| text.replace(word, &one_line(word)))
}

fn read<Root: FromArgMatches>(
    command: &mut Command,
    args: &[OsString],
    environment: &Environment,
) -> Result<Root, clap::Error> {
    *command = without_empty_variables(std::mem::take(command), environment);
    let parsed = command.try_get_matches_from_mut(args);
    parsed.and_then(|mut matches| Root::from_arg_matches_mut(&mut matches))
}

/// The tree with no other commands than those that a word of the arguments names: clap copies the global flags into
/// every command that it knows, used or not.
fn typed_branch<Nouns: Subcommand>(args: &[OsString]) -> ManuallyDrop<Command> {
    let mut all = ManuallyDrop::new(Nouns::augment_subcommands(Command::default()));
    let is_named = |command: &&mut Command| args.iter().any(|arg| arg == command.get_name());
    let named = all.get_subcommands_mut().filter(is_named).map(std::mem::take);
    let root = Command::new("opush").version(env!("CARGO_PKG_VERSION")).disable_help_subcommand(true);
    // Its hundreds of small pieces are freed by the process's end.
    ManuallyDrop::new(Globals::augment_args(root).subcommands(named))
}

/// A variable set to nothing counts as not set, because CI systems hand on missing values that way; clap would take it.
fn without_empty_variables(command: Command, environment: &Environment) -> Command {
    command.mut_args(|arg| match arg.get_env().and_then(OsStr::to_str) {
        Some(name) if environment.is_set_to_nothing(name) => arg.env(Resettable::Reset),
        _ => arg,
    })
}

/// The variable that a refused value came from, if it was not the flag itself.
fn variable_at_fault(error: &clap::Error, args: &[OsString], command: &Command) -> Option<String> {
    let Some(ContextValue::String(place)) = error.get(ContextKind::InvalidArg) else { return None };
    let long = flag(place);
    let is_meant = |arg: &&Arg| arg.get_long().is_some_and(|name| long.strip_prefix("--") == Some(name));
    let variable = command.get_arguments().find(is_meant)?.get_env()?.to_str()?.to_owned();
    let given = |arg: &OsString| arg.to_str().is_some_and(|arg| arg.split('=').next() == Some(long));
    let about_value =
        matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::InvalidUtf8);
    (about_value && !args.iter().any(given)).then_some(variable)
}

/// Whether `--json` is wanted, asked before parsing so that even a usage error is printed as JSON.
pub(crate) fn json_wanted(args: &[OsString], variable: Option<&str>) -> bool {
    let flag = args.iter().skip(1).take_while(|arg| *arg != "--").any(|arg| arg == "--json");
    let variable = variable.is_some_and(|value| {
        !matches!(value.to_ascii_lowercase().as_str(), "" | "0" | "n" | "no" | "f" | "false" | "off")
    });
    flag || variable
}

/// The command that the arguments name, as far as clap can tell, though they can't be parsed.
pub(crate) fn named_command(tree: Command, args: &[OsString]) -> Option<String> {
    let matches = tree.ignore_errors(true).try_get_matches_from(args).ok()?;
    matches.subcommand_name().map(str::to_owned)
}

fn not_utf8(args: &[OsString], environment: &Environment) -> Failure {
    let variables = environment.problems();
    if !variables.is_empty() {
        return Failure::all(variables);
    }
    let at = args.iter().position(|arg| arg.to_str().is_none()).unwrap_or_default();
    let shown = args.get(at).map(|arg| arg.to_string_lossy().into_owned()).unwrap_or_default();
    // `--title=…`, or the value after `--title`.
    let before = at.checked_sub(1).and_then(|at| args[at].to_str()).filter(|word| word.starts_with("--"));
    let place = if shown.starts_with("--") { flag(&shown) } else { before.unwrap_or_default() };
    Problem::new(Kind::NotUtf8, "an argument is not UTF-8", "give it as UTF-8 text").at(place).into()
}

fn failure(error: &clap::Error, variable: Option<&str>) -> Failure {
    let kind = match error.kind() {
        ErrorKind::MissingRequiredArgument => Kind::MissingFlag,
        ErrorKind::ArgumentConflict => Kind::ConflictingFlags,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Kind::MalformedFlag,
        _ => Kind::Usage,
    };
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand
    ) {
        return Problem::new(kind, "a command is missing", "add --help to see those there are").into();
    }
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
            Problem::new(kind, message, hint.clone()).at(variable.unwrap_or(flag(place)))
        })
        .collect();
    Failure::all(problems)
}

/// What is wrong, and what to do: a suggestion, the values there are, the parser's own advice, or the help.
fn words(error: &clap::Error) -> (String, Remedy) {
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
            return (message, format!("did you mean {}?", names.replace(", ", " or ")).into());
        }
    }
    let values = list(ContextKind::ValidValue);
    if !values.is_empty() {
        return (message, format!("use one of {values}").into());
    }
    // A parser of ours gives its advice after a semicolon.
    if error.kind() == ErrorKind::ValueValidation
        && let Some((message, advice)) = message.split_once("; ")
    {
        return (message.to_owned(), advice.to_owned().into());
    }
    (message, Remedy::say("see").command(help_command(&text)))
}

/// `send --help`, from clap's line `Usage: opush send [OPTIONS]`.
fn help_command(text: &str) -> String {
    let usage = text.lines().find_map(|line| line.trim().strip_prefix("Usage: ")).unwrap_or("opush");
    let words: Vec<&str> =
        usage.split(' ').skip(1).take_while(|word| !word.starts_with(['-', '[', '<', '"'])).collect();
    [words.as_slice(), &["--help"]].concat().join(" ")
}

/// `--reg-id <REGID>` is about the flag `--reg-id`, `[COMMAND]...` about `COMMAND`.
fn flag(place: &str) -> &str {
    let name = place.split([' ', '=']).next().unwrap_or(place);
    let positional = name.trim_end_matches("...").trim_start_matches(['<', '[']).trim_end_matches(['>', ']']);
    if positional.is_empty() { name } else { positional }
}

#[cfg(test)]
mod tests {
    use super::super::Cli;
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
            parse::<Cli, super::super::Command>(&args(&["opush", "explian", "0"]), &Environment::default())
        else {
            panic!()
        };
        assert_eq!(failure.class().exit_code(), 2);
        assert!(failure.problems()[0].hint.sentence().contains("explain"), "{failure:?}");
    }

    fn problem(words: &[&str], environment: &Environment) -> Problem {
        match parse::<Cli, super::super::Command>(&args(words), environment) {
            Err(Stop::Usage { failure, .. }) => failure.into_problems().remove(0),
            _ => panic!("{words:?} is fine"),
        }
    }

    #[test]
    fn a_hint_says_what_would_do() {
        let none = Environment::default();
        let hint = |words: &[&str]| problem(words, &none).hint.to_string();
        assert_eq!(hint(&["opush", "send", "--ttl", "5"]), "write it with units, such as 90s, 12m or 24h");
        assert_eq!(hint(&["opush", "explain", "1", "--color", "pink"]), "use one of auto, always, never");
        assert_eq!(hint(&["opush", "send", "--tittle", "x"]), "did you mean --title?");
        assert_eq!(hint(&["opush", "sandbox", "phone", "tap"]), "see: opush sandbox phone tap --help");
        assert_eq!(hint(&["opush"]), "add --help to see those there are");
    }
}
