//! Phones and messages as they are printed.
//! What they mean belongs to `sandbox/phone`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::output::Page;
use crate::sandbox::phone::{self, Message};

/// One simulated phone.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Phone {
    pub name: String,
    pub reg_id: String,
    pub(crate) app_id: String,
    pub(crate) package: String,
    pub(crate) brand: String,
    pub(crate) model: String,
    pub(crate) android: u8,
    pub(crate) alias: Option<String>,
    /// wifi, mobile or off.
    pub(crate) network: String,
    /// The app's notification switch.
    pub(crate) notifications_enabled: bool,
    /// Android's Do Not Disturb: what comes is in the shade, without a sound.
    pub(crate) do_not_disturb: bool,
    /// Whether the app's push registration stands.
    pub(crate) registered: bool,
    pub(crate) channels: Vec<Channel>,
    pub(crate) activities: Vec<Activity>,
    /// How many notifications are in the shade.
    pub(crate) shown: u32,
    /// Who is, or was, logged in to the IM app on it; null where nobody ever was.
    pub(crate) session: Option<Session>,
}

/// An IM user's session on a phone.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Session {
    pub(crate) user: String,
    /// online-foreground, online-hidden, online-background, online-unreachable, push-online, logged-out, kicked or expired.
    pub(crate) state: String,
    /// Online, PushOnline or Offline: the REST API's words.
    pub(crate) rest_state: String,
    /// ONLINE, OFFLINE or UNLOGINED: the client SDK's words for the same.
    pub(crate) sdk_state: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) since: i64,
    /// The certificate ID that the app reported; null where it reported none.
    pub(crate) certificate_id: Option<i64>,
}

impl Session {
    /// Both words, for they collide: REST's Offline is not the SDK's.
    pub(crate) fn words(&self) -> String {
        format!("{} / {}", self.rest_state, self.sdk_state)
    }

    /// What the state means for a push.
    pub(crate) fn meaning(&self) -> &'static str {
        match self.state.as_str() {
            "online-background" => "The app called doBackground: the IM server pushes.",
            "push-online" => "The app is away, its user still logged in: the IM server pushes.",
            "online-hidden" => "The app runs out of sight without doBackground: the IM server does not push.",
            "online-unreachable" => {
                "The IM server notices the lost connection after 400 s, and does not push until then."
            }
            "online-foreground" => "The app runs: the IM server does not push.",
            "logged-out" => "The user logged out: the IM server does not push.",
            "kicked" => "The user was kicked: the IM server does not push.",
            _ => "The login ended after seven days away: the IM server does not push.",
        }
    }
}

/// A NotificationChannel that the app created.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Channel {
    pub(crate) id: String,
    /// none, min, low, default or high.
    pub(crate) importance: String,
}

/// An Activity that the app declares.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Activity {
    name: String,
    exported: bool,
    filters: Vec<Filter>,
}

/// An intent filter.
#[derive(Debug, Serialize, JsonSchema)]
struct Filter {
    actions: Vec<String>,
    categories: Vec<String>,
    /// Not empty: the filter has a data element.
    data_schemes: Vec<String>,
}

impl From<phone::Phone> for Phone {
    fn from(phone: phone::Phone) -> Self {
        let activity = |activity: phone::Activity| Activity {
            name: activity.name,
            exported: activity.exported,
            filters: activity
                .filters
                .into_iter()
                .map(|filter| Filter {
                    actions: filter.actions,
                    categories: filter.categories,
                    data_schemes: filter.data_schemes,
                })
                .collect(),
        };
        let channel = |channel: phone::Channel| Channel {
            id: channel.id,
            importance: channel.importance.as_str().into(),
        };
        Phone {
            name: phone.name,
            reg_id: phone.reg_id,
            app_id: phone.app_id,
            package: phone.package,
            brand: phone.brand.as_str().into(),
            model: phone.model,
            android: phone.android,
            alias: phone.alias,
            network: phone.network.as_str().into(),
            notifications_enabled: phone.notifications,
            do_not_disturb: phone.do_not_disturb,
            registered: phone.registered,
            channels: phone.channels.into_iter().map(channel).collect(),
            activities: phone.activities.into_iter().map(activity).collect(),
            shown: phone.shown,
            session: phone.session.map(|session| Session {
                user: session.user,
                state: session.state.to_string(),
                rest_state: session.rest_state.to_string(),
                sdk_state: session.sdk_state.to_string(),
                since: session.since,
                certificate_id: session.certificate_id,
            }),
        }
    }
}

