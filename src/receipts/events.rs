//! What each event that OPPO documents says, and what to do about it (OPPO reference, section 6). Words only.
//! What an event means for a push belongs to whoever asks.

use crate::failure::Remedy;
use crate::store::receipts::Event;

/// What an event says; `None` for one that is not known. No click is among those they have.
pub(crate) fn meaning(event: &str) -> Option<&'static str> {
    event.parse().ok().map(|event| match event {
        Event::Arrived => "reached OPPO's client on the phone; says nothing of display or click",
        Event::RegIdInvalid => {
            "the regId is no longer valid: uninstalled, unregistered, flashed, or offline for over 30 days"
        }
        Event::DailyLimit => "this phone has had as many notifications of the app as OPPO allows in a day",
        Event::NightControl => {
            "held back by the rules for delivery times, as its name says; OPPO does not document it"
        }
    })
}

/// What to do about a push of which this was reported; `None` if nothing is wrong with it.
pub(crate) fn remedy(event: Event) -> Option<Remedy> {
    match event {
        Event::Arrived => None,
        Event::RegIdInvalid => Some(Remedy::run(
            "let the app register again on that phone and report the new regId",
            "snippet token",
        )),
        Event::DailyLimit => Some(Remedy::say(
            "send again tomorrow; what is personal belongs to a class of message without this limit: --category",
        )),
        Event::NightControl => Some(Remedy::say(
            "send again in the daytime; what is personal belongs to a class of message that may come at night: --category",
        )),
    }
}
