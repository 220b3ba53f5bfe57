//! What `batch run` is told: the file and the notification of its rows. Texts may hold `{{column}}`.

use std::path::PathBuf;
use std::time::Duration;

use super::super::context::Ctx;
use super::super::send;
use crate::batch::{Encoding, Message, Slot, Template};
use crate::config::Profile;
use crate::failure::{Failure, Problem};
use crate::flags::{duration, one_of};
use crate::notification::{Draft, Field};
use crate::push::bulk::{Format, OnError};

/// Send one notification to each row of a file, checked whole before the first call
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush batch run incident.csv --title \"We are back\" --content \"Messages of the last hour are there now\"
  opush batch run 名单.csv --map 手机=reg_id --title \"{{姓名}}, hello\" --content \"see you at 8?\" --dry-run
  zcat rows.jsonl.gz | opush batch run - --format jsonl --rate 5000 --yes

Columns: reg_id, alias or user; and at will title, content, ext, click, ttl, channel, category, certificate.
A row's own value goes before the flag. A killed run goes on with opush batch resume RUN.")]
pub(crate) struct Args {
    /// A .csv, .jsonl or .ndjson file, or - for stdin
    #[arg(value_name = "FILE")]
    pub(super) file: String,

    /// How the rows are written [default: by the file's ending]
    #[arg(long, value_name = "FORMAT", value_parser = one_of::<Format>())]
    pub(super) format: Option<Format>,

    /// How the characters are written
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = one_of::<Encoding>())]
    pub(super) encoding: Encoding,

    /// What a column of another name holds; HEADER=- leaves it to templates. May be repeated
    #[arg(long, value_name = "HEADER=COLUMN")]
    pub(super) map: Vec<String>,

    /// What becomes of the good rows where others are bad
    #[arg(long, value_name = "WHAT", default_value = "abort", value_parser = one_of::<OnError>())]
    pub(super) on_error: OnError,

    /// Send also to a target that an earlier row has with another content
    #[arg(long)]
    pub(super) allow_repeats: bool,

    /// Title, at most 50 characters
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    title: Option<String>,

    /// Text; standard style 50 characters to be sure (200 at most), long text 128
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    content: Option<String>,

    /// Sub-title, at most 10 characters
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    sub_title: Option<String>,

    /// 1 or standard, 2 or long-text
    #[arg(long, value_name = "STYLE")]
    style: Option<String>,

    /// One pair of custom content; may be repeated
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true)]
    ext: Vec<String>,

    /// What a tap opens: open-app, url:U, activity:C, intent:A, scheme:U
    #[arg(long, value_name = "TARGET")]
    click: Option<String>,

    /// NotificationChannel of the app [default: the certificate's]
    #[arg(long, value_name = "ID")]
    channel_id: Option<String>,

    /// OPPO's message class, such as IM or ORDER
    #[arg(long, value_name = "NAME")]
    category: Option<String>,

    /// 1 notification centre, 2 and lock screen, 16 and banner and sound; needs --category
    #[arg(long, value_name = "LEVEL", allow_hyphen_values = true)]
    notify_level: Option<i64>,

    /// How long OPPO keeps it for a phone that is offline, at most 10d
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    ttl: Option<Duration>,

    /// Where OPPO posts receipts
    #[arg(long, value_name = "URL")]
    callback_url: Option<String>,

    /// The whole notification object, OPPO's field names, as JSON or TOML; flags and columns go before it
    #[arg(long, value_name = "FILE")]
    message_file: Option<PathBuf>,

    /// A field by its wire name, sent as it is, with a warning; may be repeated
    #[arg(long, value_name = "KEY=JSON", allow_hyphen_values = true)]
    set: Vec<String>,

    /// Certificate to send with [default: the profile's; for users that of their token report]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    pub(super) certificate: Option<i64>,

    /// For users: ignore presence and timing
    #[arg(long)]
    pub(super) force: bool,

    /// Validate everything and show the first three requests, without any network
    #[arg(long)]
    pub(super) dry_run: bool,

    #[command(flatten)]
    pub(super) going: GoingFlags,
}

/// How a run is sent.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct GoingFlags {
    /// Recipients per second over all calls [default: rate of the profile, else 5000; against a sandbox no limit]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(super) rate: Option<u64>,

    /// So many calls at once
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(super) connections: u16,

    /// Send to more than 1000 recipients without a question
    #[arg(long)]
    pub(super) yes: bool,
}

impl Args {
    /// What all rows share, and the templates.
    pub(super) fn message(&self, ctx: &Ctx, profile: &Profile) -> Result<Message, Failure> {
        let mut problems = Vec::new();
        let mut templates = Vec::new();
        let mut fixed = |slot: Slot, text: &Option<String>, flag: &'static str| -> Option<String> {
            let text = text.as_ref()?;
            match Template::parse(text) {
                Ok(None) => return Some(text.clone()),
                Ok(Some(template)) => templates.push((slot, template, flag)),
                Err(problem) => problems.push(problem.at(flag)),
            }
            None
        };
        let mut flags = send::MessageFlags {
            title: fixed(Slot::Text(Field::Title), &self.title, "--title"),
            content: fixed(Slot::Text(Field::Content), &self.content, "--content"),
            sub_title: fixed(Slot::Text(Field::SubTitle), &self.sub_title, "--sub-title"),
            channel_id: fixed(Slot::Text(Field::ChannelId), &self.channel_id, "--channel-id"),
            category: fixed(Slot::Text(Field::Category), &self.category, "--category"),
            style: self.style.clone(),
            notify_level: self.notify_level,
            ttl: self.ttl,
            callback_url: self.callback_url.clone(),
            message_file: self.message_file.clone(),
            set: self.set.clone(),
            ..send::MessageFlags::default()
        };
        flags.click.click = fixed(Slot::Click, &self.click, "--click");
        for pair in &self.ext {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            if fixed(Slot::Ext(key.to_owned()), &Some(value.to_owned()), "--ext").is_some() {
                flags.ext.push(pair.clone());
            }
        }
        let (base, found) = flags.draft(Draft::new(), ctx, profile);
        problems.extend::<Vec<Problem>>(found);
        if !problems.is_empty() {
            return Err(Failure::all(problems));
        }
        let package = profile.package.as_ref().map(|package| package.value.clone());
        Ok(Message { base, templates, package })
    }
}
