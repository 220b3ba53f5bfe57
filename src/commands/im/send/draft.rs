//! From flags and files to a checked message.
//! What may stand in it belongs to `im`.

use std::io::Read;
use std::path::Path;

use super::super::super::context::Ctx;
use super::Args;
use crate::failure::{Failure, Kind, Problem};
use crate::im::message::{Checked, Draft};

/// Far more than any message may have.
const LARGEST: u64 = 1024 * 1024;

/// The message, or everything that is wrong with it.
pub fn checked(args: &Args, ctx: &Ctx) -> Result<Checked, Failure> {
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
        Some((text, None)) => drop(draft.set_push("Ext", text, "--ext-json")),
        Some((_, Some(file))) => match read(Path::new(file), ctx, "--ext-json") {
            Ok(text) => drop(draft.set_push("Ext", text.trim(), "--ext-json")),
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
        draft.set("To_Account", to.as_str(), "--to");
    }
    if let Some(from) = &args.from {
        draft.set("From_Account", from.as_str(), "--from");
    }
    if let Some(text) = &args.text {
        draft.text(text);
    }
    if let Some(life_time) = args.life_time {
        let seconds = i64::try_from(life_time.as_secs()).unwrap_or(i64::MAX);
        draft.set("MsgLifeTime", seconds, "--life-time");
    }
    if args.online_only {
        draft.set("OnlineOnlyFlag", 1, "--online-only");
    }
}

fn push(args: &Args, draft: &mut Draft) {
    if let Some(flag) = args.push_flag {
        draft.set_push("PushFlag", flag, "--push-flag");
    }
    if let Some(title) = &args.title {
        draft.set_push("Title", title.as_str(), "--title");
    }
    if let Some(desc) = &args.desc {
        draft.set_push("Desc", desc.as_str(), "--desc");
    }
    if let Some(channel) = &args.channel_id {
        draft.set_android("OPPOChannelID", channel.as_str(), "--channel-id");
    }
    if let Some(category) = &args.category {
        draft.set_android("OPPOCategory", category.as_str(), "--category");
    }
    if let Some(level) = args.notify_level {
        draft.set_android("OPPONotifyLevel", level, "--notify-level");
    }
}

/// The text of a file that a flag names; `-` is stdin.
fn read(path: &Path, ctx: &Ctx, flag: &'static str) -> Result<String, Problem> {
    let problem = |kind, message: String, hint: &str| Problem::new(kind, message, hint).at(flag);
    let shown = path.display();
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(ctx.paths.absolute(path))
            .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            problem(Kind::MissingFile, format!("there is no file {shown}"), "correct the path")
        }
        _ => problem(Kind::UnreadableFile, format!("{shown} can't be read: {error}"), "name a readable file"),
    })?;
    if bytes.len() as u64 > LARGEST {
        let message = format!("{shown} is larger than 1 MiB");
        return Err(problem(Kind::TooLong, message, "a message has at most 12 KB"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        problem(Kind::NotUtf8, format!("{shown} is not UTF-8 at byte {at}"), "save it as UTF-8 text")
    })
}
