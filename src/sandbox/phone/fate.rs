//! What becomes of one push at a phone with a state unchanged since the last look: a pure judgement.

use serde_json::{Map, Value};

use super::model::{Importance, Network};
use super::names::SYSTEM_CHANNELS;
use super::reasons::{LossReason, QuietReason, WaitReason};
use super::receiver::Receiver;

/// Seconds a push is kept for an offline phone where it does not say. OPPO's default is unconfirmed.
const OFF_LINE_TTL: i64 = 86_400;
/// Larger values count as ten days (OPPO reference, section 5).
const OFF_LINE_TTL_MOST: i64 = 864_000;

/// A push on its way to the phone.
pub(super) struct PendingPush<'a> {
    /// The regId it was sent to.
    pub(crate) reg_id: &'a str,
    pub(crate) arrived_at: i64,
    /// When it got onto the phone, if it has.
    pub(crate) reached_at: Option<i64>,
    pub(crate) notification: &'a Map<String, Value>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum PushOutcome {
    /// Nothing happens before `due_at` unless the phone changes.
    Waits {
        wait: WaitReason,
        reached_at: Option<i64>,
        due_at: i64,
    },
    Shown {
        reached_at: i64,
        at: i64,
        hide_at: Option<i64>,
        quiet: Option<QuietReason>,
    },
    Lost {
        loss: LossReason,
        at: i64,
    },
}

/// Judges a push at `now`. The phone's state must have held since the push was last judged.
pub(super) fn judge(phone: &Receiver, pending: &PendingPush<'_>, now: i64) -> PushOutcome {
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
            return PushOutcome::Lost { loss: LossReason::ShowWindowOver, at: reached_at };
        }
        let start = whole(pending.notification, "show_start_time").unwrap_or(reached_at);
        if now < start {
            return PushOutcome::Waits {
                wait: WaitReason::ShowWindow,
                reached_at: Some(reached_at),
                due_at: start,
            };
        }
        at = at.max(start);
    }
    if let Some(loss) = unshowable(phone, pending.notification) {
        return PushOutcome::Lost { loss, at };
    }
    let ttl = whole(pending.notification, "show_ttl").filter(|ttl| *ttl > 0);
    let hide_at = ttl.map(|ttl| at.saturating_add(ttl.saturating_mul(1000)));
    PushOutcome::Shown { reached_at, at, hide_at, quiet: quiet(phone, pending.notification) }
}

/// When the push gets onto the phone: now, unless the network or the registration is in the way.
fn reach(phone: &Receiver, pending: &PendingPush<'_>, now: i64) -> Result<i64, PushOutcome> {
    let wifi_only = whole(pending.notification, "network_type") == Some(1);
    let blocked = match phone.network {
        Network::Off => Some((WaitReason::Network, LossReason::TtlOverWhileOffline)),
        Network::Mobile if wifi_only => Some((WaitReason::Wifi, LossReason::TtlOverWithoutWifi)),
        Network::Mobile | Network::Wifi => None,
    };
    if let Some((wait, loss)) = blocked {
        if wait == WaitReason::Network && pending.notification.get("off_line") == Some(&Value::Bool(false)) {
            return Err(PushOutcome::Lost { loss: LossReason::PhoneOffline, at: now });
        }
        let ttl = whole(pending.notification, "off_line_ttl").unwrap_or(OFF_LINE_TTL);
        let due_at = pending.arrived_at.saturating_add(ttl.clamp(0, OFF_LINE_TTL_MOST) * 1000);
        return Err(if now >= due_at {
            PushOutcome::Lost { loss, at: due_at }
        } else {
            PushOutcome::Waits { wait, reached_at: None, due_at }
        });
    }
    if !phone.registered {
        return Err(PushOutcome::Lost { loss: LossReason::Unregistered, at: now });
    }
    // With verify_registration_id the phone compares by itself; without it, a replaced regId leads nowhere either.
    if phone.reg_id != pending.reg_id {
        return Err(PushOutcome::Lost { loss: LossReason::StaleRegId, at: now });
    }
    Ok(now)
}

/// Why a notification that is shown does not draw attention.
fn quiet(phone: &Receiver, notification: &Map<String, Value>) -> Option<QuietReason> {
    if phone.do_not_disturb {
        return Some(QuietReason::DoNotDisturb);
    }
    if phone.android < 8 {
        return None;
    }
    let id = notification.get("channel_id").and_then(Value::as_str)?;
    let channel = phone.channels.iter().find(|channel| channel.id == id)?;
    matches!(channel.importance, Importance::Min | Importance::Low).then_some(QuietReason::LowChannel)
}

/// Android's own reasons for not showing a notification.
fn unshowable(phone: &Receiver, notification: &Map<String, Value>) -> Option<LossReason> {
    if !phone.notifications {
        return Some(LossReason::NotificationsOff);
    }
    if phone.android < 8 {
        return None;
    }
    let id = notification.get("channel_id").and_then(Value::as_str).filter(|id| !id.is_empty());
    let Some(id) = id else { return Some(LossReason::NoChannelId) };
    match phone.channels.iter().find(|channel| channel.id == id) {
        None if phone.system_channels && SYSTEM_CHANNELS.contains(&id) => None,
        None => Some(LossReason::ChannelMissing),
        Some(channel) if channel.importance == Importance::None => Some(LossReason::ChannelDisabled),
        Some(_) => None,
    }
}

/// A whole number of the notification.
fn whole(notification: &Map<String, Value>, key: &str) -> Option<i64> {
    notification.get(key).and_then(Value::as_i64)
}
