//! Alice, her app and the IM server: she logs in, goes away, and gets a message; she logs out, and gets it again.

use std::time::Instant;

use serde_json::{Value, json};

use super::arrival;
use super::link::DemoLink;
use super::setup::DemoSetup;
use super::step::{Part, Step, StepExchange, Story, custom_content};
use crate::config::Certificate;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::im::client::commands::SENDMSG;
use crate::im::message::{Draft, text_body};
use crate::oppo::RegId;
use crate::sandbox::control::ControlError;
use crate::sandbox::im::{Attempt, Login};
use crate::sandbox::phone::Phone;

const TITLE: &str = "Bob";
const TEXT: &str = "see you at 8?";

/// How many decisions the sandbox is asked for; the user is the demo's own and has fewer.
const DECISIONS: usize = 100;

/// She is away, and the message is pushed.
pub(crate) async fn away(
    setup: &DemoSetup,
    certificate: &Certificate,
    story: &mut Story,
) -> Result<(), Failure> {
    story.begins(Part::Away);
    login_step(setup, story).await?;
    report_step(setup, certificate, story).await?;
    let place = leave_step(setup, story).await?;
    let attempt = message_step(setup, story).await?;
    story.headline(format!("{} {place}: {}", setup.user, verdict(&attempt)));
    let Some(message_id) = push_step(setup, &attempt, story)? else { return Ok(()) };
    if arrival::shown_step(setup, message_id, story).await? {
        arrival::tap_step(setup, message_id, story).await?;
    }
    Ok(())
}

/// She logs out, and the same message is not.
pub(crate) async fn logged_out(setup: &DemoSetup, story: &mut Story) -> Result<(), Failure> {
    story.begins(Part::LoggedOut);
    logout_step(setup, story).await?;
    let attempt = message_step(setup, story).await?;
    story.headline(format!("{} logged out: {}", setup.user, verdict(&attempt)));
    let reason = attempt.reason.as_deref().unwrap_or_default();
    if DemoLink::of_reason(reason) != Some(DemoLink::Logout) {
        return Err(unexpected(format!("after the logout the IM server decided: {}", verdict(&attempt))));
    }
    let detail = format!("{reason}: {}", attempt.detail);
    story.push(Step::ok("no push", detail).exchange(decisions(setup, &attempt)));
    Ok(())
}

async fn login_step(setup: &DemoSetup, story: &mut Story) -> Result<(), Failure> {
    let login = Login { user: setup.user.clone(), sdk_app_id: None, certificate_id: None, report: false };
    let phone = setup.control.login(&setup.phone.name, &login).await?;
    let step = Step::ok("login", format!("{} logged in: {}", setup.user, presence(&phone)));
    story.push(step.exchange(on_phone(setup, "login", json!(login), &phone)));
    Ok(())
}

async fn report_step(setup: &DemoSetup, certificate: &Certificate, story: &mut Story) -> Result<(), Failure> {
    let id = match setup.broken {
        Some(DemoLink::Report) => {
            story.push(Step::broken("report", "the app reported nothing".into(), DemoLink::Report));
            return Ok(());
        }
        Some(DemoLink::CertificateId) => unknown_certificate(setup).await?,
        _ => certificate.id.get(),
    };
    let reg_id = RegId::parse(&setup.phone.reg_id)?.masked();
    let detail = format!("the app reported certificate {id} with regId {reg_id}");
    match setup.control.report(&setup.phone.name, Some(id)).await {
        Ok(phone) => {
            let exchange = on_phone(setup, "report", json!({ "certificate_id": id }), &phone);
            story.push(Step::ok("report", detail).exchange(exchange));
        }
        Err(ControlError::Refused { id, message, .. }) if id == "report-refused" => {
            story.push(Step::broken("report", format!("{detail}: {message}"), DemoLink::CertificateId));
        }
        Err(error) => return Err(error.into()),
    }
    if setup.broken == Some(DemoLink::RegId) {
        let phone = setup.control.register_phone(&setup.phone.name).await?;
        let reg_id = RegId::parse(&phone.reg_id)?.masked();
        let detail = format!("the app was installed again: regId {reg_id}, which it did not report");
        let exchange = on_phone(setup, "register", json!({}), &phone);
        story.push(Step::ok("reinstall", detail).exchange(exchange));
    }
    Ok(())
}

/// An ID that no certificate of this sandbox's IM server has.
async fn unknown_certificate(setup: &DemoSetup) -> Result<i64, Failure> {
    let known = setup.control.im_certificates().await?;
    let highest = known.iter().map(|certificate| certificate.certificate_id).max().unwrap_or_default();
    Ok(highest.saturating_add(1))
}

