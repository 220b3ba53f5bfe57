//! Plays a story against a sandbox, step by step. The first step that does not end as it should is the last.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::message::message;
use super::seen::{Seen, words};
use super::step::{ChangeStep, ClockStep, ExpectStep, PhoneStep, PushStep, Step, Story, TapStep};
use crate::failure::{Failure, Kind, Problem};
use crate::notification::{Draft, Field, Origin, TargetKind};
use crate::oppo::{RegId, Target};
use crate::push::{self, Delivery};
use crate::sandbox::control::Control;
use crate::sandbox::im::Login;
use crate::sandbox::phone::{Change, Dismissal, Tap, Wanted};
use crate::services::sandbox::{SandboxTarget, phone_for};
use crate::services::{OppoService, Setup, credentials, remark_exchanges};
use crate::session::Session;

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StepVerdict {
    /// It happened as the story says.
    Done,
    /// It did not happen, or what the story expects was not there.
    Failed,
    /// An earlier one failed.
    Skipped,
}

/// A step, and how it ended.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Played {
    /// Where it begins in the file.
    pub(crate) line: usize,
    pub(crate) does: String,
    pub(crate) verdict: StepVerdict,
    /// What was seen; for a step that failed, what was wrong.
    pub(crate) seen: String,
}

const WITHIN: Duration = Duration::from_secs(2);

/// Plays it to the end, or to the first step that fails.
pub(crate) async fn play(session: &Session, target: &SandboxTarget, story: &Story) -> Vec<Played> {
    let mut played = Vec::new();
    let mut failed = false;
    for (line, step) in &story.steps {
        let (verdict, seen) = match failed {
            true => (StepVerdict::Skipped, String::new()),
            false => match one(session, target, step).await {
                Ok(seen) => (StepVerdict::Done, seen),
                Err(why) => (StepVerdict::Failed, why),
            },
        };
        failed |= verdict == StepVerdict::Failed;
        played.push(Played { line: *line, does: step.does(), verdict, seen });
    }
    played
}

async fn one(session: &Session, target: &SandboxTarget, step: &Step) -> Seen {
    let control = &target.control;
    let done = match step {
        Step::Phone(step) => return phone(target, step).await.map_err(words),
        Step::Login(step) => {
            let login =
                Login { user: step.user.clone(), sdk_app_id: None, certificate_id: None, report: true };
            control.login(&step.phone, &login).await.map(drop)
        }
        Step::Logout(step) => control.logout(&step.phone).await.map(drop),
        Step::Open(step) => control.open(&step.phone).await.map(drop),
        Step::Background(step) => control.background(&step.phone, false).await.map(drop),
        Step::Kill(step) => control.kill(&step.phone).await.map(drop),
        Step::Register(step) => {
            return control.register_phone(&step.phone).await.map(|phone| phone.reg_id).map_err(words);
        }
        Step::Change(step) => {
            let ChangeStep { phone, network, notifications, do_not_disturb } = step;
            let (network, notifications, do_not_disturb) = (*network, *notifications, *do_not_disturb);
            let change = Change { network, notifications, do_not_disturb, ..Change::default() };
            control.change_phone(phone, &change).await.map(drop)
        }
        Step::Push(step) => return pushed(session, target, step).await,
        Step::Message(step) => return message(session, target, step).await,
        Step::Fault(fault) => control.set_fault(fault).await.map(drop),
        Step::ClearFaults(_) => control.clear_faults(None).await,
        Step::Clock(step) => return clock(control, step).await,
        Step::Expect(step) => return expect(control, step).await,
        Step::Tap(step) => return tapped(control, step).await,
        Step::Dismiss(step) => return dismissed(control, &step.phone).await,
        Step::Reset(_) => control.reset(false).await,
    };
    done.map(|()| String::new()).map_err(words)
}

async fn phone(target: &SandboxTarget, step: &PhoneStep) -> Result<String, Failure> {
    let PhoneStep { name, alias, brand, channels, network, notifications } = step;
    let mut new = phone_for(target.certificate(None)?, Some(name.clone()));
    (new.alias, new.network, new.notifications) = (alias.clone(), *network, *notifications);
    (new.brand, new.channels) = (*brand, channels.clone());
    Ok(target.control.add_phone(&new).await?.reg_id)
}

