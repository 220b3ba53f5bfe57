//! `sendmsg` and `batchsendmsg`: a message to one user or many, and the pushes that follow (IM reference, section 8).

use rusqlite::{OptionalExtension, params};
use serde_json::{Map, Value, json};

use super::super::app as oppo_app;
use super::super::draw;
use super::super::http::context::{Context, Reply};
use super::super::http::notes::Stop;
use super::super::http::request::Object;
use super::super::moment::Moment;
use super::super::phone;
use super::app::ImApp;
use super::decide::{self, NoPush, Push, PushSituation};
use super::envelope;
use super::fields::{self, ListCodes};
use super::message::{self, Message};
use super::notification::{self, PushParts};
use super::pushes::{self, Attempt};
use super::session::{self, StoredSession};
use super::webhook::{self, PushStage};
use super::{oppo_client, user};

/// `sendmsg`. OK means that the server took the message; nothing in the answer tells about pushes.
pub(super) fn one(context: &mut Context<'_>, app: &ImApp, body: &Object) -> Result<Reply, Stop> {
    let to = match body.get("To_Account") {
        Some(Value::String(to)) if !to.is_empty() => to.clone(),
        None => return Err(context.notes.refuse("To_Account", 90003, "missing")),
        _ => return Err(context.notes.refuse("To_Account", 90003, "not a string with a user in it")),
    };
    let message = message::read(context, app, body)?;
    if !user::exists(context.tx, app.sdk_app_id, &to)? {
        let code = i32::try_from(context.rules.im_unknown_receiver.0).unwrap_or(90012);
        return Err(context.notes.refuse("To_Account", code, format!("{to:?} is not imported")));
    }
    context.notes.pass("To_Account", "");
    let msg_key = deliver(context, app, &message, &to)?;
    Ok(envelope::ok(Map::from_iter([
        ("MsgTime".to_owned(), context.now.div_euclid(1000).into()),
        ("MsgKey".to_owned(), msg_key.into()),
    ])))
}

/// `batchsendmsg`: users without an account are listed, the others get the message.
pub(super) fn many(context: &mut Context<'_>, app: &ImApp, body: &Object) -> Result<Reply, Stop> {
    let codes = ListCodes { missing: 90003, wrong: 90003, empty: 90003, too_many: 90011, most: 500 };
    let receivers = fields::users(context, body, "To_Account", codes)?;
    let message = message::read(context, app, body)?;
    let (mut unknown, mut reached) = (Vec::new(), 0);
    let mut fields = Map::new();
    for to in receivers {
        if !user::exists(context.tx, app.sdk_app_id, &to)? {
            unknown.push(json!({ "To_Account": to, "ErrorCode": 70107 }));
            continue;
        }
        let msg_key = deliver(context, app, &message, &to)?;
        fields.entry("MsgKey").or_insert(msg_key.into());
        reached += 1;
    }
    context.notes.pass("To_Account", format!("{} not imported", unknown.len()));
    if unknown.is_empty() {
        return Ok(envelope::ok(fields));
    }
    fields.insert("ErrorList".to_owned(), unknown.into());
    Ok(if reached > 0 { envelope::some_error(fields) } else { envelope::fail(90012, fields) })
}

