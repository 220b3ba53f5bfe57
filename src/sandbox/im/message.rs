//! What `sendmsg` and `batchsendmsg` carry alike, read field by field (IM reference, section 8); and muting.

use rusqlite::{Transaction, params};
use serde_json::Value;

use super::super::draw;
use super::super::http::context::Context;
use super::super::http::notes::Stop;
use super::super::http::request::Object;
use super::app::ImApp;
use super::elements::{self, Element};
use super::fields::{self, FieldType};
use super::push_info::{self, PushInfo};
use super::user;

/// Seconds.
const LONGEST_LIFE: i64 = 604_800;

/// A message in order.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(crate) from: String,
    pub(crate) seq: i64,
    pub(crate) random: i64,
    /// MsgLifeTime 0 or OnlineOnlyFlag 1.
    pub(crate) online_only: bool,
    /// Whether a muted conversation stays quiet.
    pub(crate) respects_mute: bool,
    pub(crate) elements: Vec<Element>,
    pub(crate) push: Option<PushInfo>,
}

/// Read one by one; listed for what is in none of them.
const READ_ELSEWHERE: &[(&str, FieldType)] = &[
    ("From_Account", FieldType::Text),
    ("To_Account", FieldType::Text),
    ("SyncOtherMachine", FieldType::OneOf(&[1, 2])),
    ("MsgSeq", FieldType::Whole),
    ("MsgRandom", FieldType::Whole),
    ("MsgTimeStamp", FieldType::Whole),
    ("MsgLifeTime", FieldType::Whole),
    ("ForbidCallbackControl", FieldType::Object),
    ("SendMsgControl", FieldType::Object),
    ("MsgBody", FieldType::Object),
    ("OfflinePushInfo", FieldType::Object),
];

/// Reads all but the receivers; each field's own code for what is wrong with it.
pub(super) fn read(context: &mut Context<'_>, app: &ImApp, body: &Object) -> Result<Message, Stop> {
    let flags: &[(&str, FieldType)] = &[("SyncOtherMachine", FieldType::OneOf(&[1, 2]))];
    fields::check(context, body, 90031, flags)?;
    fields::check(context, body, 90008, &[("From_Account", FieldType::Text)])?;
    let random = match body.get("MsgRandom") {
        Some(random) if is_u32(random) => random.as_i64().unwrap_or_default(),
        _ => return Err(context.notes.refuse("MsgRandom", 90005, "not a 32-bit whole number")),
    };
    let time = body.get("MsgTimeStamp").is_some_and(|time| !is_u32(time));
    if time {
        return Err(context.notes.refuse("MsgTimeStamp", 90006, "not Unix seconds"));
    }
    if body.get("MsgSeq").is_some_and(|seq| !is_u32(seq)) {
        return Err(context.notes.refuse("MsgSeq", 90010, "not a 32-bit whole number"));
    }
    let life = life_time(context, body)?;
    let others: &[(&str, FieldType)] = &[
        ("OnlineOnlyFlag", FieldType::OneOf(&[0, 1])),
        ("CloudCustomData", FieldType::Text),
        ("SupportMessageExtension", FieldType::OneOf(&[0, 1])),
        ("IsNeedReadReceipt", FieldType::OneOf(&[0, 1])),
    ];
    fields::check(context, body, 90010, others)?;
    fields::unknown(context, body, 90010, &[READ_ELSEWHERE, others])?;
    let forbid = ["ForbidBeforeSendMsgCallback", "ForbidAfterSendMsgCallback"];
    words(context, body, "ForbidCallbackControl", &forbid)?;
    let control =
        words(context, body, "SendMsgControl", &["NoUnread", "NoLastMsg", "WithMuteNotifications"])?;
    let elements = match body.get("MsgBody") {
        None => return Err(context.notes.refuse("MsgBody", 90002, "missing")),
        Some(Value::Array(list)) => {
            elements::read(list).map_err(|flaw| context.notes.refuse("MsgBody", 90002, flaw))?
        }
        Some(_) => return Err(context.notes.refuse("MsgBody", 90007, "not an array")),
    };
    let push = body.get("OfflinePushInfo").map(|info| push_info::read(context, info)).transpose()?;
    let from = fields::text(body, "From_Account").unwrap_or_else(|| app.admin.clone());
    if !user::exists(context.tx, app.sdk_app_id, &from)? {
        return Err(context.notes.refuse("From_Account", 20003, format!("{from:?} is not imported")));
    }
    context.notes.pass("message", "");
    Ok(Message {
        seq: match fields::whole(body, "MsgSeq") {
            Some(seq) => seq,
            None => draw::one::<u16>(context.tx)?.into(),
        },
        random,
        online_only: life == Some(0) || fields::whole(body, "OnlineOnlyFlag") == Some(1),
        respects_mute: control.iter().any(|word| word == "WithMuteNotifications"),
        from,
        elements,
        push,
    })
}

fn is_u32(value: &Value) -> bool {
    value.as_u64().is_some_and(|number| u32::try_from(number).is_ok())
}

fn life_time(context: &mut Context<'_>, body: &Object) -> Result<Option<i64>, Stop> {
    const NAME: &str = "MsgLifeTime";
    let Some(value) = body.get(NAME) else { return Ok(None) };
    match value.as_i64() {
        Some(life @ 0..=LONGEST_LIFE) => Ok(Some(life)),
        Some(life) if life > LONGEST_LIFE => {
            Err(context.notes.refuse(NAME, 90026, format!("{life} s, at most {LONGEST_LIFE}")))
        }
        _ => Err(context.notes.refuse(NAME, 90044, "not a whole number of seconds")),
    }
}

/// An array of these words.
fn words(context: &mut Context<'_>, body: &Object, name: &str, known: &[&str]) -> Result<Vec<String>, Stop> {
    let Some(value) = body.get(name) else { return Ok(Vec::new()) };
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let read: Vec<String> = list.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect();
    if !value.is_array() || read.len() < list.len() || !read.iter().all(|word| known.contains(&&**word)) {
        return Err(context.notes.refuse(name, 90010, format!("not an array of {}", known.join(", "))));
    }
    Ok(read)
}

/// The user mutes the conversation with the sender, or hears it again.
pub(crate) fn set_mute(
    tx: &Transaction<'_>,
    sdk_app_id: i64,
    user: &str,
    sender: &str,
    muted: bool,
) -> rusqlite::Result<()> {
    let sql = if muted {
        "INSERT OR IGNORE INTO im_mute (sdk_app_id, user, sender) VALUES (?1, ?2, ?3)"
    } else {
        "DELETE FROM im_mute WHERE sdk_app_id = ?1 AND user = ?2 AND sender = ?3"
    };
    tx.execute(sql, params![sdk_app_id, user, sender])?;
    Ok(())
}

pub(super) fn is_muted(
    tx: &Transaction<'_>,
    sdk_app_id: i64,
    user: &str,
    sender: &str,
) -> rusqlite::Result<bool> {
    tx.prepare_cached("SELECT 1 FROM im_mute WHERE sdk_app_id = ?1 AND user = ?2 AND sender = ?3")?
        .exists(params![sdk_app_id, user, sender])
}
