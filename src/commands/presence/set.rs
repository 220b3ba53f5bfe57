//! `opush presence set`: sets the state of a user's app. `online` is a login, and kicks by the multi-device rule.
//! The rule belongs to `push`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::printed::{PresenceJson, table};
use crate::failure::{Failure, Warning};
use crate::flags::{one_of, words};
use crate::output::{Page, Report};
use crate::push::presence::{self, PresenceChange, SetPresence};
use crate::store::devices;
use crate::store::presence::{Platform, Presence, PresenceSource, PresenceState};

/// Set the state of a user's app
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush presence set --user alice killed
  opush presence set --user alice --device pad online

online      connected: a login, which kicks other devices by the profile's multi_device; an app merely hidden is online
background  connected, and it called doBackground: pushed to
killed      the connection is gone, the login is not: pushed to, for 7 days
logged-out  the user logged out: not pushed to
kicked      another login, or the REST API, ended this one: not pushed to")]
pub(crate) struct Args {
    /// The user
    #[arg(long, value_name = "USER")]
    user: String,

    /// Only this device [default: all that are known, else one called default]
    #[arg(long, value_name = "NAME")]
    device: Option<String>,

    /// What kind of terminal it is [default: what it was, else android]
    #[arg(long, value_name = "PLATFORM", value_parser = one_of::<Platform>())]
    platform: Option<Platform>,

    /// State of its app
    #[arg(value_name = "STATE", value_parser = words::<PresenceState>(&STATES))]
    state: PresenceState,
}

/// `unknown` is what opush says itself.
const STATES: [&str; 5] = ["online", "background", "killed", "logged-out", "kicked"];

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Set, Failure> {
    let profile = ctx.profile()?;
    let store = ctx.store()?;
    let wanted = SetPresence {
        profile: &profile.name,
        rule: profile.multi_device.value,
        user: &args.user,
        device: args.device.as_deref(),
        platform: args.platform,
        state: args.state,
        source: PresenceSource::Hand,
    };
    let PresenceChange { set, kicked, too_many } = presence::set(&store, &wanted)?;
    let known = devices::list(&store, &profile.name, Some(&args.user))?;
    let now = ctx.clock.now();
    let print = |one: &Presence| {
        let reported = known.iter().any(|device| device.name == one.device && device.report.is_some());
        PresenceJson::said(one, reported, &profile, now)
    };
    let warning = too_many.then(|| {
        let message = format!(
            "more devices of {} are logged in now than multi_device = \"{}\" allows; no device was kicked",
            args.user,
            profile.multi_device.as_str()
        );
        Warning::new(message, "a login of one device kicks the others: add --device NAME").at("--device")
    });
    Ok(Set {
        items: set.iter().map(print).collect(),
        kicked: kicked.iter().map(print).collect(),
        warnings: warning.into_iter().collect(),
    })
}

/// What `presence set --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Set {
    /// The devices that it was said of.
    items: Vec<PresenceJson>,
    /// The devices that the login kicked.
    kicked: Vec<PresenceJson>,
    warnings: Vec<Warning>,
}

impl Report for Set {
    fn text(&self, page: &mut Page) {
        table(page, &self.items.iter().chain(&self.kicked).collect::<Vec<_>>());
    }

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }
}
