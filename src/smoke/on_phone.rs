//! What the sandbox's phones have of the pushes of a case, and what a tap on them opens.

use std::time::Duration;

use crate::failure::Failure;
use crate::push::Delivered;
use crate::sandbox::control::Control;
use crate::sandbox::phone::{self, Message, Wanted};
use crate::smoke::{ClickWanted, Fact, OnPhone, ShownWanted, Tapped, judge_shown, judge_tap};

/// A push that OPPO took is on its phone at once, if it is ever to be there.
const AT_MOST: Duration = Duration::from_secs(5);

/// One for each push that was accepted.
pub(super) struct OnPhones(Vec<Option<Message>>);

impl OnPhones {
    pub(crate) async fn find(control: &Control, delivered: &[Delivered]) -> Result<OnPhones, Failure> {
        let mut found = Vec::new();
        for id in delivered.iter().filter_map(Delivered::message_id) {
            let wanted = Wanted { message_id: Some(id.to_owned()), ..Wanted::default() };
            found.push(control.wait(&wanted, AT_MOST).await?);
        }
        Ok(OnPhones(found))
    }

    pub(crate) fn shown(&self, wanted: &ShownWanted) -> Vec<Fact> {
        self.0.iter().map(|message| judge_shown(wanted, &on_phone(message.as_ref()))).collect()
    }

    pub(crate) async fn tapped(&self, control: &Control, wanted: &ClickWanted) -> Result<Vec<Fact>, Failure> {
        let mut facts = Vec::new();
        for message in &self.0 {
            let Some(message) = message else {
                let tapped = Tapped { reason: "it never reached a phone".into(), ..Tapped::default() };
                facts.push(judge_tap(wanted, &tapped));
                continue;
            };
            let tap = control.tap(&message.phone, Some(&message.message_id)).await?;
            let tapped = Tapped {
                opened: tap.target.as_deref().filter(|_| tap.opened),
                reason: why(tap.reason.as_deref()),
                extras: tap.extras,
            };
            facts.push(judge_tap(wanted, &tapped));
        }
        Ok(facts)
    }
}

fn on_phone(message: Option<&Message>) -> OnPhone<'_> {
    let Some(message) = message else { return OnPhone::default() };
    OnPhone {
        name: Some(&message.phone),
        stage: Some(message.stage.as_str()),
        reason: why(message.reason.as_deref()),
        title: message.title.as_deref(),
        content: message.content.as_deref(),
        sub_title: message.sub_title.as_deref(),
    }
}

/// The name of a reason with its meaning.
fn why(reason: Option<&str>) -> String {
    match reason.map(|reason| (reason, phone::explain(reason))) {
        Some((reason, Some(meaning))) => format!("{reason}, {meaning}"),
        Some((reason, None)) => reason.to_owned(),
        None => String::new(),
    }
}
