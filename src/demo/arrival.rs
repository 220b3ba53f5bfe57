//! What the phone makes of a push: whether it shows it, and what a tap opens with which extras.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::link::DemoLink;
use super::setup::DemoSetup;
use super::step::{Step, StepExchange, Story, custom_content};
use crate::failure::Failure;
use crate::sandbox::phone::Detail;

/// True if the phone shows it.
pub(crate) async fn shown_step(
    setup: &DemoSetup,
    message_id: &str,
    story: &mut Story,
) -> Result<bool, Failure> {
    let started = Instant::now();
    let name = &setup.phone.name;
    let detail = setup.control.phone(name).await?;
    let exchange = StepExchange::control(setup, "GET", &format!("/phones/{name}"), None, &detail);
    let (text, link) = on_the_phone(&detail, message_id);
    let step = match link {
        None => Step::ok("shown", text),
        Some(link) => Step::broken("shown", text, link),
    };
    story.push(step.took_ms(started.elapsed().as_millis()).exchange(exchange));
    Ok(link.is_none())
}

/// What is on the phone, and the link that is broken where the notification is not.
fn on_the_phone(detail: &Detail, message_id: &str) -> (String, Option<DemoLink>) {
    if let Some(message) = detail.notifications.iter().find(|message| message.message_id == message_id) {
        let words: Vec<&str> =
            [message.title.as_deref(), message.content.as_deref()].into_iter().flatten().collect();
        return (format!("\"{}\" in the notification shade", words.join(": ")), None);
    }
    let lost = detail.dropped.iter().chain(&detail.held).find(|message| message.message_id == message_id);
    let reason = lost.and_then(|message| message.reason.as_deref()).unwrap_or("it is nowhere on the phone");
    let link = match reason {
        "notifications-off" => DemoLink::Notifications,
        "stale-reg-id" => DemoLink::RegId,
        _ => DemoLink::Channel,
    };
    let meaning = crate::sandbox::phone::explain(reason).unwrap_or_default();
    (format!("nothing, and the phone reports nothing: {reason} ({meaning})"), Some(link))
}

pub(crate) async fn tap_step(setup: &DemoSetup, message_id: &str, story: &mut Story) -> Result<(), Failure> {
    let started = Instant::now();
    let name = &setup.phone.name;
    let tap = setup.control.tap(name, Some(message_id)).await?;
    let exchange = StepExchange::control(
        setup,
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
        Step::broken("tap", format!("nothing opened: {reason} ({meaning})"), DemoLink::Click)
    } else {
        let target = tap.target.as_deref().unwrap_or_default();
        let page = target.rsplit('.').next().unwrap_or_default();
        let extras: Vec<String> = tap.extras.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let detail = format!("{page} opened with {}", extras.join(", "));
        if received == custom_content() {
            Step::ok("tap", detail)
        } else {
            Step::broken("tap", format!("{detail}, which is not what was sent"), DemoLink::Click)
        }
    };
    story.received = Some(received);
    story.push(step.took_ms(started.elapsed().as_millis()).exchange(exchange));
    Ok(())
}
