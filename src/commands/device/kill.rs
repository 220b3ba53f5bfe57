//! `opush device kill`: the last test of offline push. Home, the app's process ended as Android ends it, a push, a look at the shade.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::super::send::{self, PushJson};
use super::phone::{PhoneFlags, profile};
use crate::config::Profile;
use crate::device::{self, Shell, Shown};
use crate::diagnose::gather;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::flags::{TargetFlags, describe_duration, duration};
use crate::output::{Page, Report};

/// End the app on the phone as Android does, send it a push, and see whether the phone shows it
#[derive(clap::Args, Debug)]
#[command(
    group = clap::ArgGroup::new("what").required(true).args(["reg_id", "alias", "user", "no_send"]),
    after_help = "Examples:
  opush device kill --user alice
  opush device kill --reg-id CN_0123456789abcdef0123456789abcdef --wait 90s
  opush device kill --no-send --package com.example.chat

It never stops the app by force: Android hands a stopped app nothing until somebody opens it, so that no push would be shown at all.
Exit code 8 means that the app did not end, or that the phone did not show the push in time."
)]
pub(crate) struct Args {
    #[command(flatten)]
    phone: PhoneFlags,

    #[command(flatten)]
    target: TargetFlags,

    /// Only end the app, and send nothing
    #[arg(long)]
    no_send: bool,

    /// The notification's title
    #[arg(long, value_name = "TEXT", default_value = "opush")]
    title: String,

    /// The notification's text
    #[arg(long, value_name = "TEXT", default_value = "does it show while the app is not running?")]
    content: String,

    /// The certificate to sign with [default: the one reported, else the profile's default one]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// How long the phone may take to show it
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "60s")]
    wait: Duration,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Killed, Failure> {
    let profile = if args.no_send { profile(ctx)? } else { Some(ctx.profile()?) };
    let package = args.phone.package(None, profile.as_ref())?;
    let (shell, before, ended) = ctx.block_on(async {
        let shell = gather::shell(ctx, args.phone.serial.as_deref())?;
        let ended = device::end(&shell, &package)?;
        let before = device::shown_by(&shell, &package)?;
        Ok((shell, before, ended))
    })?;
    let mut killed = Killed::new(&shell, package, ended);
    if let (true, false, Some(profile)) = (ended, args.no_send, &profile) {
        killed.pushed(push(&args, ctx, profile)?);
        if killed.problem.is_none() {
            let shown = ctx.block_on(async {
                Ok(device::wait_for_new(&shell, &killed.package, &before, &args.title, args.wait)?)
            })?;
            killed.seen(shown, args.wait);
        }
    }
    Ok(killed)
}

fn push(args: &Args, ctx: &Ctx, profile: &Profile) -> Result<Sent, Failure> {
    let notification = send::Args {
        target: args.target.clone(),
        message: send::MessageFlags {
            title: Some(args.title.clone()),
            content: Some(args.content.clone()),
            certificate: args.certificate,
            ..send::MessageFlags::default()
        },
        ..send::Args::default()
    };
    let pushed = send::to_profile(&notification, ctx, profile.clone())?;
    Ok(Sent {
        problem: pushed.failure.and_then(|failure| failure.into_problems().into_iter().next()),
        pushes: pushed.items,
    })
}

struct Sent {
    pushes: Vec<PushJson>,
    problem: Option<Problem>,
}

/// What `device kill --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Killed {
    serial: String,
    package: String,
    /// No process of the app ran afterwards.
    ended: bool,
    /// The pushes that were sent; none with --no-send, or where the app did not end.
    pushes: Vec<PushJson>,
    /// Whether the phone showed it; null where nothing was sent.
    shown: Option<bool>,
    /// The channel that it was shown in.
    channel: Option<String>,
    #[serde(skip)]
    problem: Option<Problem>,
}

impl Killed {
    fn new(shell: &Shell, package: String, ended: bool) -> Killed {
        let problem = (!ended).then(|| {
            let message = format!("{package} still runs: Android ends only what is in the background and holds no service in front");
            let hint = "close what keeps it in front, such as a call or a player, and try again; opush does not stop it by force, because a stopped app gets no push";
            Problem::new(Kind::BrokenLink, message, hint)
        });
        let serial = shell.serial().to_owned();
        Killed { serial, package, ended, pushes: Vec::new(), shown: None, channel: None, problem }
    }

    fn pushed(&mut self, sent: Sent) {
        self.pushes = sent.pushes;
        self.problem = sent.problem;
    }

    fn seen(&mut self, shown: Option<Shown>, limit: Duration) {
        self.shown = Some(shown.is_some());
        self.channel = shown.and_then(|shown| shown.channel);
        if self.shown == Some(false) {
            let message = format!(
                "OPPO accepted the push, and the phone did not show it within {}",
                describe_duration(limit)
            );
            let hint = Remedy::run("see what on the phone keeps it from being shown", "device check");
            self.problem = Some(Problem::new(Kind::NotShown, message, hint));
        }
    }
}

impl Report for Killed {
    fn text(&self, page: &mut Page) {
        let ended = if self.ended { "ended" } else { "still runs" };
        page.line(format!("{}  {ended}", self.package));
        for push in &self.pushes {
            let id = push.message_id.as_deref().unwrap_or_default();
            page.line(format!("push  {} {id}", push.status).trim_end());
        }
        match (self.shown, &self.channel) {
            (Some(true), Some(channel)) => page.line(format!("shown  in channel {channel}")),
            (Some(true), None) => page.line("shown"),
            (Some(false), _) => page.line("not shown"),
            (None, _) => {}
        }
    }

    fn failure(&self) -> Option<Failure> {
        self.problem.clone().map(Failure::from)
    }
}
