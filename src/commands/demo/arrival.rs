//! What the phone makes of a push: whether it shows it, and what a tap opens with which extras.
//! Whether there is a push at all belongs to `chat`.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::link::Link;
use super::printed::{Step, Told};
use super::stage::Stage;
use super::story::{control, custom_content};
use crate::failure::Failure;
use crate::sandbox::phone::Detail;

/// True if the phone shows it.
pub(crate) async fn shown_step(stage: &Stage, message_id: &str, told: &mut Told) -> Result<bool, Failure> {
    let started = Instant::now();
    let name = &stage.phone.name;
    let detail = stage.control.phone(name).await?;
    let exchange = control(stage, "GET", &format!("/phones/{name}"), None, &detail);
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
    let link = match reason {
        "notifications-off" => Link::Notifications,
        "stale-reg-id" => Link::RegId,
        _ => Link::Channel,
    };
    let meaning = crate::sandbox::phone::explain(reason).unwrap_or_default();
    (format!("nothing, and nobody is told: {reason} ({meaning})"), Some(link))
}

pub(crate) async fn tap_step(stage: &Stage, message_id: &str, told: &mut Told) -> Result<(), Failure> {
    let started = Instant::now();
    let name = &stage.phone.name;
    let tap = stage.control.tap(name, Some(message_id)).await?;
    let exchange = control(
        stage,
        "POST",
        &format!("/phones/{name}/tap"),
        Some(json!({ "message_id": message_id })),
        &tap,
    );
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
