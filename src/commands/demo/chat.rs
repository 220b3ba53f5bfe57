//! Alice, her app and the IM server: she logs in, goes away, and gets a message; she logs out, and gets it again.
//! What the phone makes of a push belongs to `arrival`; the rule itself, to the IM server.

use std::time::Instant;

use serde_json::{Value, json};

use super::arrival;
use super::link::Link;
use super::printed::{ExchangeJson, Part, Step, Told};
use super::stage::Stage;
use super::story::{control, custom_content};
use crate::config::Certificate;
use crate::failure::{Failure, Kind, Problem};
use crate::im::client::commands::SENDMSG;
use crate::im::message::Draft;
use crate::oppo::RegId;
use crate::sandbox::control::ControlError;
use crate::sandbox::im::{Attempt, Login};
use crate::sandbox::phone::Phone;

const TITLE: &str = "Bob";
const TEXT: &str = "see you at 8?";

/// How many decisions the sandbox is asked for; the user is the demo's own and has fewer.
const DECISIONS: usize = 100;

/// She is away, and the message is pushed.
pub(crate) async fn away(stage: &Stage, certificate: &Certificate, told: &mut Told) -> Result<(), Failure> {
    told.begins(Part::Away);
    login_step(stage, told).await?;
    report_step(stage, certificate, told).await?;
    let whereabouts = leave_step(stage, told).await?;
    let attempt = message_step(stage, told).await?;
    told.headline(format!("{} {whereabouts}: {}", stage.user, verdict(&attempt)));
    let Some(message_id) = push_step(stage, &attempt, told)? else { return Ok(()) };
    if arrival::shown_step(stage, message_id, told).await? {
        arrival::tap_step(stage, message_id, told).await?;
    }
    Ok(())
}

/// She logs out, and the same message is not.
pub(crate) async fn logged_out(stage: &Stage, told: &mut Told) -> Result<(), Failure> {
    told.begins(Part::LoggedOut);
    logout_step(stage, told).await?;
    let attempt = message_step(stage, told).await?;
    told.headline(format!("{} logged out: {}", stage.user, verdict(&attempt)));
    let reason = attempt.reason.as_deref().unwrap_or_default();
    if Link::of_reason(reason) != Some(Link::Logout) {
        return Err(odd(format!("after the logout the IM server decided: {}", verdict(&attempt))));
    }
    let detail = format!("{reason}: {}", attempt.detail);
    told.push(Step::ok("no push", detail).exchange(decisions(stage, &attempt)));
    Ok(())
}

async fn login_step(stage: &Stage, told: &mut Told) -> Result<(), Failure> {
    let login = Login { user: stage.user.clone(), sdk_app_id: None, certificate_id: None, report: false };
    let phone = stage.control.login(&stage.phone.name, &login).await?;
    let exchange = on_phone(stage, "login", json!(login), &phone);
    told.push(
        Step::ok("login", format!("{} logged in: {}", stage.user, presence(&phone))).exchange(exchange),
    );
    Ok(())
}

async fn report_step(stage: &Stage, certificate: &Certificate, told: &mut Told) -> Result<(), Failure> {
    let id = match stage.broken {
        Some(Link::Report) => {
            told.push(Step::broken("report", "the app reported nothing".into(), Link::Report));
            return Ok(());
        }
        Some(Link::CertificateId) => nobodys_certificate(stage).await?,
        _ => certificate.id.get(),
    };
    let reg_id = RegId::parse(&stage.phone.reg_id)?.masked();
    let detail = format!("the app reported certificate {id} with regId {reg_id}");
    match stage.control.report(&stage.phone.name, Some(id)).await {
        Ok(phone) => {
            let exchange = on_phone(stage, "report", json!({ "certificate_id": id }), &phone);
            told.push(Step::ok("report", detail).exchange(exchange));
        }
        Err(ControlError::Refused { id, message, .. }) if id == "report-refused" => {
            told.push(Step::broken("report", format!("{detail}: {message}"), Link::CertificateId));
        }
        Err(error) => return Err(error.into()),
    }
    if stage.broken == Some(Link::RegId) {
        let phone = stage.control.register_phone(&stage.phone.name).await?;
        let exchange = on_phone(stage, "register", json!({}), &phone);
        let reg_id = RegId::parse(&phone.reg_id)?.masked();
        let detail = format!("the app was installed anew: regId {reg_id}, which it did not report");
        told.push(Step::ok("reinstall", detail).exchange(exchange));
    }
    Ok(())
}

/// An ID that no certificate of this sandbox's IM server has.
async fn nobodys_certificate(stage: &Stage) -> Result<i64, Failure> {
    let known = stage.control.im_certificates().await?;
    let highest = known.iter().map(|certificate| certificate.certificate_id).max().unwrap_or_default();
    Ok(highest.saturating_add(1))
}

