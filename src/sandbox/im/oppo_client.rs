//! The IM server as OPPO's client: its calls go through the sandbox's own OPPO side, checks, log and all.

use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{HeaderMap, Method, Uri};
use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::app::{self, App};
use super::super::hex::hex;
use super::super::http::dispatch::answer_within;
use super::super::http::form::encode;
use super::super::http::request::Request;
use super::super::moment::Moment;
use super::super::oppo::Oppo;
use crate::listen;

/// OPPO's answer to a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OppoAnswer {
    pub(crate) code: i32,
    pub(crate) message: String,
    pub(crate) message_id: Option<String>,
}

impl OppoAnswer {
    /// OPPO did not answer: as if its service were unavailable.
    fn none() -> OppoAnswer {
        OppoAnswer { code: -1, message: "no answer from OPPO".into(), message_id: None }
    }
}

/// One unicast to a regId as this OPPO app, with a token kept from before or a new one.
pub(super) fn unicast(
    at: Moment<'_>,
    app_id: &str,
    reg_id: &str,
    notification: &Value,
) -> rusqlite::Result<OppoAnswer> {
    let Some(app) = app::by_id(at.tx, app_id)? else {
        // The certificate's AppKey is none that OPPO knows.
        return Ok(OppoAnswer { code: 14, message: "Invalid App Key".into(), message_id: None });
    };
    let message = json!({ "target_type": 2, "target_value": reg_id, "notification": notification });
    let kept: Option<String> = at
        .tx
        .query_row("SELECT token FROM im_oppo_token WHERE app_id = ?1", [app_id], |row| row.get(0))
        .optional()?;
    if let Some(token) = kept {
        let answer = push(at, &token, &message)?;
        if answer.code != 11 {
            return Ok(answer);
        }
    }
    let token = match auth(at, &app)? {
        Ok(token) => token,
        Err(answer) => return Ok(answer),
    };
    at.tx.execute(
        "INSERT OR REPLACE INTO im_oppo_token (app_id, token) VALUES (?1, ?2)",
        params![app_id, token],
    )?;
    push(at, &token, &message)
}

fn auth(at: Moment<'_>, app: &App) -> rusqlite::Result<Result<String, OppoAnswer>> {
    let now = at.now;
    let sign = hex(&Sha256::digest(format!("{}{now}{}", app.app_key, app.master_secret)));
    let body = format!("app_key={}&timestamp={now}&sign={sign}", encode(&app.app_key));
    let Some(envelope) = call(at, "/server/v1/auth", body)? else {
        return Ok(Err(OppoAnswer::none()));
    };
    Ok(match envelope.pointer("/data/auth_token").and_then(Value::as_str) {
        Some(token) => Ok(token.to_owned()),
        None => Err(answer(&envelope)),
    })
}

fn push(at: Moment<'_>, token: &str, message: &Value) -> rusqlite::Result<OppoAnswer> {
    let body = format!("auth_token={}&message={}", encode(token), encode(&message.to_string()));
    let envelope = call(at, "/server/v1/message/notification/unicast", body)?;
    Ok(envelope.map_or_else(OppoAnswer::none, |envelope| answer(&envelope)))
}

/// `None`: a fault left no answer that could be read.
fn call(at: Moment<'_>, path: &'static str, body: String) -> rusqlite::Result<Option<Value>> {
    let form = HeaderValue::from_static("application/x-www-form-urlencoded; charset=UTF-8");
    let raw = listen::Request {
        method: Method::POST,
        uri: Uri::from_static(path),
        headers: HeaderMap::from_iter([(CONTENT_TYPE, form)]),
        body: body.into(),
    };
    let reply = answer_within::<Oppo>(at, &Request::new(raw, None))?;
    Ok(reply.map(|reply| reply.body))
}

fn answer(envelope: &Value) -> OppoAnswer {
    OppoAnswer {
        code: envelope["code"].as_i64().and_then(|code| i32::try_from(code).ok()).unwrap_or(-1),
        message: envelope["message"].as_str().unwrap_or_default().to_owned(),
        message_id: envelope.pointer("/data/messageId").and_then(Value::as_str).map(str::to_owned),
    }
}
