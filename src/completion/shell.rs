//! The shells there is a script for, and the script of each.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

/// The shells there is a script for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shell {
    /// GNU bash.
    Bash,
    /// Elvish.
    Elvish,
    /// fish.
    Fish,
    /// PowerShell.
    #[value(name = "powershell")]
    #[serde(rename = "powershell")]
    Power,
    /// zsh.
    Zsh,
}

impl Shell {
    /// The shell with this program name.
    pub(crate) fn of_program(program: &str) -> Option<Shell> {
        let shell = if program == "pwsh" { Ok(Shell::Power) } else { Shell::from_str(program, false) };
        shell.ok()
    }

    /// Its script: the file itself, so the two can't differ.
    pub(crate) fn script(self) -> &'static str {
        match self {
            Shell::Bash => include_str!("../../completions/opush.bash"),
            Shell::Elvish => include_str!("../../completions/opush.elv"),
            Shell::Fish => include_str!("../../completions/opush.fish"),
            Shell::Power => include_str!("../../completions/_opush.ps1"),
            Shell::Zsh => include_str!("../../completions/_opush"),
        }
    }
}
