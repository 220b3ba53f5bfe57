//! Whether the phone showed what reached it: channel, notification switch and Do Not Disturb are the phone's alone.
//! What opush can see ends with the receipt; a click, or a trace of the IM server's, says more.

use crate::device::{DoNotDisturb, Importance};
use crate::diagnose::evidence::Subject;
use crate::diagnose::{Evidence, Finding, Skipped, im_message, sent};
use crate::failure::Remedy;
use crate::store::deliveries::Status;
use crate::store::receipts::Event;

pub(super) const TITLE: &str = "the phone shows the notification";
pub(super) const REMEDY: Remedy =
    Remedy::say("on the phone: the app's notification switch, the channel, Do Not Disturb");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.subject()?;
    if evidence.question.seen {
        return Ok(Finding::pass("somebody saw the last notification on the phone"));
    }
    if evidence.shown_by_trace() {
        return Ok(Finding::pass("the IM server's trace says that the phone showed it"));
    }
    let asked = evidence.question.push_id.is_some();
    if asked && evidence.trace.answered().is_ok_and(|trace| !trace.is_empty()) {
        return Ok(doubt(evidence, "the IM server's trace does not say that the phone showed it"));
    }
    let last = evidence.last_sent()?;
    if let Some(clicked) = evidence.events.iter().find(|event| event.event.what.as_deref() == Some("clicked"))
        && clicked.received_at >= last.begun_at
    {
        return Ok(Finding::pass(format!("it was clicked at {:.0}", clicked.received_at)));
    }
    if last.status != Status::Accepted || !matches!(evidence.event_of(last), Some((Some(Event::Arrived), _)))
    {
        return Err(Skipped::because("it is not known to have reached the phone"));
    }
    if let Some(finding) = on_phone(evidence)? {
        return Ok(finding);
    }
    let seen = "it reached OPPO's client on the phone; whether it was shown only the phone can tell";
    Ok(doubt(evidence, seen))
}

/// What a phone on a cable says: the notification is in the shade, or nothing on the phone keeps it from being shown.
fn on_phone(evidence: &Evidence) -> Result<Option<Finding>, Skipped> {
    let Ok((on_phone, _)) = evidence.app_on_phone() else { return Ok(None) };
    let phone = &on_phone.phone;
    let sent = sent::notification(evidence.last_sent()?);
    let title = sent.as_ref().and_then(|sent| sent::text(sent, "title"));
    if phone.shown.iter().any(|shown| shown.title.is_some() && shown.title.as_deref() == title) {
        return Ok(Some(Finding::pass("it is in the shade of the phone on the cable")));
    }
    let channel = on_phone.channel.as_deref();
    let channel = phone.of_app.channels.iter().find(|one| Some(one.id.as_str()) == channel);
    let importance = channel.and_then(|one| one.importance);
    Ok(match (phone.notifications_on, importance, phone.do_not_disturb) {
        (Some(false), ..) | (_, Some(Importance::None), _) => {
            return Err(Skipped::because("the phone does not show what is switched off on it"));
        }
        (Some(true), Some(_), Some(DoNotDisturb::Off)) => Some(Finding::pass(
            "it reached the phone, and nothing there keeps it from being shown: notifications and channel are on, Do Not Disturb is off; it is not in the shade now",
        )),
        _ => None,
    })
}

/// What only the phone can tell, and where on it to look.
fn doubt(evidence: &Evidence, seen: &str) -> Finding {
    let channel = im_message::channel(evidence).map(|channel| format!(" {channel}")).unwrap_or_default();
    let look = format!(
        "look at the phone: is the app's notification switch on, does the channel{channel} exist and is it on, is Do Not Disturb off? If it was shown, run this again with --seen"
    );
    Finding::unknown(seen, compared(evidence, look))
        .plainly("the last push reached the phone, and only the phone can tell whether it was shown")
}

/// A push that is shown while the app's own messages are not leaves the message and its sender.
fn compared(evidence: &Evidence, look: String) -> Remedy {
    match evidence.subject() {
        Ok(Subject { profile, user: Some(user), .. }) if profile.im.is_some() => Remedy::from(format!(
            "{look}; if it was and the app's own messages are not, send one plain text and compare"
        ))
        .command("im send --to <USER> --text <TEXT>")
        .with("USER", user)
        .with("TEXT", "see you at eight"),
        _ => Remedy::from(look),
    }
}
