//! Phones and messages as text.

use super::super::times::rfc3339;
use crate::output::Page;
use crate::sandbox::phone::{self, Activity, Filter, Message, Network, Phone, PresenceState, Session};
use crate::sandbox::pictures::PictureShown;

/// Both words, for they collide: REST's Offline is not the SDK's.
pub(super) fn presence(session: &Session) -> String {
    format!("{} / {}", session.rest_state, session.sdk_state)
}

/// What the state means for a push.
pub(super) fn meaning(state: PresenceState) -> &'static str {
    match state {
        PresenceState::OnlineBackground => "The app called doBackground: the IM server pushes.",
        PresenceState::PushOnline => "The app is away, its user still logged in: the IM server pushes.",
        PresenceState::OnlineHidden => {
            "The app runs out of sight without doBackground: the IM server does not push."
        }
        PresenceState::OnlineUnreachable => {
            "The IM server notices the lost connection after 400 s, and does not push until then."
        }
        PresenceState::OnlineForeground => "The app runs: the IM server does not push.",
        PresenceState::LoggedOut => "The user logged out: the IM server does not push.",
        PresenceState::Kicked => "The user was kicked: the IM server does not push.",
        PresenceState::Expired => "The login ended after seven days away: the IM server does not push.",
    }
}

/// What keeps the phone from showing a push, in a few words.
pub(super) fn state(phone: &Phone) -> String {
    let words: Vec<&str> = [
        (!phone.registered, "not registered"),
        (!phone.notifications, "notifications off"),
        (phone.do_not_disturb, "do not disturb"),
        (phone.network == Network::Off, "offline"),
        (phone.channels.is_empty() && phone.android >= 8, "no channel"),
    ]
    .into_iter()
    .filter_map(|(holds, word)| holds.then_some(word))
    .collect();
    if words.is_empty() { "ok".to_owned() } else { words.join(", ") }
}

/// The notification switch, and Do Not Disturb where it is on.
fn switches(phone: &Phone) -> String {
    let switch = if phone.notifications { "on" } else { "off" };
    if phone.do_not_disturb { format!("{switch}, Do Not Disturb") } else { switch.to_owned() }
}

fn activity(activity: &Activity) -> String {
    let mut text = activity.name.clone();
    if !activity.exported {
        text.push_str(" (not exported)");
    }
    let filters: Vec<String> = activity.filters.iter().map(filter).collect();
    if !filters.is_empty() {
        text.push_str(&format!(" ({})", filters.join(", ")));
    }
    text
}

/// A filter's actions, and the URLs it takes.
fn filter(filter: &Filter) -> String {
    let mut words = filter.actions.clone();
    for scheme in &filter.data_schemes {
        let hosts = filter.data_hosts.join("|");
        words.push(format!("{scheme}://{hosts}{}", filter.data_paths.join("|")));
    }
    words.join(", ")
}

/// The phone's name and what it is.
pub(super) fn phone(phone: &Phone, page: &mut Page) {
    page.line(format!("Phone {}", phone.name));
    let channels = phone.channels.iter().map(|one| format!("{} ({})", one.id, one.importance.as_str()));
    let none = |list: Vec<String>, separator: &str| {
        if list.is_empty() { "none".into() } else { list.join(separator) }
    };
    let user = match &phone.session {
        Some(session) => format!("{}, {} (REST / SDK: {})", session.user, session.state, presence(session)),
        None => "none".into(),
    };
    page.pairs(&[
        ("phone", format!("{}, Android {}", phone.model, phone.android)),
        ("regId", phone.reg_id.clone()),
        ("alias", phone.alias.clone().unwrap_or_else(|| "none".into())),
        ("app", format!("{} (AppId {})", phone.package, phone.app_id)),
        ("channels", none(channels.collect(), ", ")),
        ("activities", none(phone.activities.iter().map(activity).collect(), "\n")),
        ("network", phone.network.as_str().to_owned()),
        ("notifications", switches(phone)),
        ("IM user", user),
    ]);
}

/// "Alice: see you at 8?", and why it is not shown or not heard.
/// Of a broadcast its task, and its pictures.
pub(in crate::commands::sandbox) fn message(message: &Message, pictures: &[PictureShown], page: &mut Page) {
    let words: Vec<&str> =
        [&message.title, &message.content].into_iter().flatten().map(String::as_str).collect();
    page.line(format!("  {}  \"{}\"", message.message_id, words.join(": ")));
    if let Some(task_id) = &message.task_id {
        page.line(format!("    broadcast {task_id}"));
    }
    for (kind, id) in message.pictures() {
        let about = match pictures.iter().find(|found| found.picture_id == id) {
            Some(found) => picture(found, page),
            None => format!("{id}: {}", kind.as_str()),
        };
        page.line(format!("    picture {about}"));
    }
    if let Some(reason) = &message.reason {
        match phone::explain(reason) {
            Some(meaning) => page.line(format!("    {reason}: {meaning}")),
            None => page.line(format!("    {reason}")),
        }
    }
}

/// `6f0c…: big, png, 876 x 324 pixels, 5000 bytes, until …`
pub(in crate::commands::sandbox) fn picture(found: &PictureShown, page: &Page) -> String {
    let PictureShown { picture_id, kind, format, width, height, bytes, until_ms, .. } = found;
    let until = page.time(&rfc3339(*until_ms));
    format!(
        "{picture_id}: {}, {format}, {width} x {height} pixels, {bytes} bytes, until {until}",
        kind.as_str()
    )
}
