//! `opush completions SHELL`: the completion script of a shell, made from the command tree.
//! Where a shell looks for it is said in docs/commands/completions.md.

use clap::CommandFactory;
use clap_complete::Shell;
use schemars::JsonSchema;
use serde::Serialize;

use super::Cli;
use super::context::Ctx;
use crate::failure::Failure;
use crate::output::{Page, Report};

/// Print the completion script of a shell
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush completions bash > ~/.local/share/bash-completion/completions/opush
  opush completions zsh > ~/.zfunc/_opush
  opush completions fish > ~/.config/fish/completions/opush.fish")]
pub struct Args {
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub fn run(args: Args, _: &Ctx) -> Result<Script, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "opush", &mut script);
    Ok(Script { shell: args.shell.to_string(), script: String::from_utf8_lossy(&script).into_owned() })
}

/// What `completions --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Script {
    shell: String,
    script: String,
}

impl Report for Script {
    fn text(&self, page: &mut Page) {
        page.line(self.script.trim_end());
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!(self)
    }
}
