//! One notification to one regId: what the app has left, what a fault makes of it, and its way to the phone.

use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::{Map, Value};

use super::super::draw;
use super::super::faults::{self, About, Kind, PushLoss};
use super::super::http::context::Context;
use super::super::http::notes::Stop;
use super::super::phone::{self, Addressee};
use super::super::push::Push;
use super::super::receipts::{self, Event};
use super::super::rules::{RepeatAnswer, WithoutChannel};
use super::message::{Message, Target};
use super::{alias, dedup, picture, quota, reg_id};

/// What the pushes of one call have in common.
pub(super) struct Pusher<'a> {
    app_id: &'a str,
    /// The last part of its path.
    call: &'static str,
    has_faults: bool,
    numbers: StdRng,
    /// What the app has used of its quota, where it has one, and what this call makes of it.
    used: i64,
    made: i64,
}

/// A push that is to be taken.
pub(super) struct Outgoing<'a> {
    pub(super) message_id: &'a str,
    /// Of a broadcast.
    pub(super) task_id: Option<&'a str>,
    pub(super) reg_id: &'a str,
    /// Its phone, where it was looked up already.
    pub(super) phone: Option<Addressee>,
    pub(super) notification: &'a Map<String, Value>,
}

impl<'a> Pusher<'a> {
    pub(super) fn new(context: &Context<'_>, app_id: &'a str, call: &'static str) -> rusqlite::Result<Self> {
        let has_faults = context.setup.has_faults;
        let numbers =
            if context.setup.has_seed { draw::numbers(context.tx)? } else { draw::random_numbers() };
        let used = if context.rules.daily_quota.is_some() { quota::used(context, app_id)? } else { 0 };
        Ok(Pusher { app_id, call, has_faults, numbers, used, made: 0 })
    }

    /// An id for a message that was not taken.
    pub(super) fn unused_message_id(&mut self) -> String {
        dedup::message_id(self.app_id, &self.numbers.random())
    }

    /// Its target first, then what the app has left. Returns the regId and the message id.
    pub(super) fn unicast(
        &mut self,
        context: &mut Context<'_>,
        message: &mut Message,
    ) -> Result<(String, String), Stop> {
        let (reg_id, phone) = match &message.target {
            Target::RegId(reg_id) => (reg_id.clone(), reg_id::examine(context, self.app_id, reg_id)?),
            Target::Alias(name) => alias::resolve(context, self.app_id, name)?,
        };
        let notification = &mut message.notification;
        complete(context, self.app_id, notification)?;
        let app_message_id = notification.get("app_message_id").and_then(Value::as_str);
        if let Some(id) = app_message_id
            && let Some(earlier) = dedup::earlier(context, self.app_id, &reg_id, id)?
        {
            repeated(context, "this target had this app_message_id before", "not delivered again")?;
            return Ok((reg_id, earlier));
        }
        self.count(context, &reg_id)?;
        let unique = self.numbers.random();
        let message_id = dedup::message_id(self.app_id, &unique);
        if let Some(id) = app_message_id {
            dedup::remember(context, self.app_id, &reg_id, id, &unique)?;
        }
        let outgoing =
            Outgoing { message_id: &message_id, task_id: None, reg_id: &reg_id, phone, notification };
        self.take(context, outgoing)?;
        Ok((reg_id, message_id))
    }

    /// Counts one push for what the app has left.
    pub(super) fn count(&mut self, context: &mut Context<'_>, reg_id: &str) -> Result<(), Stop> {
        if let Some(about) = self.about(reg_id)
            && let Some(fault) = faults::strikes(context.tx, &about, Kind::Quota)?
        {
            return Err(context.notes.refuse("fault", 33, faults::words(&fault)));
        }
        if let Some(most) = context.rules.daily_quota {
            if self.used + self.made >= i64::from(most) {
                return Err(context.notes.refuse(
                    "daily-quota",
                    33,
                    format!("more than {most} pushes today"),
                ));
            }
            context.notes.pass("daily-quota", "");
        }
        self.made += 1;
        Ok(())
    }

    /// Keeps how many pushes the call made.
    pub(super) fn finish(&self, context: &Context<'_>) -> rusqlite::Result<()> {
        quota::add(context, self.app_id, self.made)
    }

    /// It goes to the phone, unless a fault takes it.
    pub(super) fn take(&self, context: &mut Context<'_>, push: Outgoing<'_>) -> rusqlite::Result<()> {
        let Outgoing { message_id, task_id, reg_id, phone, notification } = push;
        let url = notification.get("call_back_url").and_then(Value::as_str);
        if url.is_some_and(|url| !receipts::is_on_this_machine(url)) {
            let detail = "call_back_url leads away from this machine: posted only with --allow-callbacks";
            context.notes.pass("receipts", detail);
        }
        let struck = match self.about(reg_id) {
            Some(about) => faults::of_push(context.tx, context.now, &about, message_id)?,
            None => None,
        };
        let push = Push { app_id: self.app_id, message_id, task_id, reg_id, notification };
        let Some((loss, fault)) = struck else {
            return phone::arrive(context.tx, context.now, &push, phone);
        };
        context.notes.fail("fault", faults::words(&fault));
        let event = match loss {
            PushLoss::StaleRegId => Event::RegidInvalid,
            PushLoss::DailyLimit => Event::UserDailyLimit,
            PushLoss::NightControl => Event::MessageNightControl,
            PushLoss::LostPush => return Ok(()),
        };
        receipts::note(context.tx, &push, (event, context.now))
    }

    /// What faults may be meant for; `None` where none is set.
    fn about(&self, reg_id: &str) -> Option<About> {
        self.has_faults.then(|| About::push(self.call, self.app_id, reg_id))
    }
}

/// Looks at the pictures that a notification names, and adds what OPPO puts into one that lacks it.
pub(super) fn complete(
    context: &mut Context<'_>,
    app_id: &str,
    notification: &mut Map<String, Value>,
) -> Result<(), Stop> {
    picture::examine(context, app_id, notification)?;
    if context.rules.without_channel == WithoutChannel::Content {
        notification.entry("channel_id").or_insert_with(|| phone::CONTENT_CHANNEL.into());
    }
    Ok(())
}

/// What came before under this app_message_id is answered again, or refused with 32.
pub(super) fn repeated(context: &mut Context<'_>, why: &str, instead: &str) -> Result<(), Stop> {
    if context.rules.repeat_answer == RepeatAnswer::Duplicate {
        return Err(context.notes.refuse("app_message_id", 32, why));
    }
    context.notes.pass("app_message_id", format!("a repeat: {instead}"));
    Ok(())
}
