//! From flags and files to a checked message.
//! What it may contain belongs to `im`.

use std::path::Path;

use super::super::super::context::Ctx;
use super::super::super::flag_file;
use super::Args;
use crate::failure::{Failure, Kind, Problem};
use crate::im::message::{Checked, Draft};

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
    message(args, &mut draft);
    push(args, &mut draft);
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
    let found = draft.check();
    match found {
        Ok(checked) if problems.is_empty() => Ok(checked),
        found => {
            // What a file that can't be read would have held is not missing.
            let unreadable = !problems.is_empty();
            let others = found.err().unwrap_or_default().into_iter();
            problems.extend(others.filter(|problem| !(unreadable && problem.kind == Kind::MissingField)));
            let count = problems.len();
            let failure = Failure::all(problems);
            if count == 1 {
                return Err(failure);
            }
            Err(failure.headed(format!("{count} values are not usable; nothing was sent")))
        }
    }
}

fn message(args: &Args, draft: &mut Draft) {
    if let Some(to) = &args.to {
        draft.flag("--to", to.as_str());
    }
    if let Some(from) = &args.from {
        draft.flag("--from", from.as_str());
    }
    if let Some(text) = &args.text {
        draft.text(text);
    }
    if let Some(life_time) = args.life_time {
        let seconds = i64::try_from(life_time.as_secs()).unwrap_or(i64::MAX);
        draft.flag("--life-time", seconds);
    }
    if args.online_only {
        draft.flag("--online-only", 1);
    }
}

fn push(args: &Args, draft: &mut Draft) {
    if let Some(flag) = args.push_flag {
        draft.flag("--push-flag", flag);
    }
    if let Some(title) = &args.title {
        draft.flag("--title", title.as_str());
    }
    if let Some(desc) = &args.desc {
        draft.flag("--desc", desc.as_str());
    }
    if let Some(channel) = &args.channel_id {
        draft.flag("--channel-id", channel.as_str());
    }
    if let Some(category) = &args.category {
        draft.flag("--category", category.as_str());
    }
    if let Some(level) = args.notify_level {
        draft.flag("--notify-level", level);
    }
}

/// The text of a file that a flag names; `-` is stdin.
fn read(path: &Path, ctx: &Ctx, flag: &'static str) -> Result<String, Problem> {
    flag_file::read(path, ctx, flag, "a message has at most 12 KB")
}
