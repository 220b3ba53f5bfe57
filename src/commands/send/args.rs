//! The flags of `opush send`: those people use daily; every other field goes by `--message-file` or `--set`.
//! What a value may be belongs to `notification`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Map, Value};

use super::super::app_file::AppFlag;
use super::super::context::Ctx;
use super::super::flag_file;
use crate::click;
use crate::config::Profile;
use crate::failure::{Kind, Problem};
use crate::flags::{ClickFlag, TargetFlags, duration};
use crate::notification::{self, Draft, Field, Origin};

#[derive(clap::Args, Debug, Default)]
#[command(after_help = "Examples:
  opush send --reg-id CN_0123456789abcdef0123456789abcdef --title Hello --content \"first push\"
  opush send --user alice --title Alice --content \"see you at 8?\" --ext extKey=\"ext content\"
  opush send --reg-id CN_0123456789abcdef0123456789abcdef --message-file order.toml --callback-url https://example.com/r --wait 60s
  opush send --alias alice --message-file order.toml --dry-run --curl

Everything is validated first; with one problem nothing is sent, and all problems are named.")]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) target: TargetFlags,

    #[command(flatten)]
    pub(crate) message: MessageFlags,

    /// With --user: ignore presence and timing (logged out, online, certificate too new)
    #[arg(long)]
    pub(crate) force: bool,

    /// After OPPO accepted it, wait for its receipt this long; exit 8 if none comes
    #[arg(long, value_name = "DURATION", value_parser = duration, conflicts_with = "dry_run")]
    pub(crate) wait: Option<Duration>,

    /// Validate and print the exact request, secrets masked, without any network
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// With --dry-run: print a curl command that could be run
    #[arg(long, requires = "dry_run")]
    pub(crate) curl: bool,

    /// A message of the sandbox that is sent as it was captured.
    #[arg(skip)]
    pub(crate) captured: Option<Captured>,
}

/// What a notification is made of.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct MessageFlags {
    /// Title, at most 50 characters
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) title: Option<String>,

    /// Text; standard style 50 characters to be sure (200 at most), long text 128
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) content: Option<String>,

    /// Sub-title, at most 10 characters
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) sub_title: Option<String>,

    /// 1 or standard, 2 or long-text
    #[arg(long, value_name = "STYLE")]
    pub(crate) style: Option<String>,

    /// One pair of custom content; may be repeated
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true)]
    pub(crate) ext: Vec<String>,

    /// Custom content as a JSON object, or @FILE that holds it
    #[arg(long, value_name = "JSON|@FILE", allow_hyphen_values = true)]
    pub(crate) ext_json: Option<String>,

    #[command(flatten)]
    pub(crate) click: ClickFlag,

    #[command(flatten)]
    pub(crate) app: AppFlag,

    /// NotificationChannel of the app [default: the certificate's]
    #[arg(long, value_name = "ID")]
    pub(crate) channel_id: Option<String>,

    /// OPPO's message class, such as IM or ORDER
    #[arg(long, value_name = "NAME")]
    pub(crate) category: Option<String>,

    /// 1 notification centre, 2 and lock screen, 16 and banner and sound; needs --category
    #[arg(long, value_name = "LEVEL", allow_hyphen_values = true)]
    pub(crate) notify_level: Option<i64>,

    /// How long OPPO keeps it for a phone that is offline, at most 10d
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) ttl: Option<Duration>,

    /// Certificate to send with [default: the profile's]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    pub(crate) certificate: Option<i64>,

    /// Where OPPO posts receipts
    #[arg(long, value_name = "URL")]
    pub(crate) callback_url: Option<String>,

    /// Comes back with every receipt, at most 100 characters
    #[arg(long, value_name = "TEXT")]
    pub(crate) callback_parameter: Option<String>,

    /// The whole notification object, OPPO's field names, as JSON or TOML; flags go before it
    #[arg(long, value_name = "FILE")]
    pub(crate) message_file: Option<PathBuf>,

    /// A field by its wire name, sent as it is, with a warning; may be repeated
    #[arg(long, value_name = "KEY=JSON", allow_hyphen_values = true)]
    pub(crate) set: Vec<String>,

    /// De-duplication id; made up where not given
    #[arg(long, value_name = "ID")]
    pub(crate) app_message_id: Option<String>,

    /// OPPO has no custom sounds; this flag says so
    #[arg(long, value_name = "NAME", hide = true)]
    pub(crate) sound: Option<String>,
}

