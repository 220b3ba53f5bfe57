//! Looking at phones and at what became of the pushes to them; each look first brings the phone up to date.
//! Nothing a person asked for is changed here.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::pictures::{self, PictureKind, PictureShown};
use super::super::receipts;
use super::super::words::{Json, from_row};
use super::model::Phone;
use super::settle::settle;
use super::stage::Stage;
use super::{forget, link, resolve};

/// One push to one phone. Times are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// Ascending, in the order in which OPPO took them.
    #[serde(default)]
    pub(crate) id: i64,
    pub(crate) message_id: String,
    /// Of a broadcast.
    #[serde(default)]
    pub(crate) task_id: Option<String>,
    pub(crate) phone: String,
    /// The regId it was sent to.
    pub(crate) reg_id: String,
    pub(crate) stage: Stage,
    /// Why it was dropped, what it waits for, or why it is shown without a sound.
    pub(crate) reason: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) sub_title: Option<String>,
    /// As the phone shows it: in style 1 its first 50 characters.
    pub(crate) content: Option<String>,
    pub(crate) channel_id: Option<String>,
    pub(crate) click_action_type: i64,
    pub(crate) arrived_at: i64,
    pub(crate) shown_at: Option<i64>,
    /// When it came to its stage.
    pub(crate) at: i64,
    /// The whole notification as OPPO took it.
    pub(crate) notification: Map<String, Value>,
}

/// A phone with what it shows, what waits for it and what it lost, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Detail {
    #[serde(flatten)]
    pub(crate) phone: Phone,
    /// In the shade, oldest first.
    pub(crate) notifications: Vec<Message>,
    /// Waiting for the phone: offline, no Wi-Fi, a window to show in.
    pub(crate) held: Vec<Message>,
    /// Lost, and why.
    pub(crate) dropped: Vec<Message>,
    /// The pictures that these name, as far as they are kept.
    #[serde(default)]
    pub(crate) pictures: Vec<PictureShown>,
    /// How many pushes of each stage there were that are not kept any more.
    #[serde(default)]
    pub(crate) forgotten: BTreeMap<String, i64>,
}

/// Which messages are wanted; what is given must be equal, where nothing else is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub(crate) phone: Option<String>,
    pub(crate) message_id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) content: Option<String>,
    pub(crate) stage: Option<Stage>,
    /// The AppID.
    pub(crate) app: Option<String>,
    /// Who is logged in on the phone.
    pub(crate) user: Option<String>,
    /// A part of title, sub-title or content.
    pub(crate) text: Option<String>,
    /// Members that are among the extras, as a tap hands them over.
    pub(crate) extras: Map<String, Value>,
    /// Only later ones.
    pub(crate) after: Option<i64>,
}

impl Wanted {
    fn has_extras(&self, notification: &Map<String, Value>) -> bool {
        if self.extras.is_empty() {
            return true;
        }
        let found = resolve::extras_of(notification);
        self.extras.iter().all(|(key, value)| found.get(key) == Some(&link::text(value)))
    }
}

const PHONE: &str =
    "SELECT p.id, p.name, p.reg_id, p.app_id, p.package, p.brand, p.model, p.android, p.network,
    p.notifications, p.registered, p.do_not_disturb, p.system_channels, p.learns,
    coalesce(i.channels, p.channels) AS channels,
    coalesce(i.activities, p.activities) AS activities,
    (SELECT a.alias FROM alias a WHERE a.app_id = p.app_id AND a.reg_id = p.reg_id) AS alias,
    (SELECT count(*) FROM delivery d WHERE d.phone = p.id AND d.stage = 'shown') AS shown
    FROM phone p LEFT JOIN install i ON i.id = p.install";

const MESSAGE: &str =
    "SELECT d.message_id, p.name, d.reg_id, d.stage, d.reason, d.arrived_at, d.shown_at, d.at, d.notification,
        d.task_id, d.seq FROM delivery d JOIN phone p ON p.id = d.phone";

from_row! {
    Phone: id, name, reg_id, app_id, package, brand, model, android, alias, network, notifications, registered,
    channels as Json, activities as Json, shown, do_not_disturb, system_channels, learns; session
}

/// The phone as it was when last looked at.
pub(super) fn stored(tx: &Transaction<'_>, name: &str) -> rusqlite::Result<Option<Phone>> {
    tx.prepare_cached(&format!("{PHONE} WHERE p.name = ?1"))?.query_row([name], Phone::read).optional()
}

pub(super) fn by_id(tx: &Transaction<'_>, id: i64) -> rusqlite::Result<Option<Phone>> {
    tx.prepare_cached(&format!("{PHONE} WHERE p.id = ?1"))?.query_row([id], Phone::read).optional()
}

/// The phone of that name.
pub(crate) fn find(tx: &Transaction<'_>, now: i64, name: &str) -> rusqlite::Result<Option<Phone>> {
    match stored(tx, name)? {
        Some(phone) if settle(tx, now, &phone.receiver())? => stored(tx, name),
        found => Ok(found),
    }
}

