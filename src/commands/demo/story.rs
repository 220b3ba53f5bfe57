//! The story, step by step: each step is really done, and what it shows decides which link is broken.
//! What a step looks like on paper belongs to `printed`.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::super::sandbox::place;
use super::PATIENCE;
use super::link::Link;
use super::printed::{ExchangeJson, Step, Told};
use super::stage::Stage;
use crate::config::Certificate;
use crate::failure::{Explain, Failure};
use crate::notification::{Checked, Draft, Origin, TargetKind};
use crate::oppo::{CallError, Cause, RegId, Target};
use crate::push::{self, Delivered, Delivery, OppoSender, ReportRequest, SendOutcome, StoredTokens};
use crate::sandbox::control::PREFIX;
use crate::sandbox::phone::Detail;

const USER: &str = "alice";

/// What the app shall receive: the document's own sample.
fn custom_content() -> Map<String, Value> {
    let content = json!({ "extKey": "ext content" });
    content.as_object().cloned().unwrap_or_default()
}

/// Tells it to the end, or to the link that keeps the rest from happening.
pub async fn tell(stage: &Stage) -> Result<Told, Failure> {
    let certificate = stage.profile.certificate(None)?;
    let mut told = Told::begin(&stage.url, custom_content(), stage.broken);
    certificate_step(stage, certificate, &mut told).await?;
    click_step(stage, certificate, &mut told);
    told.push(phone_step(stage));
    if told.stops() {
        return Ok(told.end());
    }
    let reg_id = token_step(stage, certificate, &mut told)?;
    let message_id = push_step(stage, certificate, &reg_id, &mut told).await?;
    if let Some(message_id) = message_id {
        let shown = shown_step(stage, &message_id, &mut told).await?;
        if shown {
            tap_step(stage, &message_id, &mut told).await?;
        }
    }
    Ok(told.end())
}

async fn certificate_step(stage: &Stage, certificate: &Certificate, told: &mut Told) -> Result<(), Failure> {
    let tokens = StoredTokens::new(&stage.store, None, &stage.client, &stage.credentials);
    let name = format!("{} {}", certificate.id, certificate.name);
    let step = match stage.client.verify(&stage.credentials, &tokens).await {
        Ok(verified) => Step::ok("certificate", format!("{name}, AppKey and MasterSecret accepted"))
            .took(verified.elapsed)
            .exchanges(&verified.exchanges),
        Err(CallError { cause: Cause::Refused(error), exchanges }) => {
            let detail = format!("{name}: OPPO answered {} {}", error.code, error.words());
            Step::broken("certificate", detail, Link::Secret).exchanges(&exchanges)
        }
        Err(error) => return Err(error.explain().into()),
    };
    told.push(step);
    Ok(())
}

/// What the app declares, held against what the certificate says.
fn click_step(stage: &Stage, certificate: &Certificate, told: &mut Told) {
    let class = certificate.click.value.value().unwrap_or_default();
    let declared = stage.phone.activities.iter().find(|activity| activity.name == class);
    told.push(match declared {
        Some(activity) if activity.exported => {
            Step::ok("click target", format!("{class} is declared and exported"))
        }
        Some(_) => {
            Step::broken("click target", format!("{class} is declared, but not exported"), Link::Click)
        }
        None => Step::broken("click target", format!("{class} is not declared in the app"), Link::Click),
    });
}

fn phone_step(stage: &Stage) -> Step {
    let phone = &stage.phone;
    let channels: Vec<&str> = phone.channels.iter().map(|channel| channel.id.as_str()).collect();
    let channels = if channels.is_empty() {
        "no channel".to_owned()
    } else {
        format!("channel {}", channels.join(", "))
    };
    let reg_id = RegId::parse(&phone.reg_id).map_or_else(|_| phone.reg_id.clone(), |reg_id| reg_id.masked());
    let detail = format!("{}, Android {}, regId {reg_id}, {channels}", phone.model, phone.android);
    Step::ok("phone", detail).exchange(control(
        stage,
        "GET",
        &format!("/phones/{}", phone.name),
        json!(phone),
    ))
}

fn token_step(stage: &Stage, certificate: &Certificate, told: &mut Told) -> Result<RegId, Failure> {
    let reported = match stage.broken {
        // Well-formed, and nobody's: as after copying it from another phone, or out of an old log.
        Some(Link::RegId) => "CN_00000000000000000000000000000000",
        _ => &stage.phone.reg_id,
    };
    let request = ReportRequest {
        profile: &stage.profile.name,
        region: stage.profile.region.value,
        certificates: &[certificate.id.get()],
        user: USER,
        device: None,
        certificate_id: certificate.id.get(),
        reg_id: reported,
        brand: Some("oppo"),
    };
    push::report(&stage.store, &request)?;
    let reg_id = RegId::parse(reported)?;
    let which = if reported == stage.phone.reg_id {
        "that regId".to_owned()
    } else {
        format!("regId {}", reg_id.masked())
    };
    told.push(Step::ok("token", format!("{USER} reported certificate {} with {which}", certificate.id)));
    Ok(reg_id)
}

