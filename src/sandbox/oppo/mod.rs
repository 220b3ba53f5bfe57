//! The push API as OPPO serves it: from the raw request to the envelope, every step noted in the log of calls.
//! What a phone does with a message belongs to `phone`; sockets and deadlines belong to `server`.

mod about;
mod alias;
mod auth;
mod dedup;
mod envelope;
mod feedback;
mod fields;
mod message;
mod notification;
mod path;
mod quota;
mod reg_id;
mod token;
mod unicast;

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request as HttpRequest, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rusqlite::Transaction;
use serde_json::Value;

use super::faults::{self, Effect, Manner, Side, Struck};
use super::http::calls::{self, Call};
use super::http::notes::{Notes, Stop};
use super::http::request::{BodyFault, Request};
use super::rules::Rules;
use super::state::State;
use path::Route;

/// The largest body that is read.
pub(crate) const BODY_LIMIT: usize = 2 * 1024 * 1024;

/// What every step of a call needs.
struct Context<'a, 'c> {
    tx: &'a Transaction<'c>,
    rules: &'a Rules,
    now: i64,
    /// What a timestamp is compared with; `now` unless a fault shifts it.
    server_time: i64,
    notes: &'a mut Notes,
}

/// An answer as it goes on the wire.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) content_type: &'static str,
    pub(crate) manner: Manner,
}

const JSON: &str = "application/json;charset=UTF-8";

/// Every path that nothing else serves, so that unknown ones too get an envelope.
pub(crate) fn routes(state: Arc<State>) -> axum::Router {
    axum::Router::new().fallback(serve).with_state(state)
}

async fn serve(Shared(state): Shared<Arc<State>>, http: HttpRequest) -> Response {
    let answer = answer(&state, &read(http).await);
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, [(header::CONTENT_TYPE, answer.content_type)], answer.body).into_response();
    response.extensions_mut().insert(answer.manner);
    response
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
pub(crate) fn answer(state: &State, request: &Request) -> Answer {
    let now = state.now();
    let done = state.with(|tx| {
        let struck = faults_of(tx, request)?;
        handle(tx, &state.rules, now, request, &struck).map(|answer| (answer, struck))
    });
    // The sandbox's own trouble is what OPPO calls "Service Currently Unavailable".
    let (envelope, struck) = done.unwrap_or_else(|_| (Some(envelope::refusal(-1)), Struck::default()));
    let manner = struck.manner(now);
    let Some(envelope) = envelope else { return instead(&struck, manner) };
    let status = match code(&envelope) {
        _ if !path::is_oppos(&request.path) => 404,
        0 => 200,
        _ => u16::try_from(state.rules.refusal_status.0).unwrap_or(200),
    };
    Answer { status, body: envelope.to_string(), content_type: JSON, manner }
}

/// What goes out in place of an envelope.
fn instead(struck: &Struck, manner: Manner) -> Answer {
    let (status, body, content_type) = faults::page(struck.instead);
    Answer { status, body, content_type, manner }
}

/// The same inside a transaction, for who calls OPPO from within the sandbox; `None` where a fault left no envelope.
/// Its clock is the sandbox's own, so that a fault of the clock is none here, and no late answer is waited for.
pub(super) fn answer_within(
    tx: &Transaction<'_>,
    rules: &Rules,
    now: i64,
    request: &Request,
) -> rusqlite::Result<Option<Value>> {
    let struck = Struck { clock_ms: 0, ..faults_of(tx, request)? };
    let answer = handle(tx, rules, now, request, &struck)?;
    Ok(answer.filter(|_| !struck.drop))
}

fn faults_of(tx: &Transaction<'_>, request: &Request) -> rusqlite::Result<Struck> {
    if !path::is_oppos(&request.path) {
        return Ok(Struck::default());
    }
    faults::answer(tx, Side::Oppo, &about::of(tx, request)?)
}

/// Carries the call out, unless a fault puts something in its place, and logs it.
fn handle(
    tx: &Transaction<'_>,
    rules: &Rules,
    now: i64,
    request: &Request,
    struck: &Struck,
) -> rusqlite::Result<Option<Value>> {
    let mut notes = Notes::default();
    struck.words.iter().for_each(|words| notes.fail("fault", words));
    let mut context = Context { tx, rules, now, server_time: now + struck.clock_ms, notes: &mut notes };
    let envelope = match struck.instead {
        Some(Effect::Code(code)) => {
            about::note(&mut context, request)?;
            Some(envelope::refusal(code))
        }
        Some(_) => {
            about::note(&mut context, request)?;
            None
        }
        None => match carry_out(&mut context, request) {
            Ok(envelope) => Some(envelope),
            Err(Stop::Refused(code)) => Some(envelope::refusal(code)),
            Err(Stop::Database(error)) => return Err(error),
        },
    };
    calls::record(tx, &log_entry(request, envelope.as_ref(), now, notes))?;
    Ok(envelope)
}

fn carry_out(context: &mut Context<'_, '_>, request: &Request) -> Result<Value, Stop> {
    let route = path::find(&request.path).map_err(|(code, why)| context.notes.refuse("path", code, why))?;
    context.notes.pass("path", "");
    let method = route.method();
    if request.method != method {
        return Err(context.notes.refuse("method", 12, format!("{} where {method} belongs", request.method)));
    }
    context.notes.pass("method", "");
    match route {
        Route::Auth => auth::call(context, request),
        Route::Unicast => unicast::call(context, request),
        Route::SetAlias => alias::set(context, request),
        Route::DeleteAlias => alias::delete(context, request),
        Route::InvalidRegIds => feedback::invalid_reg_ids(context, request),
    }
}

fn log_entry(request: &Request, envelope: Option<&Value>, now: i64, notes: Notes) -> Call {
    let mut answer = envelope.cloned().unwrap_or_default();
    if let Some(token) = answer.pointer_mut("/data/auth_token") {
        *token = "***".into();
    }
    Call {
        id: 0,
        at_ms: now,
        app_id: notes.app_id,
        method: request.method.clone(),
        path: request.target(&notes.secrets),
        request: request.transcript(&notes.secrets),
        checks: notes.checks,
        dialects: notes.dialects,
        code: envelope.map_or(-1, code),
        // No envelope: a fault had another answer, or none, go out.
        answer: if envelope.is_some() { answer.to_string() } else { String::new() },
    }
}

fn code(envelope: &Value) -> i32 {
    envelope["code"].as_i64().and_then(|code| i32::try_from(code).ok()).unwrap_or(-1)
}

/// Lower-case hex.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
