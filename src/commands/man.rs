//! `opush man`: manual pages as roff, made from the command tree: one for opush, one for each of its commands.

use std::path::PathBuf;

use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use schemars::JsonSchema;
use serde::Serialize;

use super::context::Ctx;
use crate::config::files::{self, Mode};
use crate::config::suggest;
use crate::failure::{Failure, Kind, Problem};
use crate::output::{Page, Report};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush man | man -l -
  opush man profile add
  opush man --dir ~/.local/share/man/man1")]
pub(crate) struct Args {
    /// The words of a command, such as profile add [default: opush itself]
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,

    /// Write every page into this folder instead
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Printed, Failure> {
    let root = (ctx.tree)();
    let Some(folder) = args.dir else {
        let command = find(&root, &args.command)?;
        return Ok(Printed::One { page: name(command), roff: roff(command)? });
    };
    let folder = ctx.paths.absolute(&folder);
    let mut items = Vec::new();
    for command in all(&root) {
        let path = folder.join(format!("{}.1", name(command)));
        files::replace(&path, roff(command)?.as_bytes(), Mode::Shared)?;
        items.push(path.display().to_string());
    }
    Ok(Printed::Written { shown: ctx.paths.friendly(&folder), items })
}

fn find<'c>(root: &'c clap::Command, words: &[String]) -> Result<&'c clap::Command, Failure> {
    let mut command = root;
    for word in words {
        command = command.find_subcommand(word).ok_or_else(|| {
            let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
            let hint = match known.as_slice() {
                [] => format!("{} has no subcommands", shown(command)),
                known => suggest::hint(word, known.iter().copied()),
            };
            let message = format!("{} has no command {word:?}", shown(command));
            Problem::new(Kind::Usage, message, hint).at("COMMAND")
        })?;
    }
    Ok(command)
}

/// The command and all below it.
fn all(command: &clap::Command) -> Vec<&clap::Command> {
    let below = command.get_subcommands().filter(|below| !below.is_hide_set()).flat_map(all);
    std::iter::once(command).chain(below).collect()
}

/// opush-profile-add
fn name(command: &clap::Command) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}

/// opush profile add
fn shown(command: &clap::Command) -> &str {
    command.get_bin_name().unwrap_or_else(|| command.get_name())
}

fn roff(command: &clap::Command) -> Result<String, Problem> {
    let source = format!("opush {}", env!("CARGO_PKG_VERSION"));
    let usage = command.clone().render_usage().to_string();
    // The flags follow below; a synopsis of every global one would hide those of the command.
    let usage = usage.trim_start_matches("Usage: ").to_owned();
    // A page has the flags of every command whole, whatever short help leaves out.
    let command_of_page = command.clone().override_usage(usage).mut_args(|arg| arg.hide_short_help(false));
    let man = Man::new(command_of_page).source(source).manual("opush manual");
    let mut page = Vec::new();
    write(&man, command, &mut page).map_err(|error| {
        let message = format!("the page could not be made: {error}");
        Problem::new(Kind::Disk, message, "report this as a mistake in opush")
    })?;
    Ok(tidy(&String::from_utf8_lossy(&page)))
}

/// The page as every formatter takes it without a word. Each part begins with the same two lines that define the
/// apostrophe, and once is enough; a break beside a blank line has no effect; and the date, which is left out so that a page
/// is the same on every day it is made, keeps its place, else the version would be there.
fn tidy(page: &str) -> String {
    let opening: Vec<&str> =
        page.lines().take_while(|line| line.starts_with(".ie") || line.starts_with(".el")).collect();
    let rest: Vec<&str> = page.lines().filter(|line| !opening.contains(line)).map(str::trim_end).collect();
    let is = |at: Option<usize>, what: &str| at.and_then(|at| rest.get(at)).is_some_and(|line| *line == what);
    let mut text: String = opening.iter().map(|line| format!("{line}\n")).collect();
    for (at, line) in rest.iter().enumerate() {
        match line.strip_prefix(".TH ").and_then(|title| title.split_once("  ")) {
            Some((title, source)) => text.push_str(&format!(".TH {title} \"\" {source}\n")),
            None if *line == ".br" && (is(at.checked_sub(1), "") || is(Some(at + 1), "")) => {}
            // A blank line is a macro of its own: as text it would be taken for a slip.
            None if line.is_empty() => text.push_str(".sp\n"),
            None => text.push_str(&format!("{line}\n")),
        }
    }
    text
}

fn write(man: &Man, command: &clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(page)?;
    }
    let Some(after) = command.get_after_help().map(ToString::to_string) else { return Ok(()) };
    let (heading, text) = match after.strip_prefix("Examples:") {
        Some(examples) => ("EXAMPLES", examples.trim_start_matches('\n')),
        None => ("NOTES", after.as_str()),
    };
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    if heading == "EXAMPLES" {
        roff.control("nf", []);
    }
    for line in text.lines() {
        roff.text(vec![roman(line.trim_start())]);
    }
    if heading == "EXAMPLES" {
        roff.control("fi", []);
    }
    roff.to_writer(page)
}

/// What `man --json` prints: one page, or where all of them were written.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Printed {
    One {
        /// Its name, such as opush-profile-add.
        page: String,
        roff: String,
    },
    Written {
        /// The files, absolute.
        items: Vec<String>,
        #[serde(skip)]
        shown: String,
    },
}

impl Report for Printed {
    fn text(&self, page: &mut Page) {
        match self {
            Printed::One { roff, .. } => page.lines(roff),
            Printed::Written { items, shown } => {
                page.line(format!("Wrote {} pages to {shown}.", items.len()))
            }
        }
    }
}