/// Every phone, in the order in which they were added, but for those that were added in bulk and never changed.
pub fn list(tx: &Transaction<'_>, now: i64) -> rusqlite::Result<Vec<Phone>> {
    settle_due(tx, now)?;
    tx.prepare_cached(&format!("{PHONE} WHERE p.install IS NULL ORDER BY p.id"))?
        .query_map([], Phone::read)?
        .collect()
}

/// The first phones that were added, of that app where one is named, and with that text in name, regId or user where one is given.
pub(crate) fn first(
    tx: &Transaction<'_>,
    now: i64,
    app_id: Option<&str>,
    text: Option<&str>,
    limit: usize,
) -> rusqlite::Result<Vec<Phone>> {
    settle_due(tx, now)?;
    let text = text.map(str::to_lowercase);
    tx.prepare_cached(&format!(
        "{PHONE} LEFT JOIN im_session s ON s.phone = p.name
         WHERE (?1 IS NULL OR p.app_id = ?1)
           AND (?2 IS NULL OR instr(lower(p.name || ' ' || p.reg_id || ' ' || coalesce(s.user, '')), ?2) > 0)
         ORDER BY p.id LIMIT ?3"
    ))?
    .query_map(params![app_id, text, i64::try_from(limit).unwrap_or(i64::MAX)], Phone::read)?
    .collect()
}

/// How many phones there are.
pub(crate) fn count(tx: &Transaction<'_>) -> rusqlite::Result<u32> {
    tx.prepare_cached("SELECT count(*) FROM phone")?.query_row([], |row| row.get(0))
}

/// Whether something is due for a phone.
pub(crate) fn is_due(connection: &Connection, now: i64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM delivery WHERE stage = 'held' AND due_at <= ?1)
                OR EXISTS (SELECT 1 FROM delivery WHERE stage = 'shown' AND hide_at IS NOT NULL AND hide_at <= ?1)",
        )?
        .query_row([now], |row| row.get(0))
}

/// Brings every phone up to date for which something is due.
pub(crate) fn settle_due(tx: &Transaction<'_>, now: i64) -> rusqlite::Result<()> {
    let due: Vec<Phone> = tx
        .prepare_cached(&format!(
            "{PHONE} WHERE p.id IN (SELECT phone FROM delivery
                WHERE (stage = 'held' AND due_at <= ?1) OR (stage = 'shown' AND hide_at IS NOT NULL AND hide_at <= ?1)) ORDER BY p.id"
        ))?
        .query_map([now], Phone::read)?
        .collect::<rusqlite::Result<_>>()?;
    due.iter().try_for_each(|phone| settle(tx, now, &phone.receiver()).map(drop))
}

/// The phone in this row, as it was when last looked at.
pub(crate) fn of_row(tx: &Transaction<'_>, row: i64) -> rusqlite::Result<Option<Phone>> {
    tx.prepare_cached(&format!("{PHONE} WHERE p.id = ?1"))?.query_row([row], Phone::read).optional()
}

/// The phone with the login in this row.
pub(crate) fn of_session(tx: &Transaction<'_>, row: i64) -> rusqlite::Result<Option<Phone>> {
    tx.prepare_cached(&format!("{PHONE} WHERE p.name = (SELECT phone FROM im_session WHERE rowid = ?1)"))?
        .query_row([row], Phone::read)
        .optional()
}

/// The phone of that name, and its notifications.
pub(crate) fn show(tx: &Transaction<'_>, now: i64, name: &str) -> rusqlite::Result<Option<Detail>> {
    let Some(phone) = find(tx, now, name)? else { return Ok(None) };
    let of =
        |stage| select(tx, &Wanted { phone: Some(name.to_owned()), stage: Some(stage), ..Wanted::default() });
    let mut detail = Detail {
        notifications: of(Stage::Shown)?,
        held: of(Stage::Held)?,
        dropped: of(Stage::Dropped)?,
        pictures: Vec::new(),
        forgotten: forget::forgotten(tx, Some(phone.id))?,
        phone,
    };
    detail.pictures = pictures_of(tx, &detail)?;
    Ok(Some(detail))
}

/// Those that the phone's messages name, each once.
fn pictures_of(tx: &Transaction<'_>, detail: &Detail) -> rusqlite::Result<Vec<PictureShown>> {
    let messages = [&detail.notifications, &detail.held, &detail.dropped].into_iter().flatten();
    let ids: BTreeSet<&str> = messages.flat_map(Message::pictures).map(|(_, id)| id).collect();
    let found = ids.into_iter().map(|id| pictures::shown(tx, id)).collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(found.into_iter().flatten().collect())
}

impl Message {
    /// The ids of the pictures that it names, each with its kind.
    pub(crate) fn pictures(&self) -> impl Iterator<Item = (PictureKind, &str)> {
        let named = [(PictureKind::Big, "big_picture_id"), (PictureKind::Small, "small_picture_id")];
        let id = |name| self.notification.get(name).and_then(Value::as_str).filter(|id| !id.is_empty());
        named.into_iter().filter_map(move |(kind, name)| Some((kind, id(name)?)))
    }
}

