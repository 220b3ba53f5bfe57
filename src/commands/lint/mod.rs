//! `opush lint`: what a payload is that somebody pasted, what OPPO makes of it, what is wrong, and the corrected message.
//! The rules belong to `lint`.

mod view;

use std::path::PathBuf;

use super::context::Ctx;
use super::flag_file;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::lint::{self, Fixed, Item, Linted};

pub(crate) use view::Printed;

/// Say what a payload is, what OPPO makes of it and what is wrong; print the corrected message
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush lint message.json
  opush lint - < pasted.txt
  opush lint --fix - < pasted.txt > message.json
  opush lint --fix --item 2 batch.json")]
pub(crate) struct Args {
    /// The payload, of any form: a request, a payload of a push service, a curl command, a line of a log. - reads it from stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Print the corrected message for send --message-file, and nothing else
    #[arg(long)]
    fix: bool,

    /// Which message to correct, where the payload has several
    #[arg(long, value_name = "N", requires = "fix")]
    item: Option<usize>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Printed, Failure> {
    let text = flag_file::read(&args.file, ctx, "FILE", "paste the one message that it is about")?;
    let now = ctx.clock.now();
    let linted = lint::lint(&text, now);
    let file = args.file.display().to_string();
    if !args.fix {
        return Ok(Printed::new(linted, file));
    }
    let item = wanted(&linted, args.item, &file)?;
    match lint::fix(item, now) {
        Ok(Fixed { message, changes }) => Ok(Printed::new(linted, file).fixed(message, changes)),
        Err(problems) => {
            let headline = "no corrected message: what is wrong only you can decide";
            Err(Failure::all(problems).headed(headline))
        }
    }
}

/// The message to correct.
fn wanted<'a>(linted: &'a Linted, number: Option<usize>, file: &str) -> Result<&'a Item, Failure> {
    if let Some(problem) = linted.problems.first().filter(|_| linted.items.is_empty()) {
        return Err(problem.clone().into());
    }
    let items = &linted.items;
    let sendable = |item: &&Item| item.is_message();
    let problem = match (number, items.len()) {
        _ if !items.iter().any(|item| sendable(&item)) => {
            let message = format!("{} holds no message to send", linted.kind.in_words());
            let hint = "leave out --fix: opush lint says what it means";
            Problem::new(Kind::UnknownPayload, message, hint).at("--fix")
        }
        (None, 1) => return Ok(&items[0]),
        (Some(number), _) if (1..=items.len()).contains(&number) => return Ok(&items[number - 1]),
        (given, several) => {
            let list: Vec<String> = items
                .iter()
                .take(LISTED)
                .enumerate()
                .map(|(at, item)| format!("{} {}", at + 1, item.title()))
                .collect();
            let more = if several > LISTED { ", …" } else { "" };
            let what = match given {
                Some(number) => format!("there is no message {number}"),
                None => format!("the payload has {several} messages"),
            };
            let kind = if given.is_some() { Kind::MalformedFlag } else { Kind::MissingFlag };
            let hint =
                Remedy::run("name one by its number", "lint --fix --item <NUMBER> <FILE>").with("FILE", file);
            Problem::new(kind, format!("{what}: {}{more}", list.join(", ")), hint).at("--item")
        }
    };
    Err(problem.into())
}

/// More messages are not listed in an error.
const LISTED: usize = 20;