/// As `send` does it: checked, over HTTP, and recorded in the history.
async fn pushed(session: &Session, target: &SandboxTarget, step: &PushStep) -> Seen {
    let delivered = async {
        let profile = &target.profile;
        let certificate = target.certificate(None)?;
        let reg_id = target.control.phone(&step.phone).await?.phone.reg_id;
        let reg_id = RegId::of_region(&reg_id, profile.region.value)?;
        let mut draft = Draft::new();
        for (name, value) in &step.notification {
            let origin = Field::named(name).map_or_else(
                || Origin::Set(name.clone()),
                |_| Origin::File { path: "notification".to_owned(), key: name.clone() },
            );
            draft.field(name, value.clone(), origin);
        }
        draft.flag(Field::Title, step.title.as_str()).flag(Field::Content, step.content.as_str());
        if !step.extras.is_empty() {
            draft.extras(step.extras.clone(), Origin::Flag("extras"));
        }
        let checked =
            push::with_certificate(&draft, certificate).check(session.clock.now(), TargetKind::RegId);
        let checked = checked.map_err(Failure::all)?;
        let (credentials, store) = (credentials(session, profile, certificate)?, session.store()?);
        let oppo = OppoService::open(session, profile, Setup::Register).await?;
        let delivery =
            Delivery::direct(profile, certificate, Target::RegId(reg_id), &checked, session.timeout());
        let delivered = push::deliver(&store, &oppo.sender(session, &store, credentials), delivery).await;
        oppo.close().await;
        remark_exchanges(session, &delivered.exchanges);
        Ok::<_, Failure>(delivered)
    };
    let problem = delivered.await.map_err(words)?.problem();
    match (problem, step.refused) {
        (None, false) => Ok("accepted".to_owned()),
        (None, true) => Err("OPPO accepted it, and was to refuse it".to_owned()),
        (Some(problem), true) if problem.kind == Kind::VendorRefused => Ok(problem.message),
        (Some(problem), _) => Err(problem.message),
    }
}

async fn clock(control: &Control, step: &ClockStep) -> Seen {
    let moved = match step {
        ClockStep { set: Some(time), advance: None, follow: None } => {
            control.set_clock(time.as_millisecond()).await
        }
        ClockStep { set: None, advance: Some(by), follow: None } => control.advance_clock(*by).await,
        ClockStep { set: None, advance: None, follow: Some(true) } => control.follow_clock().await,
        _ => return Err("a clock is moved by one of set, advance and follow = true".to_owned()),
    };
    let now = moved.map_err(words)?.now;
    Ok(crate::clock::Timestamp::from_millisecond(now).map(|now| now.to_string()).unwrap_or_default())
}

async fn expect(control: &Control, step: &ExpectStep) -> Seen {
    let ExpectStep { phone, title, text, extras, stage, reason, within } = step;
    let wanted = Wanted {
        phone: phone.clone(),
        title: title.clone(),
        text: text.clone(),
        extras: extras.clone(),
        stage: *stage,
        ..Wanted::default()
    };
    let found = control.wait(&wanted, within.unwrap_or(WITHIN)).await.map_err(words)?;
    let Some(message) = found else {
        let near = Wanted { stage: None, extras: Map::new(), ..wanted };
        let near = control.messages(&near).await.map_err(words)?.pop();
        return Err(near.map_or_else(
            || "there is no such message".to_owned(),
            |near| {
                let why = near.reason.map(|reason| format!(", {reason}")).unwrap_or_default();
                format!("the nearest message is {}{why} on {}", near.stage.as_str(), near.phone)
            },
        ));
    };
    let seen = format!("{} on {}", message.stage.as_str(), message.phone);
    match (reason, &message.reason) {
        (Some(wanted), found) if found.as_ref() != Some(wanted) => {
            Err(format!("{seen}, and the reason is {}", found.as_deref().unwrap_or("none")))
        }
        (_, Some(reason)) => Ok(format!("{seen}, {reason}")),
        (_, None) => Ok(seen),
    }
}

async fn tapped(control: &Control, step: &TapStep) -> Seen {
    let Tap { target, extras, reason, .. } = control.tap(&step.phone, None).await.map_err(words)?;
    let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
    if reason != step.reason {
        return Err(format!("{} opened, and the reason is {}", shown(&target), shown(&reason)));
    }
    if step.opens.is_some() && step.opens != target {
        return Err(format!("{} opened", shown(&target)));
    }
    let found = json!(extras);
    let missing = step.extras.iter().find(|(key, value)| !is_extra(value, &found[key.as_str()]));
    match missing {
        Some((key, _)) => Err(format!("the extra {key} is {}", found[key.as_str()])),
        None => Ok(format!("{} opened", shown(&target))),
    }
}

async fn dismissed(control: &Control, phone: &str) -> Seen {
    let Dismissal { reason, .. } = control.dismiss(phone, None).await.map_err(words)?;
    reason.map_or(Ok(String::new()), Err)
}

/// Every extra arrives as a text.
fn is_extra(wanted: &Value, found: &Value) -> bool {
    let as_text = wanted.to_string();
    wanted == found || found.as_str().is_some_and(|text| text == as_text)
}

/// What a story that did not end as it should is for an exit code: the first step that failed.
pub(crate) fn broken(file: &str, played: &[Played]) -> Option<Problem> {
    let failed = played.iter().find(|one| one.verdict == StepVerdict::Failed)?;
    let message = format!("{}: {}", failed.does, failed.seen);
    let hint = "see what the phone has: opush sandbox phone show NAME";
    Some(Problem::new(Kind::BrokenLink, message, hint).at(format!("{file}:{}", failed.line)))
}