/// The messages that match, in the order in which OPPO took them.
pub fn messages(tx: &Transaction<'_>, now: i64, wanted: &Wanted) -> rusqlite::Result<Vec<Message>> {
    match &wanted.phone {
        Some(name) => drop(find(tx, now, name)?),
        None => settle_due(tx, now)?,
    }
    select(tx, wanted)
}

/// Whether the push got onto a phone, shown or not.
pub(crate) fn has_reached(tx: &Transaction<'_>, phone: &str, message_id: &str) -> rusqlite::Result<bool> {
    tx.prepare_cached(
        "SELECT 1 FROM delivery d JOIN phone p ON p.id = d.phone
         WHERE p.name = ?1 AND d.message_id = ?2 AND d.reached_at IS NOT NULL",
    )?
    .exists([phone, message_id])
}

fn select(tx: &Transaction<'_>, wanted: &Wanted) -> rusqlite::Result<Vec<Message>> {
    tx.prepare_cached(&format!(
        "{MESSAGE}
         WHERE (?1 IS NULL OR p.name = ?1) AND (?2 IS NULL OR d.message_id = ?2) AND (?3 IS NULL OR d.stage = ?3)
            AND (?4 IS NULL OR json_extract(d.notification, '$.title') = ?4)
            AND (?5 IS NULL OR json_extract(d.notification, '$.content') = ?5)
            AND (?6 IS NULL OR d.seq > ?6) AND (?7 IS NULL OR p.app_id = ?7)
            AND (?8 IS NULL OR p.name IN (SELECT phone FROM im_session WHERE user = ?8))
            AND (?9 IS NULL OR instr(concat_ws(char(10), json_extract(d.notification, '$.title'),
                json_extract(d.notification, '$.sub_title'), json_extract(d.notification, '$.content')), ?9))
         ORDER BY d.seq"
    ))?
    .query_map(
        params![
            wanted.phone,
            wanted.message_id,
            wanted.stage,
            wanted.title,
            wanted.content,
            wanted.after,
            wanted.app,
            wanted.user,
            wanted.text
        ],
        message,
    )?
    .filter(|found| found.as_ref().map_or(true, |message| wanted.has_extras(&message.notification)))
    .collect()
}

/// The message in this row.
pub(crate) fn message_of_row(tx: &Transaction<'_>, row: i64) -> rusqlite::Result<Option<Message>> {
    tx.prepare_cached(&format!("{MESSAGE} WHERE d.seq = ?1"))?.query_row([row], message).optional()
}

/// The messages with these ids, of one broadcast where it is named, at most so many.
pub(crate) fn messages_of(
    tx: &Transaction<'_>,
    ids: &[String],
    task_id: Option<&str>,
    most: usize,
) -> rusqlite::Result<Vec<Message>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = "WHERE d.message_id IN (SELECT value FROM json_each(?1))
        AND (?3 IS NULL OR d.task_id = ?3) LIMIT ?2";
    tx.prepare_cached(&format!("{MESSAGE} {wanted}"))?
        .query_map(params![Json(ids), i64::try_from(most).unwrap_or(i64::MAX), task_id], message)?
        .collect()
}

/// The ids of all messages to the phone of that name.
pub(crate) fn message_ids(tx: &Transaction<'_>, name: &str) -> rusqlite::Result<HashSet<String>> {
    tx.prepare_cached("SELECT d.message_id FROM delivery d JOIN phone p ON p.id = d.phone WHERE p.name = ?1")?
        .query_map([name], |row| row.get(0))?
        .collect()
}

/// Characters of a content in style 1 that a phone shows (OPPO reference, section 5).
const SHOWN_OF_CONTENT: usize = 50;

fn shown(notification: &Map<String, Value>, content: String) -> String {
    let standard = notification.get("style").and_then(Value::as_i64).unwrap_or(1) == 1;
    match content.char_indices().nth(SHOWN_OF_CONTENT).filter(|_| standard) {
        Some((end, _)) => format!("{}…", &content[..end]),
        None => content,
    }
}

fn message(row: &Row<'_>) -> rusqlite::Result<Message> {
    let mut notification: Map<String, Value> = row.get::<_, Json<_>>(8)?.0;
    if let Some(Value::String(url)) = notification.get_mut("call_back_url") {
        *url = receipts::masking::mask(url);
    }
    let text = |key: &str| notification.get(key).and_then(Value::as_str).map(str::to_owned);
    Ok(Message {
        id: row.get(10)?,
        message_id: row.get(0)?,
        task_id: row.get(9)?,
        phone: row.get(1)?,
        reg_id: row.get(2)?,
        stage: row.get(3)?,
        reason: row.get(4)?,
        title: text("title"),
        sub_title: text("sub_title"),
        content: text("content").map(|content| shown(&notification, content)),
        channel_id: text("channel_id"),
        click_action_type: notification.get("click_action_type").and_then(Value::as_i64).unwrap_or(0),
        arrived_at: row.get(5)?,
        shown_at: row.get(6)?,
        at: row.get(7)?,
        notification,
    })
}
