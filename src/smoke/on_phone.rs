//! What the sandbox's phones have of the pushes of a case, what a tap on them opens, and whether that is as expected.

use std::time::Duration;

use super::model::{ClickWanted, ShownWanted};
use super::verdict::Fact;
use crate::failure::{Failure, Remedy};
use crate::push::Delivered;
use crate::sandbox::control::Control;
use crate::sandbox::phone::{self, Message, Stage, Tap, Wanted};

/// A push that OPPO took is on its phone at once, if it is ever to be there.
const AT_MOST: Duration = Duration::from_secs(5);

/// The message of each push that was accepted, where it reached a phone.
pub(super) async fn messages(
    control: &Control,
    delivered: &[Delivered],
) -> Result<Vec<Option<Message>>, Failure> {
    let mut found = Vec::new();
    for id in delivered.iter().filter_map(Delivered::message_id) {
        let wanted = Wanted { message_id: Some(id.to_owned()), ..Wanted::default() };
        found.push(control.wait(&wanted, AT_MOST).await?);
    }
    Ok(found)
}

/// Taps it, and holds what opens against what is expected.
pub(super) async fn tapped(
    control: &Control,
    message: Option<&Message>,
    wanted: &ClickWanted,
) -> Result<Fact, Failure> {
    let tap = match message {
        Some(message) => control.tap(&message.phone, Some(&message.message_id)).await?,
        None => Tap { reason: Some("it never reached a phone".into()), ..Tap::default() },
    };
    Ok(judge_tap(wanted, &tap))
}

/// Holds what the phone shows against what is expected; without a message, it never reached a phone.
pub(super) fn judge_shown(wanted: &ShownWanted, message: Option<&Message>) -> Fact {
    let look = Remedy::run("see the phone", "sandbox phone show <NAME>");
    let look = message.map_or(look.clone(), |message| look.with("NAME", &message.phone));
    let reason = message.map(|message| why(message.reason.as_deref())).unwrap_or_default();
    let shown = message.filter(|message| message.stage == Stage::Shown);
    let ShownWanted::Yes { title, content, sub_title } = wanted else {
        return match shown {
            Some(_) => Fact::fail("shown, and expected not to be", look),
            None => Fact::pass(format!("not shown, {reason}").trim_end_matches(", ")),
        };
    };
    let Some(shown) = shown else {
        let state = match message {
            None => "it never reached a phone".to_owned(),
            Some(message) => format!("it is {}: {reason}", message.stage.as_str()),
        };
        return Fact::fail(format!("not shown: {}", state.trim_end_matches(": ")), look);
    };
    let texts = [
        ("title", title, &shown.title),
        ("content", content, &shown.content),
        ("sub_title", sub_title, &shown.sub_title),
    ];
    for (name, wanted, found) in texts {
        if let Some(expected) = wanted
            && wanted != found
        {
            let found = found.as_ref().map_or("nothing".to_owned(), |found| format!("{found:?}"));
            return Fact::fail(
                format!("shown with {name} {found}"),
                format!("{name} {expected:?} is expected"),
            );
        }
    }
    Fact::pass("shown")
}

/// Holds a tap against what is expected of it.
fn judge_tap(wanted: &ClickWanted, tap: &Tap) -> Fact {
    match (wanted, tap.target.as_ref().filter(|_| tap.opened)) {
        (ClickWanted::Nothing, None) => Fact::pass("a tap opened nothing"),
        (ClickWanted::Nothing, Some(opened)) => {
            Fact::fail(format!("a tap opened {opened}"), "nothing is expected to open")
        }
        (ClickWanted::Opens { opened, .. }, None) => {
            let hint = Remedy::from(format!("{opened} is expected; see what the app must declare"));
            let seen = format!("a tap opened nothing: {}", why(tap.reason.as_deref()));
            Fact::fail(seen, hint.command("snippet manifest"))
        }
        (ClickWanted::Opens { opened, .. }, Some(found)) if opened != found => {
            Fact::fail(format!("a tap opened {found}"), format!("{opened} is expected"))
        }
        (ClickWanted::Opens { opened, extras }, Some(_)) => {
            let Some((key, value)) = extras.iter().find(|(key, value)| tap.extras.get(*key) != Some(value))
            else {
                return Fact::pass(format!("a tap opened {opened}"));
            };
            let found = tap.extras.get(key).map_or("no such extra".into(), |found| format!("{found:?}"));
            Fact::fail(
                format!("a tap opened {opened} with {key}: {found}"),
                format!("{key} = {value:?} is expected"),
            )
        }
    }
}

