//! What an object is that somebody calls a message: OPPO's notification, what is around it, or another call's request.

use super::fields::Field;
use crate::failure::Remedy;
use serde_json::{Map, Value};
use strum::IntoStaticStr;

/// The form of a message (OPPO reference, section 4; IM reference, sections 7, 8 and 10). The words say what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
pub(crate) enum Form {
    #[strum(serialize = "OPPO's notification")]
    Notification,
    #[strum(serialize = "a whole message of OPPO's unicast")]
    Message,
    #[strum(serialize = "the body of OPPO's unicast_batch")]
    MessageBatch,
    #[strum(serialize = "the body of openim/sendmsg")]
    ImMessage,
    #[strum(serialize = "the body of openim/batchsendmsg, one message to several users")]
    ImBatch,
    #[strum(serialize = "the body of a group message")]
    ImGroup,
    #[strum(serialize = "the body of a push of the push plugin, without a chat message")]
    PushPlugin,
    #[strum(serialize = "an OfflinePushInfo by itself")]
    OfflinePushInfo,
    /// None of these.
    #[strum(serialize = "no message that opush knows")]
    Unknown,
}

impl Form {
    /// What an object is, by its keys.
    pub(crate) fn of(map: &Map<String, Value>) -> Form {
        let has = |keys: &[&str]| keys.iter().any(|key| map.contains_key(*key));
        if has(&["notification"]) {
            return Form::Message;
        }
        if has(&["messages"]) {
            return Form::MessageBatch;
        }
        if has(&["GroupId"]) {
            return Form::ImGroup;
        }
        let to_several = map.get("To_Account").is_some_and(Value::is_array);
        if has(&["Condition", "DataId"]) || to_several && !has(&["MsgBody"]) {
            return Form::PushPlugin;
        }
        if to_several {
            return Form::ImBatch;
        }
        if has(&["MsgBody", "To_Account", "From_Account", "OfflinePushInfo", "MsgRandom"]) {
            return Form::ImMessage;
        }
        if has(&["AndroidInfo", "ApnsInfo", "Desc", "Ext", "PushFlag"]) {
            return Form::OfflinePushInfo;
        }
        if map.keys().any(|key| Field::named(&snake_case(key)).is_some()) {
            return Form::Notification;
        }
        Form::Unknown
    }

    /// What is sent instead by which command, where this form can't be sent to one phone or user as it is.
    pub(crate) fn instead(self) -> Option<Remedy> {
        const IM_SEND: &str = "im send --message-file <FILE>";
        Some(match self {
            Form::Notification | Form::Message | Form::Unknown => return None,
            Form::MessageBatch => Remedy::say("send its messages one by one, each as a file of its own"),
            Form::ImMessage => Remedy::run("send it by the IM server", IM_SEND),
            Form::ImBatch => {
                Remedy::run("send it to each user by itself", "im send --message-file <FILE> --to <USER>")
            }
            Form::ImGroup => Remedy::say(
                "opush im send reaches one user: keep MsgBody and OfflinePushInfo, and name a member with --to",
            ),
            Form::PushPlugin => Remedy::say(
                "opush makes no call of the push plugin: keep OfflinePushInfo alone, and send it with opush im send --to USER --text TEXT",
            ),
            Form::OfflinePushInfo => Remedy::run(
                "it goes with a chat message, by the IM server",
                "im send --message-file <FILE> --to <USER> --text <TEXT>",
            ),
        })
    }
}

/// The fields of a form body (`auth_token=…&message=…`), if the text is one; none of its values has been looked at.
pub(crate) fn form_body(text: &str) -> Option<Map<String, Value>> {
    let text = text.trim();
    let is_field = |name: &str| {
        ["auth_token", "message", "messages", "message_id"].contains(&name)
            || Field::named(&snake_case(name)).is_some()
    };
    let pair = |pair: &str| {
        pair.split_once('=').is_some_and(|(name, value)| {
            name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !value.starts_with(['"', '\''])
        })
    };
    let fits = !text.contains(char::is_whitespace) && text.split('&').all(pair);
    let pairs = url::form_urlencoded::parse(text.as_bytes());
    let map: Map<String, Value> =
        pairs.filter(|_| fits).map(|(name, value)| (name.into_owned(), value.into_owned().into())).collect();
    map.keys().any(|name| is_field(name)).then_some(map)
}

/// `offLineTtl` and `off-line-ttl` as `off_line_ttl`.
pub(crate) fn snake_case(key: &str) -> String {
    // A run of capitals is one word.
    let (mut out, mut before_upper) = (String::new(), false);
    for c in key.chars() {
        if c.is_ascii_uppercase() && !before_upper && !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        out.push(if c == '-' { '_' } else { c.to_ascii_lowercase() });
        before_upper = c.is_ascii_uppercase();
    }
    out
}
