//! What the IM server's callbacks leave in the state database: the events, and the presence that follows from them.

use super::presence::of_platform;
use super::reports::DEFAULT_DEVICE;
use crate::failure::Failure;
use crate::im::webhook::{Action, Callback, Content, StateChange};
use crate::store::Store;
use crate::store::devices::{self, Device};
use crate::store::im_events::{self, NewImEvent};
use crate::store::presence::{self as table, NewPresence, Platform, PresenceSource, PresenceState};

/// Keeps a callback. Everything that follows from it in the state database follows here.
pub(crate) fn keep_callback(
    store: &Store,
    profile: &str,
    sdk_app_id: u32,
    callback: &Callback,
) -> Result<(), Failure> {
    im_events::record(store, &rows(profile, sdk_app_id, callback))?;
    if let Content::State(change) = &callback.content {
        presence(store, profile, change)?;
    }
    Ok(())
}

/// The server names platforms, not devices: what it says holds for the user's devices of that platform, else for one
/// named after it. A login has kicked whom it names; nothing is worked out here.
fn presence(store: &Store, profile: &str, change: &StateChange) -> Result<(), Failure> {
    let at = change.at.unwrap_or_else(|| store.now());
    let state = match change.action {
        Action::Login => PresenceState::Online,
        Action::Logout => PresenceState::LoggedOut,
        Action::Disconnect => PresenceState::Killed,
    };
    let known = devices::list(store, profile, Some(&change.user))?;
    let here = change.platform.as_deref().and_then(terminal);
    let kicked = change.kicked.iter().filter_map(|word| terminal(word)).filter(|kind| Some(*kind) != here);
    let new = |kind: Option<Platform>, state| {
        let mut names = of_platform(&known, kind);
        if names.is_empty() {
            names.push(name_of(&known, kind).to_owned());
        }
        names.into_iter().map(move |device| NewPresence {
            device,
            platform: kind,
            state,
            source: PresenceSource::Webhook,
            reason: not_empty(&change.reason),
        })
    };
    let others = kicked.flat_map(|kind| new(Some(kind), PresenceState::Kicked));
    for new in others.chain(new(here, state)) {
        table::record(store, profile, &change.user, &new, at)?;
    }
    Ok(())
}

/// The name of a device that has none yet: as a report without a name calls it, where that name is free and it is
/// a phone that could report; else after its kind.
fn name_of(known: &[Device], kind: Option<Platform>) -> &'static str {
    let taken = known.iter().any(|device| device.name == DEFAULT_DEVICE);
    match kind {
        Some(kind) if kind != Platform::Android || taken => kind.into(),
        _ => DEFAULT_DEVICE,
    }
}

/// The kind of terminal that OptPlatform or KickedDevice names; none where the cause lies elsewhere, such as RESTAPI
/// (tencent-im-push reference, section 9).
fn terminal(word: &str) -> Option<Platform> {
    match word.to_ascii_lowercase().as_str() {
        "ios" => Some(Platform::IPhone),
        "windows" => Some(Platform::Pc),
        word => word.parse().ok(),
    }
}

fn rows(profile: &str, sdk_app_id: u32, callback: &Callback) -> Vec<NewImEvent> {
    let bare = NewImEvent {
        profile: profile.to_owned(),
        sdk_app_id,
        command: callback.command.clone(),
        platform: callback.platform.clone(),
        ..NewImEvent::default()
    };
    let whole = || serde_json::Value::Object(callback.body.clone()).to_string();
    match &callback.content {
        Content::State(change) => vec![NewImEvent {
            user: Some(change.user.clone()),
            what: Some(change.action.to_string()),
            reason: not_empty(&change.reason),
            event_at: change.at,
            body: whole(),
            ..bare
        }],
        Content::Pushes(events) => Vec::from_iter(events.iter().map(|event| NewImEvent {
            user: Some(event.to.clone()),
            platform: event.platform.clone(),
            what: event.stage.map(|stage| stage.to_string()),
            reason: not_empty(&event.info),
            push_id: event.push_id.clone(),
            message_key: event.message_key.clone(),
            code: Some(event.code),
            event_at: event.at,
            body: event.body.to_string(),
            ..bare.clone()
        })),
        Content::Other => vec![NewImEvent { body: whole(), ..bare }],
    }
}

fn not_empty(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}
