//! `opush presence explain`: the offline-push rule for each of a user's devices, step by step, without sending.
//! The rule belongs to `push`.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;

use super::printed::PresenceJson;
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};
use crate::push::{self, Judged, ToUser};

/// Show what the offline-push rule makes of each of a user's devices, without sending
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The user
    #[arg(long, value_name = "USER")]
    user: String,

    /// Only devices that reported this certificate
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// As send --force: go past what is about timing or presence only
    #[arg(long)]
    force: bool,
}

pub fn run(args: Args, ctx: &Ctx) -> Result<Told, Failure> {
    let profile = ctx.profile()?;
    let store = ctx.store()?;
    let request = ToUser {
        profile: &profile.name,
        region: profile.region.value,
        user: &args.user,
        certificate: args.certificate,
        certificates: &push::known_certificates(&profile),
        force: args.force,
        answer_within: Duration::ZERO,
    };
    let now = ctx.clock.now();
    let explain = |judged: &Judged| {
        let device = judged.device.as_ref();
        let (walked, decision) = push::walk(&request.situation(device, now));
        Explained {
            user: args.user.clone(),
            device: device.map(|device| device.name.clone()),
            certificate_id: judged.report().map(|report| report.certificate_id),
            reg_id: judged.report().map(|report| report.reg_id.clone()),
            presence: device.map(|device| PresenceJson::of(device, &profile, now)),
            decision: decision.name().into(),
            ground: decision.ground().into(),
            hint: decision.problem().map(|problem| problem.hint),
            words: decision.words(),
            steps: walked
                .into_iter()
                .map(|step| StepJson {
                    name: step.answer.name().into(),
                    went: step.went.as_str().into(),
                    ground: step.ground,
                })
                .collect(),
            profile: profile.name.clone(),
            region: profile.region.to_string(),
        }
    };
    Ok(Told { items: push::judge(&store, &request)?.iter().map(explain).collect() })
}

/// What `presence explain --json` prints: one item for each device, one without a device for a user never heard of.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Told {
    items: Vec<Explained>,
}

/// The rule's walk for one device.
#[derive(Debug, Serialize, JsonSchema)]
struct Explained {
    user: String,
    device: Option<String>,
    certificate_id: Option<i64>,
    reg_id: Option<String>,
    presence: Option<PresenceJson>,
    /// push, or the rule's name for why not.
    decision: String,
    ground: String,
    /// What to do about a "no".
    hint: Option<String>,
    #[serde(skip)]
    words: String,
    /// Every step in the rule's order.
    steps: Vec<StepJson>,
    profile: String,
    region: String,
}

/// One step of the rule.
#[derive(Debug, Serialize, JsonSchema)]
struct StepJson {
    /// The "no" that it may say.
    name: String,
    /// passed, overridden, stopped or not-reached.
    went: String,
    /// Empty where it was not reached.
    ground: String,
}

impl Report for Told {
    fn text(&self, page: &mut Page) {
        for (number, item) in self.items.iter().enumerate() {
            if number > 0 {
                page.blank();
            }
            let device = item.device.as_ref().map(|device| format!(" (device {device})")).unwrap_or_default();
            let tone = if item.decision == "push" { Tone::Ok } else { Tone::Broken };
            let words = page.tone(tone, &item.words);
            page.line(format!("{}{device}, {} ({}): {words}", item.user, item.profile, item.region));
            page.line(format!("  {}", item.ground));
            if let Some(hint) = &item.hint {
                page.line(format!("  {hint}"));
            }
            let reached: Vec<&StepJson> =
                item.steps.iter().filter(|step| step.went != "not-reached").collect();
            let rows: Vec<Vec<String>> = reached
                .iter()
                .map(|step| vec![step.name.clone(), step.ground.clone(), step.went.clone()])
                .collect();
            let tones: Vec<Option<Tone>> = reached
                .iter()
                .map(|step| match step.went.as_str() {
                    "passed" => Some(Tone::Ok),
                    "overridden" => Some(Tone::Warn),
                    _ => Some(Tone::Broken),
                })
                .collect();
            page.table(&["step", "ground", "result"], &rows, &tones);
        }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!(self)
    }
}