/// Where she is when the message comes, in words that follow her name.
async fn leave_step(setup: &DemoSetup, story: &mut Story) -> Result<&'static str, Failure> {
    let name = &setup.phone.name;
    let (id, phone, did, place) = match setup.broken {
        Some(DemoLink::Presence) => {
            ("open", setup.control.open(name).await?, "the app stays in the foreground", "has the app open")
        }
        Some(DemoLink::Logout) => {
            logout_step(setup, story).await?;
            return Ok("is logged out");
        }
        _ => ("kill", setup.control.kill(name).await?, "the app is killed", "is away"),
    };
    let step = Step::ok(id, format!("{did}: {}", presence(&phone)));
    story.push(step.exchange(on_phone(setup, id, json!({}), &phone)));
    Ok(place)
}

async fn logout_step(setup: &DemoSetup, story: &mut Story) -> Result<(), Failure> {
    let phone = setup.control.logout(&setup.phone.name).await?;
    let step = Step::ok("logout", format!("{} logged out: {}", setup.user, presence(&phone)));
    story.push(step.exchange(on_phone(setup, "logout", json!({}), &phone)));
    Ok(())
}

/// Sends it as `opush im send` does; what the IM server then decided is in the sandbox's record, not in its answer.
async fn message_step(setup: &DemoSetup, story: &mut Story) -> Result<Attempt, Failure> {
    let mut draft = Draft::default();
    draft.flag("--to", setup.user.as_str()).flag("--text", text_body(TEXT));
    // Its own for each message: the server takes two alike within a second for one.
    draft.set("MsgRandom", rand::random::<u32>(), "--message-file");
    draft.flag("--title", TITLE).flag("--desc", TEXT);
    draft.set("OfflinePushInfo.Ext", Value::Object(custom_content()).to_string(), "--ext-json");
    let message = draft.check().map_err(Failure::all)?;
    let started = Instant::now();
    let taken = setup.im.send(&message).await.map_err(|error| error.of_a_change("the message"))?;
    let step = Step::ok("message", format!("the IM server took \"{TEXT}\" for {}", setup.user));
    let url = setup.im.shown_url(SENDMSG);
    let exchange = StepExchange::json("POST", url, Some(message.body(0)), &taken.answer);
    story.push(step.took_ms(started.elapsed().as_millis()).exchange(exchange));
    let user = Some(setup.user.as_str());
    let attempts = setup.control.pushes(None, user, DECISIONS).await?;
    let own = |attempt: &Attempt| {
        taken.key.as_ref() == Some(&attempt.msg_key) && attempt.phone.as_ref() == Some(&setup.phone.name)
    };
    let found = attempts.into_iter().find(own);
    found.ok_or_else(|| unexpected("the sandbox's record has no decision for the message".to_owned()))
}

/// The message_id if OPPO took the push.
fn push_step<'a>(
    setup: &DemoSetup,
    attempt: &'a Attempt,
    story: &mut Story,
) -> Result<Option<&'a str>, Failure> {
    let (step, message_id) = match (&attempt.reason, &attempt.message_id) {
        (None, Some(message_id)) => {
            (Step::ok("push", format!("OPPO took it as {message_id}")), Some(message_id))
        }
        (reason, _) => {
            let link = DemoLink::of_reason(reason.as_deref().unwrap_or_default());
            let link =
                link.ok_or_else(|| unexpected(format!("the IM server decided: {}", verdict(attempt))))?;
            let detail = match attempt.oppo_code {
                Some(code) => format!("OPPO answered the IM server {code} {}", attempt.detail),
                None => format!("{}: {}", reason.as_deref().unwrap_or_default(), attempt.detail),
            };
            (Step::broken(if attempt.oppo_code.is_some() { "push" } else { "no push" }, detail, link), None)
        }
    };
    story.push(step.exchange(decisions(setup, attempt)));
    Ok(message_id.map(String::as_str))
}

fn verdict(attempt: &Attempt) -> String {
    match (&attempt.reason, attempt.oppo_code) {
        (None, _) => "pushed".to_owned(),
        (Some(_), Some(code)) => format!("pushed, but OPPO refused it with {code}"),
        (Some(reason), None) => format!("not pushed, because {reason}"),
    }
}

/// Both words, for they collide: REST's Offline is not the SDK's.
fn presence(phone: &Phone) -> String {
    match &phone.session {
        Some(session) => format!("{} (REST), {} (SDK)", session.rest_state, session.sdk_state),
        None => "no user is logged in".to_owned(),
    }
}

fn on_phone(setup: &DemoSetup, what: &str, body: Value, phone: &Phone) -> StepExchange {
    StepExchange::control(setup, "POST", &format!("/phones/{}/{what}", setup.phone.name), Some(body), phone)
}

fn decisions(setup: &DemoSetup, attempt: &Attempt) -> StepExchange {
    let path = format!("/pushes?limit={DECISIONS}&user={}", setup.user);
    StepExchange::control(setup, "GET", &path, None, &json!({ "items": [attempt] }))
}

/// Not one of the story's links: this sandbox plays by other rules.
fn unexpected(message: String) -> Failure {
    let hint = "this sandbox has other rules than the built-in one; try without --sandbox";
    let hint = Remedy::run(hint, "demo");
    Problem::new(Kind::Sandbox, message, hint).into()
}
