//! `opush device log`: the lines of the phone's log that speak of push, as they come, and the regId that one of them prints.

use std::collections::BTreeSet;
use std::time::Instant;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::device::{Logcat, is_of_push, reg_id_words};
use crate::diagnose::gather;
use crate::failure::{Failure, Remedy};
use crate::masking;
use crate::oppo::RegId;
use crate::output::{Page, Report};

/// Follow the push-related lines of the phone's log
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush device log
  opush device log --all --limit 20
  opush device log --timeout 60s --json

It goes on until Ctrl-C, --limit or --timeout. Open the app meanwhile: its SDK registers and prints what came of it.")]
pub(crate) struct Args {
    /// The phone's serial number, as adb devices lists it [env: ANDROID_SERIAL] [default: the only phone]
    #[arg(long, value_name = "SERIAL")]
    serial: Option<String>,

    /// Stop after this many lines
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,

    /// Begin with what the phone's log holds already
    #[arg(long)]
    all: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Followed, Failure> {
    let deadline = ctx.timeout_flag().and_then(|limit| Instant::now().checked_add(limit));
    let mut followed = Followed::default();
    ctx.block_on(async {
        let shell = gather::shell(ctx, args.serial.as_deref())?;
        let mut logcat = Logcat::start(&shell, args.all)?;
        ctx.note("Lines are printed as they come. Stop it with Ctrl-C.");
        let more = |followed: &Followed| args.limit.is_none_or(|limit| followed.lines < limit);
        while more(&followed) {
            match logcat.next(deadline)? {
                Some(line) if is_of_push(&line) => followed.say(&line, ctx),
                Some(_) => {}
                None => break,
            }
            if followed.unread {
                break;
            }
        }
        Ok(())
    })?;
    Ok(followed)
}

/// What `device log --json` prints when it has stopped. The lines stood on stderr, one object each.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Followed {
    /// Lines that were printed.
    lines: u64,
    /// Each regId that a line printed, once.
    reg_ids: BTreeSet<String>,
    /// For each regId, the command that reports it.
    next: Vec<Remedy>,
    #[serde(skip)]
    unread: bool,
}

/// A line of the log. With `--json` each is a line of its own on stderr.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Line {
    /// With what stands behind the name of a secret masked.
    line: String,
    /// The regId that it prints.
    reg_id: Option<String>,
}

impl Followed {
    fn say(&mut self, line: &str, ctx: &Ctx) {
        self.lines += 1;
        let reg_id = reg_id_words(line).find(|word| RegId::parse(word).is_ok()).map(str::to_owned);
        let line = Line { line: ctx.without_secrets(masking::behind_names(line)), reg_id };
        let printer = &ctx.printer;
        let heard = if printer.json { printer.event(&line).map(|()| true) } else { printer.say(&line.line) };
        self.unread |= !heard.unwrap_or(false);
        let Some(reg_id) = line.reg_id.filter(|reg_id| !self.reg_ids.contains(reg_id)) else { return };
        let report = Remedy::run("the app's regId; report it", "token report --user <USER> --reg-id <REGID>");
        let report = report.with("REGID", &reg_id);
        ctx.note(&report.to_string());
        self.next.push(report);
        self.reg_ids.insert(reg_id);
    }
}

impl Report for Followed {
    fn text(&self, page: &mut Page) {
        if self.lines == 0 {
            page.line("No line spoke of push.");
        }
    }
}
