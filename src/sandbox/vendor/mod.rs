//! The push API as OPPO serves it: from the raw request to the envelope, every step noted in the log of calls.
//! What a phone does with a message belongs to `phone`; sockets and deadlines belong to `server`.

mod alias;
mod auth;
mod dedup;
mod envelope;
mod fields;
pub(super) mod form;
mod message;
mod notification;
mod path;
mod quota;
mod reg_id;
pub mod request;
mod token;
pub(super) mod trace;
mod unicast;

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request as HttpRequest, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rusqlite::Transaction;
use serde_json::Value;

use super::calls::{self, Call};
use super::rules::Rules;
use super::state::State;
use path::Route;
use request::{BodyFault, Request};
use trace::{Stop, Trace};

pub const SCHEMA: &str = "
CREATE TABLE token (
    token      TEXT PRIMARY KEY,
    app_id     TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX token_by_age ON token (created_ms);
CREATE TABLE pushed (
    app_id         TEXT NOT NULL,
    target         TEXT NOT NULL,
    app_message_id TEXT NOT NULL,
    message_id     TEXT NOT NULL,
    at_ms          INTEGER NOT NULL,
    PRIMARY KEY (app_id, target, app_message_id)
) STRICT;
CREATE TABLE tally (
    app_id TEXT NOT NULL,
    what   TEXT NOT NULL,
    period INTEGER NOT NULL,
    count  INTEGER NOT NULL,
    PRIMARY KEY (app_id, what)
) STRICT;
";

/// The largest body that is read.
pub const BODY_LIMIT: usize = 2 * 1024 * 1024;

/// What every step of a call needs.
struct Context<'a, 'c> {
    tx: &'a Transaction<'c>,
    rules: &'a Rules,
    now: i64,
    trace: &'a mut Trace,
}

/// An answer as it goes on the wire.
pub struct Answer {
    pub status: u16,
    pub body: String,
}

/// Every path that nothing else serves, so that unknown ones too get an envelope.
pub fn routes(state: Arc<State>) -> axum::Router {
    axum::Router::new().fallback(serve).with_state(state)
}

async fn serve(Shared(state): Shared<Arc<State>>, http: HttpRequest) -> Response {
    let answer = answer(&state, &read(http).await);
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    (status, [(header::CONTENT_TYPE, "application/json;charset=UTF-8")], answer.body).into_response()
}

/// The raw request. The server leaves a note where the body did not come whole.
pub(super) async fn read(http: HttpRequest) -> Request {
    let (head, body) = http.into_parts();
    let body = match head.extensions.get::<BodyFault>() {
        Some(fault) => Err(*fault),
        None => match to_bytes(body, BODY_LIMIT).await {
            Ok(bytes) => Ok(bytes.into()),
            Err(_) => Err(BodyFault::TooLarge { most: BODY_LIMIT }),
        },
    };
    Request {
        method: head.method.as_str().into(),
        path: head.uri.path().into(),
        query: head.uri.query().map(Into::into),
        headers: head
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body,
    }
}

/// Carries out one call in one transaction and logs it, refused or not.
///
/// The HTTP status is 200 for whatever is under /server, as clients expect (OPPO reference, section 3), unless a
/// rule says otherwise; only a path that is none of the vendor's is a 404.
pub fn answer(state: &State, request: &Request) -> Answer {
    let done = state.with(|tx| answer_within(tx, &state.rules, state.now(), request));
    // The sandbox's own trouble is what OPPO calls "Service Currently Unavailable".
    let envelope = done.unwrap_or_else(|_| envelope::refusal(-1));
    let status = match code(&envelope) {
        _ if !path::is_vendors(&request.path) => 404,
        0 => 200,
        _ => u16::try_from(state.rules.refusal_status.0).unwrap_or(200),
    };
    Answer { status, body: envelope.to_string() }
}

/// The same inside a transaction, for who calls OPPO from within the sandbox.
pub(super) fn answer_within(
    tx: &Transaction<'_>,
    rules: &Rules,
    now: i64,
    request: &Request,
) -> rusqlite::Result<Value> {
    let mut trace = Trace::default();
    let mut context = Context { tx, rules, now, trace: &mut trace };
    let envelope = match carry_out(&mut context, request) {
        Ok(envelope) => envelope,
        Err(Stop::Refused(code)) => envelope::refusal(code),
        Err(Stop::Database(error)) => return Err(error),
    };
    calls::record(tx, &log_entry(request, &envelope, now, trace))?;
    Ok(envelope)
}

fn carry_out(context: &mut Context<'_, '_>, request: &Request) -> Result<Value, Stop> {
    let route = path::find(&request.path).map_err(|(code, why)| context.trace.refuse("path", code, why))?;
    context.trace.pass("path", "");
    if request.method != "POST" {
        return Err(context.trace.refuse("method", 12, format!("{} where POST belongs", request.method)));
    }
    context.trace.pass("method", "");
    match route {
        Route::Auth => auth::call(context, request),
        Route::Unicast => unicast::call(context, request),
        Route::SetAlias => alias::set(context, request),
        Route::DeleteAlias => alias::delete(context, request),
    }
}

fn log_entry(request: &Request, envelope: &Value, now: i64, trace: Trace) -> Call {
    let mut answer = envelope.clone();
    if let Some(token) = answer.pointer_mut("/data/auth_token") {
        *token = "***".into();
    }
    Call {
        id: 0,
        at_ms: now,
        app_id: trace.app_id,
        method: request.method.clone(),
        path: request.target(&trace.secrets),
        request: request.transcript(&trace.secrets),
        checks: trace.checks,
        dialects: trace.dialects,
        code: code(envelope),
        answer: answer.to_string(),
    }
}

fn code(envelope: &Value) -> i32 {
    envelope["code"].as_i64().and_then(|code| i32::try_from(code).ok()).unwrap_or(-1)
}

/// Lower-case hex.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
