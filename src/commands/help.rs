//! Help: the root's commands in groups, and `-h` with the command's own flags and one line for those that every command has.
//! What a command or a flag does is written at its variant or field.

use clap::{Args, Command};

use crate::flags::Globals;

/// Every command of the root, once.
const GROUPS: &[(&str, &[&str])] = &[
    ("Begin", &["demo", "profile", "cert", "doctor"]),
    ("Send", &["send", "batch", "broadcast", "token", "presence", "click", "lint", "snippet"]),
    ("Find out what happened", &["diagnose", "device", "history", "receipt", "explain"]),
    ("Test", &["sandbox", "smoke"]),
    ("The servers' own calls", &["oppo", "im"]),
    ("opush itself", &["config", "completions", "man"]),
];

/// The root with its commands in groups.
pub(super) fn grouped(root: Command) -> Command {
    let width = root.get_subcommands().map(|below| below.get_name().len()).max().unwrap_or(0);
    let mut list = String::new();
    for (title, names) in GROUPS {
        list.push_str(&format!("{title}:\n"));
        for below in names.iter().filter_map(|name| root.find_subcommand(name)) {
            let about = below.get_about().map(ToString::to_string).unwrap_or_default();
            list.push_str(&format!("  {:width$}  {about}\n", below.get_name()));
        }
        list.push('\n');
    }
    root.help_template(format!(
        "{{about}}\n\n{{usage-heading}} {{usage}}\n\n{list}Options:\n{{options}}{{after-help}}"
    ))
}

/// Short help leaves out the flags of every command; their names remain.
pub(super) fn with_globals(help: &str) -> String {
    if help.contains("--profile <NAME>") {
        return help.to_owned();
    }
    let globals = Globals::augment_args(Command::default());
    let names: Vec<String> =
        globals.get_arguments().filter_map(|arg| Some(format!("--{}", arg.get_long()?))).collect();
    format!("{}\n\nEvery command takes {}; --help tells about them.\n", help.trim_end(), names.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_the_root_is_in_one_group() {
        let root = super::super::tree();
        let mut known: Vec<&str> = root.get_subcommands().map(Command::get_name).collect();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
        known.sort_unstable();
        grouped.sort_unstable();
        assert_eq!(grouped, known);
    }
}
