//! `opush diagnose`: which link of the chain is broken, on what evidence, and how to fix it.
//! Evidence and checks belong to `diagnose`.

pub(super) mod printed;

use std::path::PathBuf;
use std::time::Duration;

use super::app_file::AppFlag;
use super::context::Ctx;
use super::send;
use crate::config::files;
use crate::diagnose::checks::CHAIN;
use crate::diagnose::evidence::Question;
use crate::diagnose::{self, Inquiry, bundle, gather};
use crate::failure::{Class, Failure, Kind, Problem};
use crate::flags::TargetFlags;
use crate::output::ToJson;

pub(crate) use printed::{About, DiagnosisView};

#[derive(clap::Args, Debug)]
#[command(
    group = clap::ArgGroup::new("about").required(true).multiple(true)
        .args(["about_user", "user", "reg_id", "message_id", "push_id", "certificate"]),
    after_help = "Examples:
  opush diagnose alice
  opush diagnose --message-id 30123456-1-1-6743f1c0a2b3c4d5e6f70819
  opush diagnose --user alice --probe --wait 60s --profile sandbox
  opush diagnose alice --adb
  opush diagnose --user alice --markdown >> ticket.md
  opush diagnose --user alice --bundle alice.zip

It only reads, unless --probe is given. Exit code 0 means that every link is seen to hold; 8, that one is broken or not known."
)]
pub(crate) struct Args {
    /// The user to whom nothing arrives; the same as --user
    #[arg(value_name = "USER", conflicts_with_all = ["user", "reg_id", "message_id"])]
    about_user: Option<String>,

    /// The user to whom nothing arrives
    #[arg(long, value_name = "USER", conflicts_with_all = ["reg_id", "message_id"])]
    user: Option<String>,

    /// The regId to which nothing arrives
    #[arg(long, value_name = "REGID", conflicts_with_all = ["message_id", "push_id"])]
    reg_id: Option<String>,

    /// The message that did not arrive: OPPO's message_id, or its number in the history
    #[arg(long, value_name = "MESSAGE_ID", conflicts_with = "push_id")]
    message_id: Option<String>,

    /// The push that did not arrive, by the PushID of the IM server's push service
    #[arg(long, value_name = "PUSH_ID")]
    push_id: Option<String>,

    /// The certificate in question [default: the one reported, else the profile's default one]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// The user's device in question [default: the one that reported last]
    #[arg(long, value_name = "NAME", conflicts_with_all = ["reg_id", "message_id"])]
    device: Option<String>,

    /// Also look at a phone on a cable, by adb [default serial: the only phone that adb sees]
    #[arg(long, value_name = "SERIAL", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    adb: Option<String>,

    #[command(flatten)]
    app: AppFlag,

    /// Somebody saw the last notification on the phone
    #[arg(long)]
    seen: bool,

    /// Send a real test notification first, to the regId in question, whatever presence says
    #[arg(long)]
    probe: bool,

    /// With --probe: wait this long for its receipt. Real profiles need --callback-url for it
    #[arg(long, value_name = "DURATION", value_parser = crate::flags::duration, requires = "probe")]
    wait: Option<Duration>,

    /// With --probe: where OPPO posts the receipt; opush receipt listen serves it
    #[arg(long, value_name = "URL", requires = "probe")]
    callback_url: Option<String>,

    /// Also write a zip file for escalation: the report, the configuration without secrets, the last pushes, versions
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,

    /// Print the report as Markdown, for a ticket
    #[arg(long)]
    markdown: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<DiagnosisView, Failure> {
    let mut inquiry = Inquiry::open(ctx, question(&args), args.probe)?;
    // Read before anybody is asked: a flag that names no file is a mistake on the command line.
    let app = match &inquiry.found {
        Some((profile, _)) => args.app.evidence(ctx, ctx.configuration()?, profile)?,
        None => None,
    };
    if args.probe && probe(&args, ctx, &inquiry)? {
        inquiry.read_kept()?;
    }
    ctx.block_on(async {
        inquiry.ask().await;
        if let Some(serial) = &args.adb {
            let serial = Some(serial.as_str()).filter(|serial| !serial.is_empty());
            inquiry.look_at_phone(serial, app.as_ref().and_then(|app| app.as_ref().ok()));
        }
        Ok(())
    })?;
    gather::app(app, &mut inquiry.evidence);
    let evidence = inquiry.evidence;
    let diagnosis = diagnose::examine(CHAIN, &evidence);
    let report = DiagnosisView::new(About::of(&evidence), diagnosis, ctx.printer.verbose, args.markdown);
    if let Some(file) = &args.bundle {
        let bytes = bundle::zip(ctx, &evidence, &report.json(), report.markdown())?;
        files::replace(file, &bytes, files::Mode::Private)?;
        let file = file.display();
        ctx.note(&format!("wrote {file}: secrets are masked in it; users, regIds and texts are not"));
    }
    Ok(report)
}

fn question(args: &Args) -> Question {
    Question {
        user: args.about_user.clone().or_else(|| args.user.clone()),
        reg_id: args.reg_id.clone(),
        message_id: args.message_id.clone(),
        push_id: args.push_id.clone(),
        certificate: args.certificate,
        device: args.device.clone(),
        seen: args.seen,
    }
}

/// Sends the test notification to the regId in question; `false` if there is none, which the checks explain.
fn probe(args: &Args, ctx: &Ctx, inquiry: &Inquiry) -> Result<bool, Failure> {
    let Some(((profile, _), subject)) = inquiry.found.as_ref().zip(inquiry.evidence.subject.as_ref()) else {
        return Ok(false);
    };
    if subject.reg_id.is_none() && subject.user.is_none() {
        let message = "--probe sends a test notification and needs a user or a regId";
        let hint = "name the user or the regId: --user USER, --reg-id REGID";
        return Err(Problem::new(Kind::MissingFlag, message, hint).at("--probe").into());
    }
    let Some(reg_id) = &subject.reg_id else {
        ctx.note("no test notification was sent: no regId is known");
        return Ok(false);
    };
    let certificate = subject.certificate.as_ref().map(|certificate| certificate.id.get());
    let notification = send::Args {
        target: TargetFlags { reg_id: Some(reg_id.clone()), ..TargetFlags::default() },
        message: send::MessageFlags {
            title: Some("opush".into()),
            content: Some("a test notification that looks for a broken link".into()),
            certificate,
            callback_url: args.callback_url.clone(),
            ..send::MessageFlags::default()
        },
        wait: args.wait,
        ..send::Args::default()
    };
    match send::probe(&notification, ctx, profile, reg_id) {
        Ok(()) => Ok(true),
        // A flag that is missing is for the person to add; everything else is a link that the checks look at.
        Err(failure) if matches!(failure.class(), Class::Usage | Class::Interrupted) => Err(failure),
        Err(failure) => {
            let why = failure.problems().first().map_or("", |problem| problem.message.as_str());
            ctx.note(&format!("no test notification was sent: {why}"));
            Ok(false)
        }
    }
}