/// A notification that the sandbox captured, and the message_id that it had there.
#[derive(Clone, Debug)]
pub(crate) struct Captured {
    pub(crate) message_id: String,
    pub(crate) notification: Map<String, Value>,
}

impl Captured {
    fn fill(&self, draft: &mut Draft) {
        for (name, value) in &self.notification {
            let origin = match Field::named(name) {
                Some(_) => Origin::File { path: format!("message {}", self.message_id), key: name.clone() },
                None => Origin::Set(name.clone()),
            };
            draft.field(name, value.clone(), origin);
        }
    }
}

impl Args {
    pub(crate) fn is_to_user(&self) -> bool {
        self.target.user.is_some()
    }

    /// Everything the flags and files say; problems of reading them come beside the draft.
    pub(super) fn draft(&self, ctx: &Ctx, profile: &Profile) -> (Draft, Vec<Problem>) {
        let mut draft = Draft::new();
        self.captured.iter().for_each(|captured| captured.fill(&mut draft));
        self.message.draft(draft, ctx, profile)
    }
}

impl MessageFlags {
    /// Everything the flags and files say, on top of what `draft` has.
    pub(crate) fn draft(&self, mut draft: Draft, ctx: &Ctx, profile: &Profile) -> (Draft, Vec<Problem>) {
        let package = profile.package.as_ref().map(|package| package.value.as_str());
        let mut problems = Vec::new();
        if let Some(path) = &self.message_file {
            match read(path, ctx, "--message-file") {
                Ok(text) => drop(draft.read_file(&text, &path.display().to_string())),
                Err(problem) => {
                    problems.push(problem);
                    draft.nothing_of_file();
                }
            }
        }
        self.texts(&mut draft);
        if let Some(style) = &self.style {
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
        if let Some(level) = self.notify_level {
            draft.flag(Field::NotifyLevel, level);
        }
        if let Some(ttl) = self.ttl {
            draft.off_line_ttl(ttl, Origin::Flag("--ttl"));
        }
        if let Some(target) = &self.click.click {
            match click::Target::parse(target, package) {
                Ok(target) => drop(draft.click(target, Origin::Flag("--click"))),
                Err(found) => problems.extend(found.into_iter().map(|problem| problem.at("--click"))),
            }
        }
        for pair in &self.ext {
            draft.ext(pair);
        }
        match self.ext_json.as_deref().map(|text| (text, text.strip_prefix('@'))) {
            None => {}
            Some((text, None)) => drop(draft.ext_json(text, None)),
            Some((_, Some(file))) => match read(Path::new(file), ctx, "--ext-json") {
                Ok(text) => drop(draft.ext_json(&text, Some(file))),
                Err(problem) => problems.push(problem),
            },
        }
        for assignment in &self.set {
            draft.set(assignment);
        }
        if self.sound.is_some() {
            problems.push(notification::no_sound("--sound"));
        }
        (draft, problems)
    }

    fn texts(&self, draft: &mut Draft) {
        let given = [
            (Field::Title, &self.title),
            (Field::Content, &self.content),
            (Field::SubTitle, &self.sub_title),
            (Field::ChannelId, &self.channel_id),
            (Field::Category, &self.category),
            (Field::CallBackUrl, &self.callback_url),
            (Field::CallBackParameter, &self.callback_parameter),
            (Field::AppMessageId, &self.app_message_id),
        ];
        for (field, text) in given {
            if let Some(text) = text {
                draft.flag(field, text.as_str());
            }
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

/// The text of a file that a flag names; `-` is stdin.
fn read(path: &Path, ctx: &Ctx, flag: &'static str) -> Result<String, Problem> {
    flag_file::read(path, ctx, flag, "a notification is far smaller")
}
