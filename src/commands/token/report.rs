//! `opush token report`: what the app's `setOfflinePushToken` does after a login.
//! Which reports are taken belongs to `push`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::binding::Binding;
use crate::config::CertificateId;
use crate::failure::{Failure, Kind, Problem, Remedy, Warning};
use crate::output::{Page, Report};
use crate::push::{self, Outcome, OutcomeKind, ReportRequest};
use crate::store::source::FactSource;

/// Report a regId for a user, as the app does after login
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The UserID that the app logs in with
    #[arg(long, value_name = "USER")]
    user: Option<String>,

    /// A certificate of the current profile [default: its default one]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// The regId that the phone's push SDK returned [env: OPUSH_REG_ID]
    #[arg(long, value_name = "REGID")]
    reg_id: Option<String>,

    /// The phone's brand: oppo, realme or oneplus
    #[arg(long, value_name = "BRAND")]
    brand: Option<String>,

    /// Which of the user's devices [default: default]
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Reported, Failure> {
    let by_variable = args.reg_id.is_none();
    let reg_id = args.reg_id.or_else(|| ctx.environment.get("OPUSH_REG_ID").map(String::from));
    let (user, reg_id) = required(args.user, reg_id)?;
    let profile = ctx.profile()?;
    let certificate_id = match args.certificate.and_then(CertificateId::new) {
        Some(asked) => asked,
        None => profile.certificate(None)?.id.value,
    };
    let certificates: Vec<i64> =
        profile.certificates.iter().map(|certificate| certificate.id.get()).collect();
    let request = ReportRequest {
        profile: &profile.name,
        region: profile.region.value,
        certificates: &certificates,
        user: &user,
        device: args.device.as_deref(),
        certificate_id: certificate_id.get(),
        reg_id: &reg_id,
        brand: args.brand.as_deref(),
        source: FactSource::ByHand,
    };
    // What is said of `--reg-id` is about the variable where that gave the regId.
    let at_source = |problem: Problem| match problem.place.as_str() {
        "--reg-id" if by_variable => problem.at("OPUSH_REG_ID"),
        _ => problem,
    };
    let reported = push::report(&ctx.store()?, &request).map_err(|failure| failure.each(at_source))?;
    let said = match &reported.outcome {
        Outcome::New => None,
        Outcome::Unchanged => Some("It was reported before; nothing changed.".to_owned()),
        Outcome::Superseded { old_reg_id, old_certificate_id } => Some(format!(
            "It takes the place of {old_reg_id} (certificate {old_certificate_id}) on this device."
        )),
        Outcome::Moved { from_user, from_device, .. } => Some(format!(
            "It was {from_user}'s (device {from_device}) before, and is bound to {user} alone now."
        )),
    };
    Ok(Reported {
        send: Remedy::run("Send to it", "send --user <USER> --title Hello --content \"first push\"")
            .with("USER", &user),
        outcome: (&reported.outcome).into(),
        report: Binding::from(reported.report),
        warnings: reported.warnings.iter().map(|warning| warning.message.clone()).collect(),
        odd: reported.warnings,
        said,
    })
}

fn required(user: Option<String>, reg_id: Option<String>) -> Result<(String, String), Failure> {
    let missing = |flag: &str, hint: &'static str| {
        Problem::new(Kind::MissingFlag, format!("{flag} is required"), hint).at(flag)
    };
    let user = user.ok_or_else(|| missing("--user", "give the UserID that the app logs in with"));
    let hint = "give the regId from the app's onRegister, or set OPUSH_REG_ID";
    let reg_id = reg_id.ok_or_else(|| missing("--reg-id", hint));
    match (user, reg_id) {
        (Ok(user), Ok(reg_id)) => Ok((user, reg_id)),
        (user, reg_id) => Err(Failure::all(user.err().into_iter().chain(reg_id.err()).collect())),
    }
}

/// What `token report --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Reported {
    outcome: OutcomeKind,
    report: Binding,
    warnings: Vec<String>,
    #[serde(skip)]
    odd: Vec<Warning>,
    /// What it changed, for a person.
    #[serde(skip)]
    said: Option<String>,
    /// The command that sends to it.
    #[serde(skip)]
    send: Remedy,
}

impl Report for Reported {
    fn text(&self, page: &mut Page) {
        page.line(self.report.sentence());
        if let Some(said) = &self.said {
            page.line(said);
        }
        page.line(page.remedy(&self.send));
    }

    fn warnings(&self) -> Vec<Warning> {
        self.odd.clone()
    }
}
