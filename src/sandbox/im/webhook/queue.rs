//! The callbacks that are to be posted, and those that were: two seconds each, never twice (IM reference, section 9).

use std::time::Duration;

use hyper::Method;
use rusqlite::{Row, Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use url::Url;

use super::super::super::posting::{PostRequest, Queued};
use super::super::super::receipts::Stage;
use super::super::super::rules::{ReceiptAnswer, Rules};
use super::super::super::words::{Json, from_row, words};

/// Older ones are forgotten, posted or not.
const KEPT: i64 = 1000;
const PATIENCE: Duration = Duration::from_secs(2);

words! {
    /// Which callback it is, in the IM server's words.
    pub(crate) enum Command in "PascalCase" {
        #[serde(rename = "State.StateChange")]
        #[strum(serialize = "State.StateChange")]
        StateChange,
        #[serde(rename = "Push.OfflinePush")]
        #[strum(serialize = "Push.OfflinePush")]
        OfflinePush,
    }
}

/// One thing to tell the app. Times are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Callback {
    /// Ascending.
    pub(crate) id: i64,
    pub(crate) sdk_app_id: i64,
    pub(crate) command: Command,
    /// The OptPlatform of the URL.
    pub(crate) platform: String,
    /// What a change of presence is posted with, or one event of a push.
    pub(crate) body: Map<String, Value>,
    pub(crate) event_at: i64,
    #[serde(skip)]
    url: String,
    pub(crate) stage: Stage,
    pub(crate) tries: u32,
    /// When it is to be posted, or counts as unheard of.
    pub(crate) due_at: i64,
    /// The HTTP status of the last answer.
    pub(crate) status: Option<u16>,
    /// The beginning of the last answer, or why there was none.
    pub(crate) detail: Option<String>,
}

from_row! {
    Callback: id, sdk_app_id, command, platform, body as Json, event_at, url, stage, tries, due_at, status, detail
}

/// What is to be told; it happens at `event_at`, which may lie ahead.
pub(super) struct News<'a> {
    pub(super) sdk_app_id: i64,
    pub(super) command: Command,
    pub(super) platform: &'a str,
    /// The phone with the login that it is about.
    pub(super) phone: Option<&'a str>,
    pub(super) body: Value,
    pub(super) event_at: i64,
}

pub(super) fn add(tx: &Transaction<'_>, url: &str, news: &News<'_>) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO im_callback (sdk_app_id, command, platform, phone, body, event_at, url, stage, due_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?6)",
    )?
    .execute(params![
        news.sdk_app_id,
        news.command,
        news.platform,
        news.phone,
        Json(&news.body),
        news.event_at,
        url,
        Stage::Waiting
    ])?;
    let newest = tx.last_insert_rowid();
    tx.prepare_cached("DELETE FROM im_callback WHERE id <= ?1")?.execute([newest - KEPT])?;
    Ok(())
}

/// The callbacks after the one with id `after`, oldest first.
pub(crate) fn list(
    tx: &Transaction<'_>,
    after: Option<i64>,
    limit: usize,
) -> rusqlite::Result<Vec<Callback>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.prepare_cached("SELECT * FROM im_callback WHERE id > ?1 ORDER BY id LIMIT ?2")?
        .query_map(params![after.unwrap_or(0), limit], Callback::read)?
        .collect()
}

impl Queued for Callback {
    const TABLE: &'static str = "im_callback";
    const NAME: &'static str = "callbacks of the IM server";
    /// A reader of the log wants the login before the logout.
    const IN_ORDER: bool = true;

    fn of_row(row: &Row<'_>) -> rusqlite::Result<Callback> {
        Callback::read(row)
    }

    fn id(&self) -> i64 {
        self.id
    }

    fn tries(&self) -> u32 {
        self.tries
    }

    fn url(&self) -> &str {
        &self.url
    }

    /// Events of pushes come up to 100 at once.
    fn shares(&self, other: &Callback, _: &Rules) -> bool {
        let same = |one: &Callback| (one.sdk_app_id, one.command, one.url.clone());
        self.command == Command::OfflinePush && same(self) == same(other)
    }

    fn request(_: &Rules, batch: &[Callback]) -> PostRequest {
        let url = batch.first().map(Callback::whole_url).unwrap_or_default();
        let body = match batch {
            [one] if one.command == Command::StateChange => {
                let mut body = one.body.clone();
                body.insert("EventTime".into(), one.event_at.into());
                Value::Object(body)
            }
            events => json!({
                "CallbackCommand": Command::OfflinePush,
                "Events": events.iter().map(Callback::event).collect::<Vec<_>>(),
            }),
        };
        let body = body.to_string();
        PostRequest { method: Method::POST, url, body, patience: PATIENCE, answer: ReceiptAnswer::Status200 }
    }

    fn patience(_: &Rules) -> i64 {
        2_000
    }

    fn retries(_: &Rules) -> (u32, i64) {
        (0, 0)
    }
}

impl Callback {
    fn event(&self) -> Value {
        let mut event = self.body.clone();
        event.insert("CallbackCommand".into(), json!(self.command));
        event.insert("EventTime".into(), self.event_at.div_euclid(1000).into());
        Value::Object(event)
    }

    fn whole_url(&self) -> String {
        let Ok(mut url) = Url::parse(&self.url) else { return self.url.clone() };
        url.query_pairs_mut()
            .append_pair("SdkAppid", &self.sdk_app_id.to_string())
            .append_pair("CallbackCommand", self.command.as_str())
            .append_pair("contenttype", "json")
            .append_pair("ClientIP", "127.0.0.1")
            .append_pair("OptPlatform", &self.platform);
        url.into()
    }
}
