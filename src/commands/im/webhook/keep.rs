//! From a callback to the rows that are kept of it, and the line that is shown.
//! What a change of presence means belongs to `push`.

use crate::failure::Failure;
use crate::im::webhook::{Action, Callback, Content, PushEvent, StateChange};
use crate::push::DEFAULT_DEVICE;
use crate::push::presence::of_platform;
use crate::store::Store;
use crate::store::devices::{self, Device};
use crate::store::im_events::{self, NewImEvent};
use crate::store::presence::{self as table, NewPresence, Platform, PresenceSource, PresenceState};

/// Keeps a callback. Everything that follows from it in the state database follows here.
pub(crate) fn keep(
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
            reason: Some(change.reason.clone()).filter(|reason| !reason.is_empty()),
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
        Content::State(change) => vec![of_state(bare, change, whole())],
        Content::Pushes(events) => events.iter().map(|event| of_push(bare.clone(), event)).collect(),
        Content::Other => vec![NewImEvent { body: whole(), ..bare }],
    }
}

fn of_state(bare: NewImEvent, change: &StateChange, body: String) -> NewImEvent {
    NewImEvent {
        user: Some(change.user.clone()),
        what: Some(<&str>::from(change.action).to_owned()),
        reason: Some(change.reason.clone()).filter(|reason| !reason.is_empty()),
        event_at: change.at,
        body,
        ..bare
    }
}

fn of_push(bare: NewImEvent, event: &PushEvent) -> NewImEvent {
    NewImEvent {
        user: Some(event.to.clone()),
        platform: event.platform.clone(),
        what: event.stage.map(|stage| <&str>::from(stage).to_owned()),
        reason: Some(event.info.clone()).filter(|info| !info.is_empty()),
        push_id: event.push_id.clone(),
        message_key: event.message_key.clone(),
        code: Some(event.code),
        event_at: event.at,
        body: event.body.to_string(),
        ..bare
    }
}

/// One line for each thing that a callback tells.
pub(crate) fn lines(callback: &Callback) -> Vec<String> {
    let command = &callback.command;
    match &callback.content {
        Content::State(change) => {
            let platform = change.platform.as_deref().map(|on| format!(" on {on}")).unwrap_or_default();
            let reason =
                if change.reason.is_empty() { String::new() } else { format!(" ({})", change.reason) };
            let kicked = match change.kicked.as_slice() {
                [] => String::new(),
                some => format!(", kicked {}", some.join(", ")),
            };
            vec![format!(
                "{command}  {}  {}{reason}{platform}{kicked}",
                change.user,
                <&str>::from(change.action)
            )]
        }
        Content::Pushes(events) => events
            .iter()
            .map(|event| {
                let stage = event.stage.map_or("an unknown stage", <&str>::from);
                let vendor = event.platform.as_deref().unwrap_or("unknown vendor");
                let id = event.push_id.as_deref().map(|id| format!("  push {id}")).unwrap_or_default();
                let code = match event.code {
                    0 => String::new(),
                    code => format!("  {code} {}", event.info),
                };
                format!("{command}  {}  {stage} by {vendor}{id}{code}", event.to)
            })
            .collect(),
        Content::Other => vec![format!("{command}  kept as it came")],
    }
}
