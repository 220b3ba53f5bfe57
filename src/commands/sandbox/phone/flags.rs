//! What a phone may have by flags: words on the command line, the sandbox's own types inside.
//! Whether a combination makes sense is the sandbox's to say.

use clap::ValueEnum;
use strum::VariantArray;

use crate::failure::{Kind, Problem};
use crate::sandbox::phone::{Activity, Brand, Channel, Filter, Importance, Network};

/// on or off
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}

impl Switch {
    pub(crate) fn is_on(self) -> bool {
        self == Switch::On
    }
}

/// What can be given to a new phone and changed on one.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct PhoneFlags {
    /// A channel that the app has created, with its importance (none, min, low, default, high), or "none" for no channel at all; may be repeated
    #[arg(long, value_name = "ID[:IMPORTANCE]")]
    pub(crate) channel: Vec<String>,

    /// The app's notification switch
    #[arg(long, value_name = "SWITCH")]
    pub(crate) notifications: Option<Switch>,

    /// Android's Do Not Disturb: what comes is in the shade, without a sound
    #[arg(long, value_name = "SWITCH")]
    pub(crate) do_not_disturb: Option<Switch>,

    /// wifi, mobile or off
    #[arg(long, value_name = "NETWORK", value_parser = network)]
    pub(crate) network: Option<Network>,

    /// Android version, 5 to 16
    #[arg(long, value_name = "VERSION")]
    pub(crate) android: Option<u8>,

    /// An Activity that the app declares: CLASS, CLASS:not-exported, or CLASS:FILTER. A filter is ACTION, or data=URI for a link, or any of action=A,category=C,data=URI; "none" for no Activity at all; may be repeated
    #[arg(long, value_name = "CLASS[:…]")]
    pub(crate) activity: Vec<String>,

    /// Whether the app is registered for push
    #[arg(long, value_name = "SWITCH")]
    pub(crate) registered: Option<Switch>,
}

impl PhoneFlags {
    /// The channels in place of the fitting ones, if any were given.
    pub(crate) fn channels(&self) -> Result<Option<Vec<Channel>>, Problem> {
        match self.channel.as_slice() {
            [] => Ok(None),
            [none] if none == "none" => Ok(Some(Vec::new())),
            several => several
                .iter()
                .map(|text| channel(text).map_err(malformed))
                .collect::<Result<_, _>>()
                .map(Some),
        }
    }

    /// The declared activities in place of the fitting ones, if any were given.
    pub(crate) fn activities(&self) -> Option<Vec<Activity>> {
        match self.activity.as_slice() {
            [] => None,
            [none] if none == "none" => Some(Vec::new()),
            several => Some(several.iter().map(|text| activity(text)).collect()),
        }
    }
}

fn malformed(error: String) -> Problem {
    let hint = "write --channel ID, --channel ID:high or --channel none";
    Problem::new(Kind::MalformedFlag, error, hint).at("--channel")
}

fn channel(text: &str) -> Result<Channel, String> {
    let (id, importance) = match text.rsplit_once(':') {
        None => (text, Importance::Default),
        Some((id, word)) => {
            let importance = word.parse().map_err(|_| {
                let words: Vec<&str> =
                    Importance::VARIANTS.iter().map(|importance| importance.as_str()).collect();
                format!("\"{word}\" is not an importance; use one of {}", words.join(", "))
            })?;
            (id, importance)
        }
    };
    Ok(Channel { id: id.to_owned(), importance })
}

fn activity(text: &str) -> Activity {
    match text.split_once(':') {
        None => Activity::plain(text, true),
        Some((class, "not-exported")) => Activity::plain(class, false),
        Some((class, filter)) => {
            Activity { filters: vec![Filter::read(filter)], ..Activity::plain(class, true) }
        }
    }
}

pub(crate) fn network(word: &str) -> Result<Network, String> {
    word.parse().map_err(|_| format!("\"{word}\" is not a network; use wifi, mobile or off"))
}

pub(crate) fn brand(word: &str) -> Result<Brand, String> {
    word.to_lowercase().parse().map_err(|_| {
        format!("\"{word}\" is not a brand of a phone with OPPO PUSH; use oppo, realme or oneplus")
    })
}