/// The name of a reason with its meaning.
fn why(reason: Option<&str>) -> String {
    let Some(reason) = reason else { return String::new() };
    phone::explain(reason).map_or(reason.to_owned(), |meaning| format!("{reason}, {meaning}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{from_value, json};

    use super::*;
    use crate::smoke::CaseVerdict;

    fn yes(title: &str) -> ShownWanted {
        ShownWanted::Yes { title: Some(title.into()), content: None, sub_title: None }
    }

    fn message(stage: &str, reason: Option<&str>) -> Message {
        let message = json!({
            "message_id": "m", "phone": "p", "reg_id": "CN_1", "stage": stage, "reason": reason, "title": "t",
            "sub_title": null, "content": null, "channel_id": null, "click_action_type": 0, "arrived_at": 0,
            "shown_at": null, "at": 0, "notification": {},
        });
        from_value(message).unwrap()
    }

    #[test]
    fn what_a_phone_shows() {
        let (shown, dropped) = (message("shown", None), message("dropped", Some("a-reason")));
        assert_eq!(judge_shown(&yes("t"), Some(&shown)).verdict, CaseVerdict::Pass);
        assert_eq!(judge_shown(&yes("u"), Some(&shown)).seen, "shown with title \"t\"");
        assert_eq!(judge_shown(&yes("t"), Some(&dropped)).seen, "not shown: it is dropped: a-reason");
        assert_eq!(judge_shown(&ShownWanted::Not, Some(&dropped)), Fact::pass("not shown, a-reason"));
        assert_eq!(judge_shown(&ShownWanted::Not, Some(&shown)).verdict, CaseVerdict::Fail);
        assert_eq!(judge_shown(&yes("t"), None).verdict, CaseVerdict::Fail);
        assert_eq!(judge_shown(&ShownWanted::Not, None), Fact::pass("not shown"));
    }

    #[test]
    fn what_a_tap_opens() {
        let extras = BTreeMap::from([("k".to_owned(), "v".to_owned()), ("other".to_owned(), "x".to_owned())]);
        let tap = Tap { opened: true, target: Some("A".into()), extras, ..Tap::default() };
        let opens = |opened: &str, key: &str, value: &str| ClickWanted::Opens {
            opened: opened.into(),
            extras: BTreeMap::from([(key.to_owned(), value.to_owned())]),
        };
        assert_eq!(judge_tap(&opens("A", "k", "v"), &tap).verdict, CaseVerdict::Pass);
        assert_eq!(judge_tap(&opens("B", "k", "v"), &tap).seen, "a tap opened A");
        assert_eq!(judge_tap(&opens("A", "k", "w"), &tap).seen, "a tap opened A with k: \"v\"");
        assert_eq!(judge_tap(&opens("A", "z", "w"), &tap).seen, "a tap opened A with z: no such extra");
        assert_eq!(judge_tap(&ClickWanted::Nothing, &tap).verdict, CaseVerdict::Fail);
        let nothing = Tap { reason: Some("a-reason".into()), ..Tap::default() };
        assert_eq!(judge_tap(&ClickWanted::Nothing, &nothing).verdict, CaseVerdict::Pass);
        assert!(judge_tap(&opens("A", "k", "v"), &nothing).seen.ends_with("a-reason"));
    }
}
