//! One callback that the IM server posts: which app it is for, and what it says of presence and pushes.

use serde_json::{Map, Value};

use super::super::envelope;
use super::events::{PushEvent, StateChange};

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

/// Why a request is not a callback of this app. It is answered with the HTTP status, and nothing is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Rejected {
    #[error("the URL names no SdkAppid")]
    NoApp,
    #[error("it is for SDKAppID {found:?}, not {expected}")]
    OtherApp { found: String, expected: u32 },
    #[error("neither the URL nor the body names a CallbackCommand")]
    NoCommand,
    #[error("the URL names CallbackCommand {url:?}, the body {body:?}")]
    TwoCommands { url: String, body: String },
    #[error("the body is not a JSON object")]
    NotAnObject,
}

impl Rejected {
    pub(crate) fn status(&self) -> u16 {
        match self {
            Rejected::NoApp | Rejected::OtherApp { .. } => 403,
            Rejected::NoCommand | Rejected::TwoCommands { .. } | Rejected::NotAnObject => 400,
        }
    }
}

/// Reads a callback. The app is checked first: a webhook's address is not a secret.
pub(crate) fn read(query: &str, body: &[u8], sdk_app_id: u32) -> Result<Callback, Rejected> {
    let parameter = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| envelope::cut(&value))
    };
    let app = parameter("SdkAppid").ok_or(Rejected::NoApp)?;
    if app.parse() != Ok(sdk_app_id) {
        return Err(Rejected::OtherApp { found: app, expected: sdk_app_id });
    }
    let Ok(Value::Object(body)) = serde_json::from_slice(body) else { return Err(Rejected::NotAnObject) };
    let named = envelope::text(body.get("CallbackCommand")).filter(|command| !command.is_empty());
    let command = match (parameter("CallbackCommand").filter(|command| !command.is_empty()), named) {
        (Some(url), Some(body)) if url != body => return Err(Rejected::TwoCommands { url, body }),
        (Some(command), _) | (None, Some(command)) => command,
        (None, None) => return Err(Rejected::NoCommand),
    };
    let platform = parameter("OptPlatform");
    let content = match command.as_str() {
        "State.StateChange" => StateChange::read(&body, platform.as_deref()).map(Content::State),
        "Push.OfflinePush" | "Push.AllMemberPush" => PushEvent::read_all(&body).map(Content::Pushes),
        _ => None,
    };
    Ok(Callback { command, platform, body, content: content.unwrap_or(Content::Other) })
}
