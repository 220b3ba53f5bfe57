//! `opush completions SHELL`: the completion script of a shell, the same as the file in completions/.
//! What a word may become is answered in `completion`, to the script, at each Tab.

use schemars::JsonSchema;
use serde::Serialize;

use super::context::Ctx;
use crate::completion::Shell;
use crate::failure::Failure;
use crate::output::{Page, Report};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush completions bash > ~/.local/share/bash-completion/completions/opush
  opush completions zsh > ~/.zfunc/_opush
  opush completions fish > ~/.config/fish/completions/opush.fish")]
pub(crate) struct Args {
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn run(args: Args, _: &Ctx) -> Result<Script, Failure> {
    Ok(Script { shell: args.shell, script: args.shell.script().into() })
}

/// What `completions --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Script {
    shell: Shell,
    script: String,
}

impl Report for Script {
    fn text(&self, page: &mut Page) {
        page.lines(&self.script);
    }
}