impl Phone {
    /// What stands in the way of showing a push, in a few words.
    pub(crate) fn state(&self) -> String {
        let mut words = Vec::new();
        if !self.registered {
            words.push("not registered".to_owned());
        }
        if !self.notifications_enabled {
            words.push("notifications off".to_owned());
        }
        if self.do_not_disturb {
            words.push("do not disturb".to_owned());
        }
        if self.network == "off" {
            words.push("offline".to_owned());
        }
        if self.channels.is_empty() && self.android >= 8 {
            words.push("no channel".to_owned());
        }
        if words.is_empty() { "ok".to_owned() } else { words.join(", ") }
    }

    /// The notification switch, and Do Not Disturb where it is on.
    fn switches(&self) -> String {
        let switch = if self.notifications_enabled { "on" } else { "off" };
        if self.do_not_disturb { format!("{switch}, Do Not Disturb") } else { switch.to_owned() }
    }

    pub(crate) fn pairs(&self, page: &mut Page) {
        let channels: Vec<String> =
            self.channels.iter().map(|channel| format!("{} ({})", channel.id, channel.importance)).collect();
        let activities: Vec<String> = self
            .activities
            .iter()
            .map(|activity| {
                let mut text = activity.name.clone();
                if !activity.exported {
                    text.push_str(" (not exported)");
                }
                let actions: Vec<&str> =
                    activity.filters.iter().flat_map(|filter| &filter.actions).map(String::as_str).collect();
                if !actions.is_empty() {
                    text.push_str(&format!(" ({})", actions.join(", ")));
                }
                text
            })
            .collect();
        let none = |list: Vec<String>, separator: &str| {
            if list.is_empty() { "none".into() } else { list.join(separator) }
        };
        let user = match &self.session {
            Some(session) => format!("{}, {} (REST / SDK: {})", session.user, session.state, session.words()),
            None => "nobody".into(),
        };
        page.pairs(&[
            ("phone", format!("{}, Android {}", self.model, self.android)),
            ("regId", self.reg_id.clone()),
            ("alias", self.alias.clone().unwrap_or_else(|| "none".into())),
            ("app", format!("{} (AppId {})", self.package, self.app_id)),
            ("channels", none(channels, ", ")),
            ("activities", none(activities, "\n")),
            ("network", self.network.clone()),
            ("notifications", self.switches()),
            ("IM user", user),
        ]);
    }
}

/// One push on a phone: shown, held, dropped ...
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MessageJson {
    pub(crate) message_id: String,
    pub(crate) reg_id: String,
    /// held, shown, dropped, opened, dismissed, replaced or hidden.
    pub(crate) stage: String,
    /// Why it was dropped, what it waits for, or why it is shown without a sound.
    pub(crate) reason: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) sub_title: Option<String>,
    pub(crate) content: Option<String>,
    pub(crate) channel_id: Option<String>,
    pub(crate) click_action_type: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) arrived_at: i64,
    pub(crate) shown_at: Option<i64>,
    /// The whole notification as OPPO took it.
    pub(crate) notification: Map<String, Value>,
}

impl From<Message> for MessageJson {
    fn from(message: Message) -> Self {
        MessageJson {
            message_id: message.message_id,
            reg_id: message.reg_id,
            stage: message.stage.as_str().into(),
            reason: message.reason,
            title: message.title,
            sub_title: message.sub_title,
            content: message.content,
            channel_id: message.channel_id,
            click_action_type: message.click_action_type,
            arrived_at: message.arrived_at,
            shown_at: message.shown_at,
            notification: message.notification,
        }
    }
}

impl MessageJson {
    /// "Alice: see you at 8?"
    pub(crate) fn words(&self) -> String {
        let words: Vec<&str> =
            [self.title.as_deref(), self.content.as_deref()].into_iter().flatten().collect();
        words.join(": ")
    }

    /// The reason with its meaning.
    pub(crate) fn why(&self) -> String {
        let reason = self.reason.as_deref().unwrap_or_default();
        match phone::explain(reason) {
            Some(meaning) => format!("{reason}: {meaning}"),
            None => reason.to_owned(),
        }
    }
}