async fn push_step(
    stage: &Stage,
    certificate: &Certificate,
    reg_id: &RegId,
    told: &mut Told,
) -> Result<Option<String>, Failure> {
    let notification = notification(stage, certificate)?;
    let tokens = StoredTokens::new(&stage.store, None, &stage.client, &stage.credentials);
    let sender = OppoSender { client: &stage.client, credentials: stage.credentials.clone(), tokens };
    let delivery = Delivery {
        profile: &stage.profile.name,
        region: stage.profile.region.value,
        certificate_id: certificate.id.get(),
        app_id: &certificate.app_id,
        user: Some(USER),
        device: Some(push::DEFAULT_DEVICE),
        target: Target::RegId(reg_id.clone()),
        notification: &notification,
        answer_within: PATIENCE,
    };
    let Delivered { outcome, exchanges, elapsed_ms, .. } =
        push::deliver(&stage.store, &sender, delivery).await;
    match outcome {
        SendOutcome::Accepted { message_id, .. } => {
            let step = Step::ok("push", format!("accepted as {message_id}"));
            told.push(step.took_ms(elapsed_ms).exchanges(&exchanges));
            Ok(Some(message_id))
        }
        SendOutcome::Refused { code, message, .. } => {
            let step = Step::broken("push", format!("OPPO answered {code} {message}"), Link::RegId);
            told.push(step.took_ms(elapsed_ms).exchanges(&exchanges));
            Ok(None)
        }
        SendOutcome::Unknown(problem) | SendOutcome::Failed(problem) => Err(problem.into()),
    }
}

fn notification(stage: &Stage, certificate: &Certificate) -> Result<Checked, Failure> {
    let mut draft = Draft::new();
    draft.title("Alice".into(), Origin::Flag("--title"));
    draft.content("see you at 8?".into(), Origin::Flag("--content"));
    draft.extras(custom_content(), Origin::Flag("--ext"));
    let channel = certificate.channel_id.as_ref().map(|channel| channel.value.as_str());
    draft.certificate(channel, Some(&certificate.click.value));
    draft.check(stage.store.now(), TargetKind::RegId).map_err(Failure::all)
}

/// True if the phone shows it.
async fn shown_step(stage: &Stage, message_id: &str, told: &mut Told) -> Result<bool, Failure> {
    let started = Instant::now();
    let name = &stage.phone.name;
    let detail = stage.control.phone(name).await.map_err(place::explain)?;
    let exchange = control(stage, "GET", &format!("/phones/{name}"), json!(detail));
    let (text, link) = whereabouts(&detail, message_id);
    let step = match link {
        None => Step::ok("shown", text),
        Some(link) => Step::broken("shown", text, link),
    };
    told.push(step.took(started.elapsed()).exchange(exchange));
    Ok(link.is_none())
}

fn whereabouts(detail: &Detail, message_id: &str) -> (String, Option<Link>) {
    if let Some(message) = detail.notifications.iter().find(|message| message.message_id == message_id) {
        let words: Vec<&str> =
            [message.title.as_deref(), message.content.as_deref()].into_iter().flatten().collect();
        return (format!("\"{}\" in the notification shade", words.join(": ")), None);
    }
    let lost = detail.dropped.iter().chain(&detail.held).find(|message| message.message_id == message_id);
    let reason = lost.and_then(|message| message.reason.as_deref()).unwrap_or("it is nowhere on the phone");
    let link = if reason == "notifications-off" { Link::Notifications } else { Link::Channel };
    let meaning = crate::sandbox::phone::explain(reason).unwrap_or_default();
    (format!("nothing, and nobody is told: {reason} ({meaning})"), Some(link))
}

async fn tap_step(stage: &Stage, message_id: &str, told: &mut Told) -> Result<(), Failure> {
    let started = Instant::now();
    let name = &stage.phone.name;
    let tap = stage.control.tap(name, Some(message_id)).await.map_err(place::explain)?;
    let exchange = control(stage, "POST", &format!("/phones/{name}/tap"), json!(tap));
    let received: Map<String, Value> =
        tap.extras.iter().map(|(key, value)| (key.clone(), Value::String(value.clone()))).collect();
    let step = if !tap.opened {
        let reason = tap.reason.as_deref().unwrap_or_default();
        let meaning = crate::sandbox::phone::explain(reason).unwrap_or_default();
        Step::broken("tap", format!("nothing opened: {reason} ({meaning})"), Link::Click)
    } else {
        let target = tap.target.as_deref().unwrap_or_default();
        let page = target.rsplit('.').next().unwrap_or_default();
        let extras: Vec<String> = tap.extras.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let detail = format!("{page} opened with {}", extras.join(", "));
        if received == custom_content() {
            Step::ok("tap", detail)
        } else {
            Step::broken("tap", format!("{detail}, which is not what was sent"), Link::Click)
        }
    };
    told.received(received);
    told.push(step.took(started.elapsed()).exchange(exchange));
    Ok(())
}

/// A call of the sandbox's control API, as the demo prints it.
fn control(stage: &Stage, method: &str, path: &str, answer: Value) -> ExchangeJson {
    ExchangeJson {
        method: method.into(),
        url: format!("{}{PREFIX}{path}", stage.url),
        headers: Vec::new(),
        form: Vec::new(),
        http_status: Some(200),
        answer: Some(answer.to_string()),
    }
}
