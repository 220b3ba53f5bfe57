//! The story, step by step: each step is really done, and what it shows decides which link is broken.
//! What a step looks like on paper belongs to `printed`; the user and the IM server, to `chat`.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::link::Link;
use super::printed::{ExchangeJson, Step, Told};
use super::stage::Stage;
use super::{PATIENCE, chat};
use crate::config::Certificate;
use crate::failure::{Explain, Failure};
use crate::notification::{Checked, Draft, Origin, TargetKind};
use crate::oppo::{CallError, Cause, RegId, Target};
use crate::push::{self, Delivered, Delivery, OppoSender, SendOutcome, StoredTokens};
use crate::sandbox::control::PREFIX;

/// What the app shall receive: the document's own sample.
pub(crate) fn custom_content() -> Map<String, Value> {
    let content = json!({ "extKey": "ext content" });
    content.as_object().cloned().unwrap_or_default()
}

/// Tells it to the end, or to the link that keeps the rest from happening.
pub(crate) async fn tell(stage: &Stage) -> Result<Told, Failure> {
    let certificate = stage.profile.certificate(None)?;
    let mut told = Told::begin(&stage.url, custom_content(), stage.broken);
    certificate_step(stage, certificate, &mut told).await?;
    click_step(stage, certificate, &mut told);
    told.push(phone_step(stage));
    if told.stops() {
        return Ok(told.end());
    }
    direct_step(stage, certificate, &mut told).await?;
    chat::away(stage, certificate, &mut told).await?;
    // That a logout ends it says something only where there was a push before.
    if !told.is_broken() {
        chat::logged_out(stage, &mut told).await?;
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
    Step::ok("phone", detail).exchange(control(stage, "GET", &format!("/phones/{}", phone.name), None, phone))
}

/// A push without any IM server, as `opush send --reg-id` makes it.
async fn direct_step(stage: &Stage, certificate: &Certificate, told: &mut Told) -> Result<(), Failure> {
    let reg_id = RegId::parse(&stage.phone.reg_id)?;
    let notification = notification(stage, certificate)?;
    let tokens = StoredTokens::new(&stage.store, None, &stage.client, &stage.credentials);
    let sender = OppoSender { client: &stage.client, credentials: stage.credentials.clone(), tokens };
    let delivery = Delivery {
        profile: &stage.profile.name,
        region: stage.profile.region.value,
        certificate_id: certificate.id.get(),
        app_id: &certificate.app_id,
        user: None,
        device: None,
        target: Target::RegId(reg_id),
        notification: &notification,
        answer_within: PATIENCE,
    };
    let Delivered { outcome, exchanges, elapsed_ms, .. } =
        push::deliver(&stage.store, &sender, delivery).await;
    match outcome {
        SendOutcome::Accepted { message_id, .. } => {
            let step = Step::ok("direct push", format!("accepted as {message_id}"));
            told.push(step.took_ms(elapsed_ms).exchanges(&exchanges));
            Ok(())
        }
        SendOutcome::Refused { code, message, .. } => {
            let step = Step::broken("direct push", format!("OPPO answered {code} {message}"), Link::RegId);
            told.push(step.took_ms(elapsed_ms).exchanges(&exchanges));
            Ok(())
        }
        SendOutcome::Unknown(problem) | SendOutcome::Failed(problem) => Err(problem.into()),
    }
}

fn notification(stage: &Stage, certificate: &Certificate) -> Result<Checked, Failure> {
    let mut draft = Draft::new();
    draft.title("opush".into(), Origin::Flag("--title"));
    draft.content("straight to this regId".into(), Origin::Flag("--content"));
    draft.extras(custom_content(), Origin::Flag("--ext"));
    let channel = certificate.channel_id.as_ref().map(|channel| channel.value.as_str());
    draft.certificate(channel, Some(&certificate.click.value));
    draft.check(stage.store.now(), TargetKind::RegId).map_err(Failure::all)
}

/// A call of the sandbox's control API, as the demo prints it.
pub(crate) fn control(
    stage: &Stage,
    method: &str,
    path: &str,
    body: Option<Value>,
    answer: &impl Serialize,
) -> ExchangeJson {
    ExchangeJson::json(method, format!("{}{PREFIX}{path}", stage.url), body, answer)
}
