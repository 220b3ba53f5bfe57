//! From flags and files to the draft of a notification, each value with the place it came from.
//! Whether the values are usable is decided by `notification`.

use std::path::Path;

use super::super::context::Ctx;
use super::super::flag_file;
use super::args::Args;
use crate::click;
use crate::failure::{Kind, Problem};
use crate::notification::{self, Draft, Field, Origin};

/// Everything the flags and files say; problems of reading them come beside the draft.
pub(crate) fn of_args(args: &Args, ctx: &Ctx, package: Option<&str>) -> (Draft, Vec<Problem>) {
    let mut draft = Draft::new();
    let mut problems = Vec::new();
    if let Some(path) = &args.message_file {
        match read(path, ctx, "--message-file") {
            Ok(text) if is_toml(path, &text) => drop(draft.read_toml(&text, &path.display().to_string())),
            Ok(text) => drop(draft.read_json(&text, &path.display().to_string())),
            Err(problem) => {
                problems.push(problem);
                draft.nothing_of_file();
            }
        }
    }
    texts(args, &mut draft);
    if let Some(style) = &args.style {
        match style_number(style) {
            Some(number) => drop(draft.flag(Field::Style, number)),
            None => problems.push(
                Problem::new(
                    Kind::MalformedFlag,
                    format!("{} is not a style", click::quoted(style)),
                    "use 1 or standard, 2 or long-text",
                )
                .at("--style"),
            ),
        }
    }
    if let Some(level) = args.notify_level {
        draft.flag(Field::NotifyLevel, level);
    }
    if let Some(ttl) = args.ttl {
        draft.off_line_ttl(ttl, Origin::Flag("--ttl"));
    }
    if let Some(target) = &args.click.click {
        match click::Target::parse(target, package) {
            Ok(target) => drop(draft.click(target, Origin::Flag("--click"))),
            Err(found) => problems.extend(found.into_iter().map(|problem| problem.at("--click"))),
        }
    }
    for pair in &args.ext {
        draft.ext(pair);
    }
    match args.ext_json.as_deref().map(|text| (text, text.strip_prefix('@'))) {
        None => {}
        Some((text, None)) => drop(draft.ext_json(text, None)),
        Some((_, Some(file))) => match read(Path::new(file), ctx, "--ext-json") {
            Ok(text) => drop(draft.ext_json(&text, Some(file))),
            Err(problem) => problems.push(problem),
        },
    }
    for assignment in &args.set {
        draft.set(assignment);
    }
    if args.sound.is_some() {
        problems.push(notification::no_sound("--sound"));
    }
    (draft, problems)
}

fn texts(args: &Args, draft: &mut Draft) {
    let given = [
        (Field::Title, &args.title),
        (Field::Content, &args.content),
        (Field::SubTitle, &args.sub_title),
        (Field::ChannelId, &args.channel_id),
        (Field::Category, &args.category),
        (Field::CallBackUrl, &args.callback_url),
        (Field::CallBackParameter, &args.callback_parameter),
        (Field::AppMessageId, &args.app_message_id),
    ];
    for (field, text) in given {
        if let Some(text) = text {
            draft.flag(field, text.as_str());
        }
    }
}

fn style_number(style: &str) -> Option<i64> {
    match style {
        "standard" => Some(1),
        "long-text" => Some(2),
        "big-picture" => Some(3),
        number => number.parse().ok(),
    }
}

fn is_toml(path: &Path, text: &str) -> bool {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("toml") => true,
        Some("json") => false,
        _ => !text.trim_start().starts_with('{'),
    }
}

/// The text of a file that a flag names; `-` is stdin.
fn read(path: &Path, ctx: &Ctx, flag: &'static str) -> Result<String, Problem> {
    flag_file::read(path, ctx, flag, "a notification is far smaller")
}