/// Takes the message, unless it is a repeat of the same second, and pushes where that is due. Its MsgKey.
fn deliver(context: &mut Context<'_>, app: &ImApp, message: &Message, to: &str) -> Result<String, Stop> {
    let second = context.now.div_euclid(1000);
    let key = params![app.sdk_app_id, message.from, to, message.random, second];
    let earlier: Option<String> = context
        .tx
        .prepare_cached(
            "SELECT msg_key FROM im_message WHERE sdk_app_id = ?1 AND sender = ?2 AND receiver = ?3 AND random = ?4
                AND second = ?5",
        )?
        .query_row(key, |row| row.get(0))
        .optional()?;
    if let Some(msg_key) = earlier {
        context.notes.pass("MsgRandom", "a repeat within one second: not delivered again");
        return Ok(msg_key);
    }
    let msg_key = format!("{}_{}_{second}", message.seq, message.random);
    context.tx.prepare_cached("DELETE FROM im_message WHERE second < ?1")?.execute([second - 60])?;
    context
        .tx
        .prepare_cached(
            "INSERT INTO im_message (sdk_app_id, sender, receiver, random, second, msg_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![app.sdk_app_id, message.from, to, message.random, second, msg_key])?;
    push(context, app, message, to, &msg_key)?;
    Ok(msg_key)
}

/// One decision for every phone of the user, each kept.
fn push(
    context: &mut Context<'_>,
    app: &ImApp,
    message: &Message,
    to: &str,
    msg_key: &str,
) -> Result<(), Stop> {
    let at = Moment { tx: context.tx, rules: context.rules, now: context.now };
    let sessions = session::of_user(at.tx, app.sdk_app_id, to)?;
    let new_attempt = || new_attempt(at, app, message, to, msg_key);
    let note = |context: &mut Context<'_>, attempt: &Attempt| {
        let phone = attempt.phone.as_deref().unwrap_or("no phone");
        let reason = attempt.reason.as_deref().unwrap_or("pushed");
        context.notes.pass("push", format!("{to} on {phone}: {reason} ({})", attempt.detail));
        pushes::record(context.tx, attempt)
    };
    if let Some(no) = decide::by_fault(at, app.sdk_app_id, to)? {
        context.notes.fail("fault", no.detail.clone());
        let attempt = Attempt { reason: Some(no.reason.into()), detail: no.detail, ..new_attempt()? };
        return Ok(note(context, &attempt)?);
    }
    if sessions.is_empty() {
        let never = NoPush {
            reason: "logged-out",
            detail: "the user is logged in on no phone".into(),
            reported: None,
        };
        let no = decide::by_message(message, at.rules).err().unwrap_or(never);
        let attempt = Attempt { reason: Some(no.reason.into()), detail: no.detail, ..new_attempt()? };
        return Ok(note(context, &attempt)?);
    }
    let scene = PushSituation { at, message, sessions: &sessions };
    for session in &sessions {
        let blank = Attempt { phone: Some(session.phone.clone()), ..new_attempt()? };
        let attempt = match decide::by_phone(&scene, session) {
            Ok(push) => call_oppo(&scene, session, push, blank)?,
            Err(NoPush { reason, detail, reported }) => Attempt {
                reason: Some(reason.into()),
                detail,
                reg_id: reported.as_ref().map(|report| report.reg_id.clone()),
                certificate_id: reported.and_then(|report| report.certificate_id),
                ..blank
            },
        };
        note(context, &attempt)?;
        if attempt.oppo_code.is_some() {
            tell(at, &attempt)?;
        }
    }
    Ok(())
}

/// One with nothing decided.
fn new_attempt(
    at: Moment<'_>,
    app: &ImApp,
    message: &Message,
    to: &str,
    msg_key: &str,
) -> rusqlite::Result<Attempt> {
    Ok(Attempt {
        id: 0,
        push_id: format!("{:016x}", draw::one::<u64>(at.tx)?),
        at: at.now,
        sdk_app_id: app.sdk_app_id,
        msg_key: msg_key.to_owned(),
        from: message.from.clone(),
        user: to.to_owned(),
        decision: String::new(),
        reason: None,
        detail: String::new(),
        phone: None,
        reg_id: None,
        certificate_id: None,
        oppo_code: None,
        message_id: None,
    })
}

/// Tells the webhook of a push, and of its arrival where that was at once: then OPPO reported it before the attempt was
/// kept.
fn tell(at: Moment<'_>, attempt: &Attempt) -> rusqlite::Result<()> {
    webhook::push_sent(at, attempt)?;
    match (&attempt.phone, &attempt.message_id) {
        (Some(name), Some(id)) if phone::has_reached(at.tx, name, id)? => {
            webhook::push_went(at.tx, id, PushStage::Reached, at.now)
        }
        _ => Ok(()),
    }
}

fn call_oppo(
    scene: &PushSituation<'_>,
    session: &StoredSession,
    push: Push,
    blank: Attempt,
) -> rusqlite::Result<Attempt> {
    let PushSituation { at, message, .. } = *scene;
    let nick = user::nick(at.tx, session.sdk_app_id, &message.from)?;
    let package = oppo_app::by_id(at.tx, &push.certificate.app_id)?.map(|app| app.package);
    let parts = PushParts {
        message,
        certificate: &push.certificate,
        sender: nick.as_deref().unwrap_or(&message.from),
        app: package.as_deref().unwrap_or_default(),
        text: push.text,
        extras: push.extras,
        push_id: &blank.push_id,
    };
    let notification = notification::build(parts, at.rules);
    let answer = oppo_client::unicast(at, &push.certificate.app_id, &push.reg_id, &notification)?;
    let refused = answer.code != 0;
    Ok(Attempt {
        reason: refused.then(|| "oppo-refused".to_owned()),
        detail: if refused { answer.message } else { "OPPO took it".to_owned() },
        reg_id: Some(push.reg_id),
        certificate_id: Some(push.certificate.certificate_id),
        oppo_code: Some(answer.code),
        message_id: answer.message_id,
        ..blank
    })
}
