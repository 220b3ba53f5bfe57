//! One callback that the IM server posts: which app it is for, and what it says of presence and pushes.

use serde_json::{Map, Value};
use strum::{Display, EnumString, FromRepr};

use super::super::envelope;
use super::super::envelope::{int, objects, text};
use super::super::trace::platform_name;
use crate::clock::Timestamp;

/// One callback, as it came and as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Callback {
    /// Such as `State.StateChange`.
    pub(crate) command: String,
    /// Where the cause lies: `Android`, `RESTAPI` ...
    pub(crate) platform: Option<String>,
    pub(crate) body: Map<String, Value>,
    pub(crate) content: Content,
}

/// What a callback says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    State(StateChange),
    /// `Push.OfflinePush` and `Push.AllMemberPush`.
    Pushes(Vec<PushEvent>),
    /// A command that opush does not read, or one that is not as documented. It is kept all the same.
    Other,
}

/// Reads a callback; else the HTTP status, and why the request is not one of this app, and nothing is kept. The app is
/// checked first: a webhook's address is not a secret.
pub(crate) fn read(query: &str, body: &[u8], sdk_app_id: u32) -> Result<Callback, (u16, String)> {
    let rejected = |status: u16, why: &str| Err((status, why.to_owned()));
    let parameter = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| envelope::cut(&value))
    };
    let Some(app) = parameter("SdkAppid") else { return rejected(403, "the URL names no SdkAppid") };
    if app.parse() != Ok(sdk_app_id) {
        return rejected(403, &format!("it is for SDKAppID {app:?}, not {sdk_app_id}"));
    }
    let Ok(Value::Object(body)) = serde_json::from_slice(body) else {
        return rejected(400, "the body is not a JSON object");
    };
    let named = envelope::text(body.get("CallbackCommand")).filter(|command| !command.is_empty());
    let command = match (parameter("CallbackCommand").filter(|command| !command.is_empty()), named) {
        (Some(url), Some(body)) if url != body => {
            return rejected(400, &format!("the URL names CallbackCommand {url:?}, the body {body:?}"));
        }
        (Some(command), _) | (None, Some(command)) => command,
        (None, None) => return rejected(400, "neither the URL nor the body names a CallbackCommand"),
    };
    let platform = parameter("OptPlatform");
    let content = match command.as_str() {
        "State.StateChange" => StateChange::read(&body, platform.as_deref()).map(Content::State),
        "Push.OfflinePush" | "Push.AllMemberPush" => PushEvent::read_all(&body).map(Content::Pushes),
        _ => None,
    };
    Ok(Callback { command, platform, body, content: content.unwrap_or(Content::Other) })
}

/// `State.StateChange`: a user's login came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StateChange {
    pub(crate) user: String,
    pub(crate) action: Action,
    /// `Register`, `Unregister`, `LinkClose`, `TimeOut`, or another word.
    pub(crate) reason: String,
    /// The terminal, as OptPlatform names it; `None` where the URL lacks it or says `Unknown`.
    pub(crate) platform: Option<String>,
    /// The server's own time, of newer versions.
    pub(crate) at: Option<Timestamp>,
    /// Platforms with a login that this one ended.
    pub(crate) kicked: Vec<String>,
}

/// What happened to a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString)]
pub(crate) enum Action {
    Login,
    Logout,
    /// The connection is gone, the login is not: pushes go to it.
    Disconnect,
}

impl StateChange {
    pub(super) fn read(body: &Map<String, Value>, platform: Option<&str>) -> Option<StateChange> {
        let info = body.get("Info")?.as_object()?;
        let action = text(info.get("Action"))?.parse().ok()?;
        let platform = platform.filter(|platform| !platform.is_empty() && *platform != "Unknown");
        Some(StateChange {
            user: text(info.get("To_Account")).filter(|user| !user.is_empty())?,
            action,
            reason: text(info.get("Reason")).unwrap_or_default(),
            platform: platform.map(str::to_owned),
            at: int(body.get("EventTime")).and_then(|ms| Timestamp::from_millisecond(ms).ok()),
            kicked: objects(body, "KickedDevice").filter_map(|device| text(device.get("Platform"))).collect(),
        })
    }
}

/// One step in the life of a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PushEvent {
    pub(crate) push_id: Option<String>,
    pub(crate) from: Option<String>,
    pub(crate) to: String,
    /// The vendor's name, such as `OPPO`.
    pub(crate) platform: Option<String>,
    pub(crate) stage: Option<Stage>,
    /// The message that was pushed; a group's has none.
    pub(crate) message_key: Option<String>,
    pub(crate) task_id: Option<String>,
    pub(crate) code: i64,
    pub(crate) info: String,
    pub(crate) at: Option<Timestamp>,
    /// The event as it came.
    pub(crate) body: Value,
}

/// How far a push came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, FromRepr)]
#[strum(serialize_all = "lowercase")]
#[repr(i64)]
pub(crate) enum Stage {
    Sent = 1,
    Reached,
    Clicked,
}

impl PushEvent {
    /// Every event of a callback; `None` if there is none that names its receiver.
    pub(super) fn read_all(body: &Map<String, Value>) -> Option<Vec<PushEvent>> {
        let events: Vec<PushEvent> = objects(body, "Events").filter_map(PushEvent::read).collect();
        if events.is_empty() { None } else { Some(events) }
    }

    fn read(event: &Map<String, Value>) -> Option<PushEvent> {
        Some(PushEvent {
            push_id: text(event.get("PushID")),
            from: text(event.get("From_Account")),
            to: text(event.get("To_Account"))?,
            platform: int(event.get("PushPlatform")).and_then(platform_name).map(str::to_owned),
            stage: int(event.get("PushStage")).and_then(Stage::from_repr),
            message_key: text(event.get("MsgKey")),
            task_id: text(event.get("TaskId")),
            code: int(event.get("ErrCode")).unwrap_or(0),
            info: text(event.get("ErrInfo")).unwrap_or_default(),
            at: int(event.get("EventTime")).and_then(|second| Timestamp::from_second(second).ok()),
            body: Value::Object(event.clone()),
        })
    }
}
