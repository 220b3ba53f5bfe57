//! `opush device tap`: opens on the phone what a tap on the notification would open, and says what came of it.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::phone::{PhoneFlags, certificate, profile};
use crate::click::Target;
use crate::device::{self, Start, StartCommand, StartOutcome};
use crate::diagnose::gather;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::flags::ClickFlag;
use crate::output::{Page, Report};

/// Open a click target on the phone, with its custom content
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush device tap --click activity:com.example.chat.OrderActivity --ext '{\"extKey\": \"order 1\"}'
  opush device tap --click \"scheme:demo://order?id=1\" --package com.example.chat
  opush device tap

The shell of the phone starts it: another app than yours, as OPPO's service is. Exit code 8 means that no page of the app opened.")]
pub(crate) struct Args {
    #[command(flatten)]
    phone: PhoneFlags,

    #[command(flatten)]
    click: ClickFlag,

    /// The custom content, a JSON object: each pair becomes an extra of its type
    #[arg(long, value_name = "JSON")]
    ext: Option<String>,

    /// The certificate whose click target is opened where --click is not given [default: the profile's default one]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Tapped, Failure> {
    let profile = profile(ctx)?;
    let package = args.phone.package(None, profile.as_ref())?;
    let extras =
        args.ext.as_deref().map(device::extras).transpose().map_err(|problem| problem.at("--ext"))?;
    let target = match &args.click.click {
        Some(text) => {
            Target::parse(text, Some(&package)).map_err(|found| Failure::all(found).at("--click"))?
        }
        None => {
            let certificate = certificate(profile.as_ref(), args.certificate)?;
            certificate.map_or(Target::OpenApp, |one| one.click.value.clone())
        }
    };
    let command = StartCommand::new(&target, &package, &extras.unwrap_or_default());
    let (serial, start) = ctx.block_on(async {
        let shell = gather::shell(ctx, args.phone.serial.as_deref())?;
        Ok((shell.serial().to_owned(), device::start(&shell, &command, &package)?))
    })?;
    Ok(Tapped::of(serial, package, &target, command.may_leave, start))
}

/// What `device tap --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Tapped {
    serial: String,
    package: String,
    target: String,
    outcome: StartOutcome,
    /// What Android started, as `package/class`.
    activity: Option<String>,
    /// What is in front of the screen afterwards: a page may pass on to another one.
    in_front: Option<String>,
    /// Why nothing opened.
    reason: Option<String>,
    #[serde(skip)]
    problem: Option<Problem>,
}

impl Tapped {
    fn of(serial: String, package: String, target: &Target, may_leave: bool, start: Start) -> Tapped {
        let opened = start.activity.as_deref().unwrap_or("something");
        let message = match start.outcome {
            StartOutcome::Opened | StartOutcome::Delivered => None,
            StartOutcome::OtherApp if may_leave => None,
            StartOutcome::OtherApp => Some(format!("{opened} opened, which is another app's")),
            StartOutcome::Chooser => Some("several Activities take it, and the phone asks which".to_owned()),
            StartOutcome::NotOpened => start.reason.clone(),
        };
        let hint =
            Remedy::run("see what the app declares for it", "click explain --app <FILE> --click <TARGET>");
        let problem = message.map(|message| {
            Problem::new(Kind::BrokenLink, message, hint.with("TARGET", target)).at("--click")
        });
        Tapped {
            serial,
            package,
            target: target.to_string(),
            outcome: start.outcome,
            activity: start.activity,
            in_front: start.in_front,
            reason: start.reason,
            problem,
        }
    }
}

impl Report for Tapped {
    fn text(&self, page: &mut Page) {
        let outcome = match self.outcome {
            StartOutcome::Opened => "opened",
            StartOutcome::Delivered => "delivered to the page that is open",
            StartOutcome::Chooser => "asks what to open",
            StartOutcome::OtherApp => "opened in another app",
            StartOutcome::NotOpened => "opened nothing",
        };
        page.line(format!("{}  {outcome}", self.target));
        let mut rows = vec![];
        rows.extend(self.activity.as_ref().map(|activity| ("started", activity)));
        rows.extend(self.in_front.as_ref().map(|activity| ("in front", activity)));
        page.pairs(&rows);
    }

    fn failure(&self) -> Option<Failure> {
        self.problem.clone().map(Failure::from)
    }
}
