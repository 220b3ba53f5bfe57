//! From flags and files to a checked message.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use super::super::super::context::Ctx;
use super::super::super::flag_file;
use super::Args;
use crate::failure::{Failure, Kind, Problem};
use crate::im::message::{Checked, Draft, text_body};

/// The message, or everything that is wrong with it.
pub(crate) fn checked(args: &Args, ctx: &Ctx) -> Result<Checked, Failure> {
    let mut problems = Vec::new();
    let mut draft = Draft::default();
    if let Some(path) = &args.message_file {
        match read(path, ctx, "--message-file") {
            Ok(text) => drop(draft.read_json(&text, &path.display().to_string())),
            Err(problem) => problems.push(problem),
        }
    }
    flags(args, &mut draft);
    match args.ext_json.as_deref().map(|text| (text, text.strip_prefix('@'))) {
        None => {}
        Some((text, None)) => drop(draft.set("OfflinePushInfo.Ext", text, "--ext-json")),
        Some((_, Some(file))) => match read(Path::new(file), ctx, "--ext-json") {
            Ok(text) => drop(draft.set("OfflinePushInfo.Ext", text.trim(), "--ext-json")),
            Err(problem) => problems.push(problem),
        },
    }
    for pair in &args.ext {
        draft.ext_pair(pair);
    }
    let mut others = match draft.check() {
        Ok(checked) if problems.is_empty() => return Ok(checked),
        found => found.err().unwrap_or_default(),
    };
    // What a file that can't be read would have held is not missing.
    others.retain(|problem| problems.is_empty() || problem.kind != Kind::MissingField);
    problems.extend(others);
    Err(match problems.len() {
        1 => Failure::all(problems),
        count => Failure::all(problems).headed(format!("{count} values are not usable; nothing was sent")),
    })
}

/// The flags that set one field each.
fn flags(args: &Args, draft: &mut Draft) {
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    let seconds = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let given = [
        ("--to", text(&args.to)),
        ("--from", text(&args.from)),
        ("--text", args.text.as_deref().map(text_body)),
        ("--life-time", args.life_time.map(seconds).map(Value::from)),
        ("--online-only", args.online_only.then(|| Value::from(1))),
        ("--push-flag", args.push_flag.map(Value::from)),
        ("--title", text(&args.title)),
        ("--desc", text(&args.desc)),
        ("--channel-id", text(&args.channel_id)),
        ("--category", text(&args.category)),
        ("--notify-level", args.notify_level.map(Value::from)),
    ];
    for (flag, value) in given {
        if let Some(value) = value {
            draft.flag(flag, value);
        }
    }
}

/// The text of a file that a flag names; `-` is stdin.
fn read(path: &Path, ctx: &Ctx, flag: &'static str) -> Result<String, Problem> {
    flag_file::read(path, ctx, flag, "a message has at most 12 KB")
}
