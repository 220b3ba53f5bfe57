//! The events that OPPO documents, and what each says (OPPO reference, section 6). Data only.
//! What an event means for a push belongs to whoever asks.

/// The documented events. No click and no switched-off notification is among them.
const EVENTS: [(&str, &str); 3] = [
    ("push_arrive", "reached OPPO's client on the phone; says nothing of display or click"),
    (
        "regid_invalid",
        "the regId is no longer valid: uninstalled, unregistered, flashed, or offline for over 30 days",
    ),
    ("user_daily_limit", "this phone has had as many notifications of the app as OPPO allows in a day"),
];

/// What an event says; `None` for one that OPPO's documents do not have.
pub fn meaning(event: &str) -> Option<&'static str> {
    EVENTS.iter().find(|(name, _)| *name == event).map(|(_, meaning)| *meaning)
}
