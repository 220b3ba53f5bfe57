//! `opush diagnose`: which link of the chain is broken, on what evidence, and how to fix it.
//! Evidence and checks belong to `diagnose`; here clients and secrets are opened, and the report is made.

mod bundle;
mod open;
pub(super) mod printed;

use std::path::PathBuf;
use std::time::Duration;

use super::context::Ctx;
use crate::diagnose::checks::CHAIN;
use crate::diagnose::evidence::Question;
use crate::diagnose::{self, Evidence};
use crate::failure::Failure;

use open::Probe;
pub(crate) use printed::{About, DiagnosisView};

#[derive(clap::Args, Debug)]
#[command(
    group = clap::ArgGroup::new("about").required(true).multiple(true)
        .args(["user", "reg_id", "message_id", "push_id", "certificate"]),
    after_help = "Examples:
  opush diagnose --user alice
  opush diagnose --message-id 30123456-1-1-6743f1c0a2b3c4d5e6f70819
  opush diagnose --user alice --probe --wait 60s --profile sandbox
  opush diagnose --user alice --markdown >> ticket.md
  opush diagnose --user alice --bundle alice.zip

It only reads, unless --probe is given. Exit code 0 means that every link is seen to hold; 8, that one is broken or not known."
)]
pub(crate) struct Args {
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
    #[arg(long, value_name = "NAME", requires = "user")]
    device: Option<String>,

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
    let probe = Probe { wanted: args.probe, wait: args.wait, callback_url: args.callback_url.as_deref() };
    let evidence = open::evidence(ctx, question(&args), &probe)?;
    let diagnosis = diagnose::examine(CHAIN, &evidence);
    let report = DiagnosisView::new(about(&evidence), diagnosis, ctx.printer.verbose, args.markdown);
    if let Some(file) = &args.bundle {
        bundle::write(ctx, file, &evidence, &report)?;
    }
    Ok(report)
}

fn question(args: &Args) -> Question {
    Question {
        user: args.user.clone(),
        reg_id: args.reg_id.clone(),
        message_id: args.message_id.clone(),
        push_id: args.push_id.clone(),
        certificate: args.certificate,
        device: args.device.clone(),
        seen: args.seen,
    }
}

/// What the report is about, in a few words.
fn about(evidence: &Evidence) -> printed::About {
    let subject = evidence.subject.as_ref();
    printed::About {
        profile: subject.map(|subject| subject.profile.name.clone()),
        region: subject.map(|subject| subject.profile.region.to_string()),
        user: subject.and_then(|subject| subject.user.clone()).or(evidence.question.user.clone()),
        device: subject.and_then(|subject| subject.device.as_ref()).map(|device| device.name.clone()),
        reg_id: subject.and_then(|subject| subject.reg_id.clone()).or(evidence.question.reg_id.clone()),
        certificate_id: subject.and_then(|subject| subject.certificate_id),
        at: format!("{:.3}", evidence.now),
    }
}