/// Where she is when the message comes, in words that follow her name.
async fn leave_step(stage: &Stage, told: &mut Told) -> Result<&'static str, Failure> {
    match stage.broken {
        Some(Link::Presence) => {
            let phone = stage.control.open(&stage.phone.name).await?;
            let exchange = on_phone(stage, "open", json!({}), &phone);
            let detail = format!("the app stays in the foreground: {}", presence(&phone));
            told.push(Step::ok("open", detail).exchange(exchange));
            Ok("has the app open")
        }
        Some(Link::Logout) => {
            logout_step(stage, told).await?;
            Ok("is logged out")
        }
        _ => {
            let phone = stage.control.kill(&stage.phone.name).await?;
            let exchange = on_phone(stage, "kill", json!({}), &phone);
            let detail = format!("the app is killed: {}", presence(&phone));
            told.push(Step::ok("kill", detail).exchange(exchange));
            Ok("is away")
        }
    }
}

async fn logout_step(stage: &Stage, told: &mut Told) -> Result<(), Failure> {
    let phone = stage.control.logout(&stage.phone.name).await?;
    let exchange = on_phone(stage, "logout", json!({}), &phone);
    let detail = format!("{} logged out: {}", stage.user, presence(&phone));
    told.push(Step::ok("logout", detail).exchange(exchange));
    Ok(())
}

/// Sends it as `opush im send` does; what the IM server then decided is in the sandbox's record, not in its answer.
async fn message_step(stage: &Stage, told: &mut Told) -> Result<Attempt, Failure> {
    let mut draft = Draft::default();
    draft.set("To_Account", stage.user.as_str(), "--to").text(TEXT);
    // Its own for each message: the server takes two alike within a second for one.
    draft.set("MsgRandom", rand::random::<u32>(), "--message-file");
    draft.set_push("Title", TITLE, "--title").set_push("Desc", TEXT, "--desc");
    draft.set_push("Ext", Value::Object(custom_content()).to_string(), "--ext-json");
    let message = draft.check().map_err(Failure::all)?;
    let started = Instant::now();
    let taken = stage.im.send(&message).await.map_err(|error| error.of_a_change("the message"))?;
    let step = Step::ok("message", format!("the IM server took \"{TEXT}\" for {}", stage.user));
    let url = stage.im.shown_url(SENDMSG);
    let exchange = ExchangeJson::json("POST", url, Some(message.body(0)), &taken.answer);
    told.push(step.took(started.elapsed()).exchange(exchange));
    let user = Some(stage.user.as_str());
    let attempts = stage.control.pushes(None, user, DECISIONS).await?;
    let own = |attempt: &Attempt| {
        taken.key.as_ref() == Some(&attempt.msg_key) && attempt.phone.as_ref() == Some(&stage.phone.name)
    };
    let found = attempts.into_iter().find(own);
    found.ok_or_else(|| odd("the sandbox's record has no decision for the message".to_owned()))
}

/// The message_id if OPPO took the push.
fn push_step<'a>(stage: &Stage, attempt: &'a Attempt, told: &mut Told) -> Result<Option<&'a str>, Failure> {
    let (step, message_id) = match (&attempt.reason, &attempt.message_id) {
        (None, Some(message_id)) => {
            (Step::ok("push", format!("OPPO took it as {message_id}")), Some(message_id))
        }
        (reason, _) => {
            let link = Link::of_reason(reason.as_deref().unwrap_or_default());
            let link = link.ok_or_else(|| odd(format!("the IM server decided: {}", verdict(attempt))))?;
            let detail = match attempt.oppo_code {
                Some(code) => format!("OPPO answered the IM server {code} {}", attempt.detail),
                None => format!("{}: {}", reason.as_deref().unwrap_or_default(), attempt.detail),
            };
            (Step::broken(if attempt.oppo_code.is_some() { "push" } else { "no push" }, detail, link), None)
        }
    };
    told.push(step.exchange(decisions(stage, attempt)));
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
        None => "nobody is logged in".to_owned(),
    }
}

fn on_phone(stage: &Stage, what: &str, body: Value, phone: &Phone) -> ExchangeJson {
    control(stage, "POST", &format!("/phones/{}/{what}", stage.phone.name), Some(body), phone)
}

fn decisions(stage: &Stage, attempt: &Attempt) -> ExchangeJson {
    let path = format!("/pushes?limit={DECISIONS}&user={}", stage.user);
    control(stage, "GET", &path, None, &json!({ "items": [attempt] }))
}

/// Not one of the story's links: this sandbox plays by other rules.
fn odd(message: String) -> Failure {
    let hint = "opush sandbox run prints the rules in force; try opush demo without --sandbox";
    Problem::new(Kind::Sandbox, message, hint).into()
}
