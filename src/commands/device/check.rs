//! `opush device check`: what on the phone keeps a push from being shown, or a tap from opening its page.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::app_file::AppFlag;
use super::super::context::Ctx;
use super::super::diagnose::{About, DiagnosisView};
use super::phone::{PhoneFlags, certificate, profile};
use crate::click::Target;
use crate::device::{Channel, DoNotDisturb, Phone};
use crate::diagnose::evidence::{LiveAnswer, Question};
use crate::diagnose::{self, checks, gather};
use crate::failure::Failure;
use crate::flags::ClickFlag;
use crate::output::{Page, Report};

/// Look at the phone: OPPO's push service, the app, its switches and channel, and what a tap would open
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush device check
  opush device check --app app-release.apk --serial 0123456789ABCDEF
  opush device check --package com.example.chat --channel-id tuikit --json

It changes nothing on the phone. Exit code 0 means that every check holds; 8, that one is broken or not known.")]
pub(crate) struct Args {
    #[command(flatten)]
    phone: PhoneFlags,

    #[command(flatten)]
    app: AppFlag,

    /// The channel that pushes name [default: that of the certificate]
    #[arg(long, value_name = "ID")]
    channel_id: Option<String>,

    #[command(flatten)]
    click: ClickFlag,

    /// The certificate whose channel and click target count [default: the profile's default one]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Checked, Failure> {
    let profile = profile(ctx)?;
    let app = match &profile {
        Some(profile) => args.app.beside(ctx, profile)?,
        None => args.app.given()?,
    };
    let certificate = certificate(profile.as_ref(), args.certificate)?;
    let package = args.phone.package(app.as_ref(), profile.as_ref())?;
    let target = match &args.click.click {
        Some(text) => {
            Some(Target::parse(text, Some(&package)).map_err(|found| Failure::all(found).at("--click"))?)
        }
        None => certificate.map(|one| one.click.value.clone()),
    };
    let of_certificate = || certificate.and_then(|one| Some(one.channel_id.as_ref()?.value.clone()));
    let asked = gather::PhoneAsked {
        serial: args.phone.serial.as_deref(),
        package,
        channel: args.channel_id.or_else(of_certificate),
        target,
        app: app.as_ref(),
    };
    let found = ctx.block_on(async { gather::phone(ctx, asked) })?;
    let phone = PhoneJson::of(&found.phone);
    let now = ctx.clock.now();
    let mut evidence = gather::nothing(now, Question::default(), String::new(), Vec::new());
    evidence.device = LiveAnswer::Answered(found);
    let about = About {
        profile: profile.as_ref().map(|profile| profile.name.clone()),
        region: profile.as_ref().map(|profile| profile.region.to_string()),
        certificate_id: certificate.map(|certificate| certificate.id.get()),
        at: format!("{now:.3}"),
        ..About::default()
    };
    let diagnosis = diagnose::examine(&checks::on_phone(), &evidence);
    Ok(Checked { diagnosis: DiagnosisView::new(about, diagnosis, true, false), phone })
}

/// What `device check --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Checked {
    #[serde(flatten)]
    diagnosis: DiagnosisView,
    phone: PhoneJson,
}

/// What was read from the phone.
#[derive(Debug, Serialize, JsonSchema)]
struct PhoneJson {
    serial: String,
    brand: Option<String>,
    model: Option<String>,
    android: Option<String>,
    /// The maker's system, such as `ColorOS 14.0`.
    rom: Option<String>,
    /// OPPO's push service in each of its packages that is there.
    push_services: Vec<PushServiceJson>,
    package: String,
    /// Null where it is not installed.
    app: Option<AppJson>,
    do_not_disturb: Option<DoNotDisturb>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PushServiceJson {
    package: &'static str,
    version: Option<String>,
    enabled: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
struct AppJson {
    version_name: Option<String>,
    version_code: Option<String>,
    enabled: bool,
    /// Stopped by force, or never opened.
    stopped: bool,
    /// The hash that Android prints for each certificate; Android 8 prints none.
    signers: Vec<String>,
    /// The number of its process; null where none runs.
    process: Option<u32>,
    notifications_on: Option<bool>,
    channels: Vec<Channel>,
    /// How many of its notifications are in the shade now.
    shown: usize,
    background_allowed: Option<bool>,
    battery_exempt: Option<bool>,
}

impl PhoneJson {
    fn of(phone: &Phone) -> PhoneJson {
        let services = phone.push_services.iter().map(|service| PushServiceJson {
            package: service.name,
            version: service.version.clone(),
            enabled: service.enabled,
        });
        PhoneJson {
            serial: phone.serial.clone(),
            brand: phone.brand.clone(),
            model: phone.model.clone(),
            android: phone.version.clone(),
            rom: phone.rom.clone(),
            push_services: services.collect(),
            package: phone.package.clone(),
            app: phone.app.as_ref().map(|app| AppJson {
                version_name: app.version_name.clone(),
                version_code: app.version_code.clone(),
                enabled: app.enabled,
                stopped: app.stopped,
                signers: app.signers.clone(),
                process: phone.process,
                notifications_on: phone.notifications_on,
                channels: phone.of_app.channels.clone(),
                shown: phone.shown.len(),
                background_allowed: phone.background_allowed,
                battery_exempt: phone.battery_exempt,
            }),
            do_not_disturb: phone.do_not_disturb,
        }
    }
}

impl Report for Checked {
    fn text(&self, page: &mut Page) {
        self.diagnosis.text(page);
    }

    fn failure(&self) -> Option<Failure> {
        self.diagnosis.failure()
    }

    fn spoken(&self) -> Option<Failure> {
        self.diagnosis.spoken()
    }
}
