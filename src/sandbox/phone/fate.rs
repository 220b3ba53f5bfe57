//! What becomes of one push at a phone whose state has not changed since it was last looked at: a pure judgement.
//! Storing the outcome belongs to `settle`.

use serde_json::{Map, Value};

use super::model::{Importance, Network, Phone};
use super::reasons::{Loss, Quiet, Wait};

/// Seconds a push is kept for an offline phone where it does not say. OPPO's default is unconfirmed.
const OFF_LINE_TTL: i64 = 86_400;
/// Larger values count as ten days (OPPO reference, section 5).
const OFF_LINE_TTL_MOST: i64 = 864_000;

/// A push on its way to the phone.
pub(super) struct Pending<'a> {
    /// The regId it was sent to.
    pub(crate) reg_id: &'a str,
    pub(crate) arrived_at: i64,
    /// When it got onto the phone, if it has.
    pub(crate) reached_at: Option<i64>,
    pub(crate) notification: &'a Map<String, Value>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nothing happens before `due_at` unless the phone changes.
    Waits {
        wait: Wait,
        reached_at: Option<i64>,
        due_at: i64,
    },
    Shown {
        reached_at: i64,
        at: i64,
        hide_at: Option<i64>,
        quiet: Option<Quiet>,
    },
    Lost {
        loss: Loss,
        at: i64,
    },
}

/// Judges a push at `now`. The phone's state must have held since the push was last judged.
pub(super) fn judge(phone: &Phone, pending: &Pending<'_>, now: i64) -> Fate {
    let reached_at = match pending.reached_at {
        Some(at) => at,
        None => match reach(phone, pending, now) {
            Ok(at) => at,
            Err(fate) => return fate,
        },
    };
    let mut at = reached_at;
    if whole(pending.notification, "show_time_type") == Some(1) {
        if whole(pending.notification, "show_end_time").is_some_and(|end| reached_at > end) {
            return Fate::Lost { loss: Loss::ShowWindowOver, at: reached_at };
        }
        let start = whole(pending.notification, "show_start_time").unwrap_or(reached_at);
        if now < start {
            return Fate::Waits { wait: Wait::ShowWindow, reached_at: Some(reached_at), due_at: start };
        }
        at = at.max(start);
    }
    if let Some(loss) = unshowable(phone, pending.notification) {
        return Fate::Lost { loss, at };
    }
    let ttl = whole(pending.notification, "show_ttl").filter(|ttl| *ttl > 0);
    let hide_at = ttl.map(|ttl| at.saturating_add(ttl.saturating_mul(1000)));
    Fate::Shown { reached_at, at, hide_at, quiet: quiet(phone, pending.notification) }
}

/// When the push gets onto the phone: now, unless the network or the registration is in the way.
fn reach(phone: &Phone, pending: &Pending<'_>, now: i64) -> Result<i64, Fate> {
    let wifi_only = whole(pending.notification, "network_type") == Some(1);
    let blocked = match phone.network {
        Network::Off => Some((Wait::Network, Loss::TtlOverWhileOffline)),
        Network::Mobile if wifi_only => Some((Wait::Wifi, Loss::TtlOverWithoutWifi)),
        Network::Mobile | Network::Wifi => None,
    };
    if let Some((wait, loss)) = blocked {
        if wait == Wait::Network && pending.notification.get("off_line") == Some(&Value::Bool(false)) {
            return Err(Fate::Lost { loss: Loss::PhoneOffline, at: now });
        }
        let ttl = whole(pending.notification, "off_line_ttl").unwrap_or(OFF_LINE_TTL);
        let due_at = pending.arrived_at.saturating_add(ttl.clamp(0, OFF_LINE_TTL_MOST) * 1000);
        return Err(if now >= due_at {
            Fate::Lost { loss, at: due_at }
        } else {
            Fate::Waits { wait, reached_at: None, due_at }
        });
    }
    if !phone.registered {
        return Err(Fate::Lost { loss: Loss::Unregistered, at: now });
    }
    // With verify_registration_id the phone compares by itself; without it, a replaced regId leads nowhere either.
    if phone.reg_id != pending.reg_id {
        return Err(Fate::Lost { loss: Loss::StaleRegId, at: now });
    }
    Ok(now)
}

/// Why a notification that is shown does not draw attention.
fn quiet(phone: &Phone, notification: &Map<String, Value>) -> Option<Quiet> {
    if phone.do_not_disturb {
        return Some(Quiet::DoNotDisturb);
    }
    if phone.android < 8 {
        return None;
    }
    let id = notification.get("channel_id").and_then(Value::as_str)?;
    let channel = phone.channels.iter().find(|channel| channel.id == id)?;
    matches!(channel.importance, Importance::Min | Importance::Low).then_some(Quiet::LowChannel)
}

/// Android's own reasons for not showing a notification.
fn unshowable(phone: &Phone, notification: &Map<String, Value>) -> Option<Loss> {
    if !phone.notifications {
        return Some(Loss::NotificationsOff);
    }
    if phone.android < 8 {
        return None;
    }
    let id = notification.get("channel_id").and_then(Value::as_str).filter(|id| !id.is_empty());
    let Some(id) = id else { return Some(Loss::NoChannelId) };
    match phone.channels.iter().find(|channel| channel.id == id) {
        None => Some(Loss::ChannelMissing),
        Some(channel) if channel.importance == Importance::None => Some(Loss::ChannelDisabled),
        Some(_) => None,
    }
}

/// A whole number of the notification.
fn whole(notification: &Map<String, Value>, key: &str) -> Option<i64> {
    notification.get(key).and_then(Value::as_i64)
}
