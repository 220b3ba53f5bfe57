//! `dumpsys notification`: what the user allows an app, its channels, and what is in the shade now.

use schemars::JsonSchema;
use serde::Serialize;
use strum::IntoStaticStr;

use super::dump::{indent, value};

/// How much a channel may disturb; Android's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub(crate) enum Importance {
    /// Switched off: nothing is shown.
    None,
    /// Only at the end of the shade, folded.
    Min,
    /// In the shade, without a sound.
    Low,
    /// With a sound.
    Default,
    /// With a sound and a banner.
    High,
}

impl Importance {
    fn of_number(number: &str) -> Option<Importance> {
        Some(match number {
            "0" => Importance::None,
            "1" => Importance::Min,
            "2" => Importance::Low,
            "3" => Importance::Default,
            "4" | "5" => Importance::High,
            _ => return None,
        })
    }

    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A channel of the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Channel {
    pub(crate) id: String,
    /// Null where the phone prints a number that Android does not have.
    pub(crate) importance: Option<Importance>,
}

/// A notification in the shade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Android's key: user, package, id, tag, uid.
    pub(crate) key: String,
    pub(crate) package: String,
    pub(crate) channel: Option<String>,
    pub(crate) title: Option<String>,
    /// When it was posted last, as the phone's clock has it.
    pub(super) updated: Option<String>,
}

#[cfg(test)]
impl Shown {
    pub(crate) fn new(key: String, package: String, channel: Option<String>, title: Option<String>) -> Shown {
        Shown { key, package, channel, title, updated: None }
    }
}

/// What the service says of one app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OfApp {
    /// Whether its notifications are on; `None` where the service says nothing of the app.
    pub(crate) on: Option<bool>,
    pub(crate) channels: Vec<Channel>,
}

pub(super) fn of_app(text: &str, package: &str) -> OfApp {
    let begins = format!("AppSettings: {package} (");
    let is_its = |line: &&str| {
        let uid = line.trim_start().strip_prefix(&begins).and_then(|rest| rest.split(')').next());
        // Those of further users, and those restored from a backup, say nothing of this one.
        uid.and_then(|uid| uid.parse::<u32>().ok()).is_some_and(|uid| uid < 100_000)
    };
    let mut lines = text.lines().skip_while(|line| !is_its(line));
    let Some(heading) = lines.next() else { return OfApp::default() };
    let off = value(heading, "importance") == Some("NONE");
    let depth = indent(heading);
    let below = lines.take_while(|line| indent(line) > depth);
    OfApp { on: Some(!off), channels: below.filter_map(channel).collect() }
}

/// `NotificationChannel{mId='chat', mName=Cha…, mImportance=4, …, mDeleted=false, …}`.
fn channel(line: &str) -> Option<Channel> {
    let rest = line.trim_start().strip_prefix("NotificationChannel{mId='")?;
    let (id, fields) = rest.split_once("', mName=")?;
    let field = |name: &str| {
        let (_, value) = fields.rsplit_once(&format!(" {name}="))?;
        value.split([',', '}']).next()
    };
    if field("mDeleted") == Some("true") {
        return None;
    }
    Some(Channel { id: id.to_owned(), importance: field("mImportance").and_then(Importance::of_number) })
}

/// Everything in the shade, of whichever app.
pub(super) fn shown(text: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    let mut depth = None;
    for line in text.lines() {
        let begins = line.trim_start().strip_prefix("NotificationRecord(");
        if let Some(record) = begins.and_then(record) {
            depth = Some(indent(line));
            all.push(record);
        } else if depth.is_some_and(|depth| indent(line) <= depth && !line.trim().is_empty()) {
            depth = None;
        } else if let (Some(last), Some(_)) = (all.last_mut(), depth) {
            detail(last, line.trim_start());
        }
    }
    all
}

/// `0x0b1c: pkg=P user=UserHandle{0} id=1 tag=null importance=3 key=0|P|1|null|10123: Notification(channel=c pri=0 …))`.
fn record(text: &str) -> Option<Shown> {
    let package = value(text, "pkg")?.to_owned();
    let (_, rest) = text.split_once(" key=")?;
    let (key, notification) = rest.split_once(": Notification(")?;
    let channel = notification.strip_prefix("channel=").and_then(|rest| {
        let end = [" shortcut=", " pri=", " contentView="].iter().filter_map(|next| rest.find(next)).min()?;
        rest.get(..end)
    });
    let channel = channel.filter(|channel| *channel != "null").map(str::to_owned);
    Some(Shown { key: key.to_owned(), package, channel, title: None, updated: None })
}

fn detail(record: &mut Shown, line: &str) {
    if let Some((kind, text)) = line.strip_prefix("android.title=").and_then(|title| title.split_once(" (")) {
        // Android hides it from a reader who may not see it: `String [length=5]`.
        let whole = kind.ends_with("String") || kind == "SpannableString";
        record.title = text.strip_suffix(')').filter(|_| whole).map(str::to_owned);
    } else if let Some(time) = line.strip_prefix("mUpdateTimeMs=") {
        record.updated = Some(time.to_owned());
    }
}
