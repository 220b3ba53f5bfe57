//! `opush presence explain`: the offline-push rule for each of a user's devices, step by step, without sending.
//! The rule belongs to `push`.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::super::im_presence::ImPresenceView;
use super::printed::PresenceJson;
use crate::config::Region;
use crate::failure::{Failure, Remedy, Warning};
use crate::flags::{UserArg, duration, user_named};
use crate::output::{Page, Report, Tone};
use crate::push::{self, DecisionKind, Judged, Message, StepResult, ToUser};
use crate::services::{ImAnswer, ask_im_presence};

/// Show what the offline-push rule makes of each of a user's devices, without sending
#[derive(clap::Args, Debug)]
#[command(group = user_named(), after_help = "Examples:
  opush presence explain alice
  opush presence explain alice --push-flag 1

Where the profile has IM settings, the IM server is asked first; its answer outranks what was set by hand.
The flags of a message tell what sort of message is asked about; without them it is one that wants a push.")]
pub(crate) struct Args {
    #[command(flatten)]
    user: UserArg,

    /// Only devices that reported this certificate
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// As send --force: ignore presence and timing (logged out, online, certificate too new)
    #[arg(long)]
    force: bool,

    /// The message's PushFlag: 0 push, 1 no offline push
    #[arg(long, value_name = "0|1", value_parser = clap::value_parser!(u8).range(0..=1), help_heading = "The message")]
    push_flag: Option<u8>,

    /// The message is only for a user who is online: OnlineOnlyFlag 1
    #[arg(long, help_heading = "The message")]
    online_only: bool,

    /// How long the message is kept; 0s means online only: MsgLifeTime 0
    #[arg(long, value_name = "DURATION", value_parser = duration, help_heading = "The message")]
    life_time: Option<Duration>,

    /// The message is a single custom element without Desc
    #[arg(long, help_heading = "The message")]
    custom_only: bool,

    /// The receiver muted the conversation
    #[arg(long, help_heading = "The message")]
    muted: bool,
}

impl Args {
    fn message(&self) -> Message {
        let kept_for_nobody = self.life_time.is_some_and(|time| time.as_secs() == 0);
        Message {
            wants_no_push: self.push_flag == Some(1) || self.online_only || kept_for_nobody,
            shows_nothing: self.custom_only,
        }
    }
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Explanation, Failure> {
    let profile = ctx.profile()?;
    let user = args.user.name().unwrap_or_default();
    let problems = push::user_problems(user);
    if !problems.is_empty() {
        return Err(Failure::all(problems));
    }
    let store = ctx.store()?;
    let ImAnswer { presence, warning } = ctx.block_on(ask_im_presence(ctx, &profile, &store, user))?;
    let said = Vec::from_iter(warning);
    let certificates = push::known_certificates(&profile);
    let request = ToUser {
        certificate: args.certificate,
        message: args.message(),
        muted: args.muted,
        force: args.force,
        ..ToUser::new(&profile, &certificates, user)
    };
    let now = ctx.clock.now();
    let explain = |judged: &Judged| {
        let device = judged.device.as_ref();
        let (steps, decision) = push::apply_rule(push::RULE, &request.situation(device, now));
        Explained {
            user: user.to_owned(),
            device: device.map(|device| device.name.clone()),
            certificate_id: judged.report().map(|report| report.certificate_id),
            reg_id: judged.report().map(|report| report.reg_id.clone()),
            presence: device.map(|device| PresenceJson::of(device, &profile, now)),
            decision: decision.kind,
            ground: decision.ground().into(),
            hint: decision.problem().map(|problem| *problem.hint),
            words: decision.words(),
            steps: steps
                .into_iter()
                .map(|step| StepJson { name: step.decision, went: step.result, ground: step.ground })
                .collect(),
            profile: profile.name.clone(),
            region: profile.region.value,
        }
    };
    Ok(Explanation {
        items: push::judge(&store, &request)?.iter().map(explain).collect(),
        im: presence.as_ref().map(ImPresenceView::from),
        user: user.to_owned(),
        warnings: said,
    })
}

/// What `presence explain --json` prints: one item for each device, one without a device for a user never heard of.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Explanation {
    items: Vec<Explained>,
    /// What the IM server said of the user; null where the profile has none, or it could not be asked.
    im: Option<ImPresenceView>,
    warnings: Vec<Warning>,
    #[serde(skip)]
    user: String,
}

/// The rule's steps for one device.
#[derive(Debug, Serialize, JsonSchema)]
struct Explained {
    user: String,
    device: Option<String>,
    certificate_id: Option<i64>,
    reg_id: Option<String>,
    presence: Option<PresenceJson>,
    /// push, or the rule's name for why not.
    decision: DecisionKind,
    ground: String,
    /// What to do about a "no".
    hint: Option<Remedy>,
    #[serde(skip)]
    words: String,
    /// Every step in the rule's order.
    steps: Vec<StepJson>,
    profile: String,
    region: Region,
}

/// One step of the rule.
#[derive(Debug, Serialize, JsonSchema)]
struct StepJson {
    /// The "no" that it may say.
    name: DecisionKind,
    went: StepResult,
    /// Empty where it was not reached.
    ground: String,
}

impl Report for Explanation {
    fn text(&self, page: &mut Page) {
        if let Some(im) = &self.im {
            im.line(&self.user, page);
            page.blank();
        }
        for (number, item) in self.items.iter().enumerate() {
            if number > 0 {
                page.blank();
            }
            let device = item.device.as_ref().map(|device| format!(" (device {device})")).unwrap_or_default();
            let tone = if item.decision == DecisionKind::Push { Tone::Ok } else { Tone::Broken };
            let words = page.tone(tone, &item.words);
            page.line(format!("{}{device}, {} ({}): {words}", item.user, item.profile, item.region));
            page.line(format!("  {}", item.ground));
            if let Some(hint) = &item.hint {
                page.line(format!("  {}", page.remedy(hint)));
            }
            let reached: Vec<&StepJson> =
                item.steps.iter().filter(|step| step.went != StepResult::NotReached).collect();
            let rows: Vec<Vec<String>> = reached
                .iter()
                .map(|step| vec![step.name.to_string(), step.ground.clone(), step.went.to_string()])
                .collect();
            let tones: Vec<Option<Tone>> = reached
                .iter()
                .map(|step| match step.went {
                    StepResult::Passed => Some(Tone::Ok),
                    StepResult::Overridden => Some(Tone::Warn),
                    _ => Some(Tone::Broken),
                })
                .collect();
            page.table(&["step", "ground", "result"], &rows, &tones);
        }
    }

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }
}
