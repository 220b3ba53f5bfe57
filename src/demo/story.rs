//! The story, step by step: each step is really done, and what it shows decides which link is broken.

use super::link::DemoLink;
use super::setup::DemoSetup;
use super::step::{Step, StepExchange, Story, custom_content};
use super::{chat, setup::CALL_TIMEOUT};
use crate::config::Certificate;
use crate::failure::{Explain, Failure};
use crate::notification::{Checked, Draft, Field, Origin, TargetKind};
use crate::oppo::{CallError, Cause, Outcome, RegId, Target};
use crate::push::{self, Delivery, OppoSender, StoredTokens};

/// Runs it to the end, or to the link that keeps the rest from happening.
pub(crate) async fn run(setup: &DemoSetup) -> Result<Story, Failure> {
    let certificate = setup.profile.certificate(None)?;
    let mut story = Story::default();
    certificate_step(setup, certificate, &mut story).await?;
    click_step(setup, certificate, &mut story);
    story.push(phone_step(setup));
    // Without credentials nothing more can be tried; other broken links let the story go on to what a user sees.
    if story.broken == Some(DemoLink::Secret) {
        return Ok(story);
    }
    direct_step(setup, certificate, &mut story).await?;
    chat::away(setup, certificate, &mut story).await?;
    // That a logout ends it says something only where there was a push before.
    if story.broken.is_none() {
        chat::logged_out(setup, &mut story).await?;
    }
    Ok(story)
}

async fn certificate_step(
    setup: &DemoSetup,
    certificate: &Certificate,
    story: &mut Story,
) -> Result<(), Failure> {
    let tokens = StoredTokens::new(&setup.store, None, &setup.client, &setup.credentials);
    let name = format!("{} {}", certificate.id, certificate.name);
    let step = match setup.client.verify(&setup.credentials, &tokens).await {
        Ok(verified) => Step::ok("certificate", format!("{name}, AppKey and MasterSecret accepted"))
            .took_ms(verified.elapsed.as_millis())
            .exchanges(&verified.exchanges),
        Err(CallError { cause: Cause::Refused(error), exchanges }) => {
            let detail = format!("{name}: OPPO answered {} {}", error.code, error.words());
            Step::broken("certificate", detail, DemoLink::Secret).exchanges(&exchanges)
        }
        Err(error) => return Err(error.explain().into()),
    };
    story.push(step);
    Ok(())
}

/// What the app declares, held against what the certificate says.
fn click_step(setup: &DemoSetup, certificate: &Certificate, story: &mut Story) {
    let class = certificate.click.value.value().unwrap_or_default();
    let declared = setup.phone.activities.iter().find(|activity| activity.name == class);
    let broken = |how: &str| Step::broken("click target", format!("{class} {how}"), DemoLink::Click);
    story.push(match declared {
        Some(activity) if activity.exported => {
            Step::ok("click target", format!("{class} is declared and exported"))
        }
        Some(_) => broken("is declared, but not exported"),
        None => broken("is not declared in the app"),
    });
}

fn phone_step(setup: &DemoSetup) -> Step {
    let phone = &setup.phone;
    let channels: Vec<&str> = phone.channels.iter().map(|channel| channel.id.as_str()).collect();
    let channels = match channels.as_slice() {
        [] => "no channel".to_owned(),
        some => format!("channel {}", some.join(", ")),
    };
    let reg_id = RegId::parse(&phone.reg_id).map_or_else(|_| phone.reg_id.clone(), |reg_id| reg_id.masked());
    let detail = format!("{}, Android {}, regId {reg_id}, {channels}", phone.model, phone.android);
    let path = format!("/phones/{}", phone.name);
    Step::ok("phone", detail).exchange(StepExchange::control(setup, "GET", &path, None, phone))
}

/// A push without any IM server, as `opush send --reg-id` makes it.
async fn direct_step(setup: &DemoSetup, certificate: &Certificate, story: &mut Story) -> Result<(), Failure> {
    let reg_id = RegId::parse(&setup.phone.reg_id)?;
    let notification = notification(setup, certificate)?;
    let sender = OppoSender::new(&setup.client, setup.credentials.clone(), &setup.store, None);
    let target = Target::RegId(reg_id);
    let delivery = Delivery::direct(&setup.profile, certificate, target, &notification, CALL_TIMEOUT);
    let delivered = push::deliver(&setup.store, &sender, delivery).await;
    let step = match &delivered.outcome {
        Ok(Outcome::Accepted { message_id, .. }) => {
            Step::ok("direct push", format!("accepted as {message_id}"))
        }
        Ok(Outcome::Refused(error)) => {
            let seen = format!("OPPO answered {} {}", error.code, error.words());
            Step::broken("direct push", seen, DemoLink::RegId)
        }
        Ok(Outcome::Unknown(unknown)) => return Err(unknown.clone().into()),
        Err(problem) => return Err(problem.clone().into()),
    };
    story.push(step.took_ms(delivered.elapsed_ms).exchanges(&delivered.exchanges));
    Ok(())
}

fn notification(setup: &DemoSetup, certificate: &Certificate) -> Result<Checked, Failure> {
    let mut draft = Draft::new();
    draft.flag(Field::Title, "opush");
    draft.flag(Field::Content, "straight to this regId");
    draft.extras(custom_content(), Origin::Flag("--ext"));
    push::with_certificate(&draft, certificate)
        .check(setup.store.now(), TargetKind::RegId)
        .map_err(Failure::all)
}
