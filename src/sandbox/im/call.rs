//! One REST call: from the raw request to the envelope, noted in the log of calls.
//! What each command does belongs to the file of its service.

use std::sync::Arc;

use axum::extract::{Request as HttpRequest, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use super::super::faults::{self, Effect, Manner, Side, Struck};
use super::super::http::calls;
use super::super::http::notes::{Notes, Stop};
use super::super::http::request::Request;
use super::super::oppo;
use super::super::rules::Rules;
use super::super::state::State;
use super::app::ImApp;
use super::{PREFIX, about, accounts, codes, gate, online, push_service, send};

/// What every step of a call needs.
pub(super) struct Context<'a, 'c> {
    pub(crate) tx: &'a Transaction<'c>,
    pub(crate) rules: &'a Rules,
    pub(crate) now: i64,
    /// What a UserSig's times are compared with; `now` unless a fault shifts it.
    pub(crate) server_time: i64,
    pub(crate) notes: &'a mut Notes,
}

/// What a command answers beyond the envelope's three fields.
pub(super) enum Answer {
    Ok(Map<String, Value>),
    /// Some users failed: ErrorCode 0 with another ActionStatus (IM reference, section 8).
    SomeError(Map<String, Value>),
    /// All users failed.
    Fail(i32, Map<String, Value>),
}

/// A command carried out for an app whose administrator calls.
type Command = fn(&mut Context<'_, '_>, &ImApp, &Map<String, Value>) -> Result<Answer, Stop>;

/// A command, and the code of a body that is no JSON object.
const COMMANDS: &[(&str, i32, Command)] = &[
    ("im_open_login_svc/account_check", 60003, accounts::check),
    ("im_open_login_svc/account_import", 60003, accounts::import),
    ("im_open_login_svc/multiaccount_import", 60003, accounts::import_many),
    ("im_open_login_svc/kick", 60003, accounts::kick),
    ("openim/query_online_status", 90001, online::query),
    ("openim/querystate", 90001, online::query),
    ("openim/sendmsg", 90001, send::one),
    ("openim/batchsendmsg", 90001, send::many),
    ("timpush/normal_push_trace", 90001, push_service::trace),
    ("timpush/normal_push_loss", 90001, push_service::loss),
];

/// The IM server's paths, ready to be merged into a server's.
pub(crate) fn routes(state: Arc<State>) -> axum::Router {
    axum::Router::new().route(&format!("{PREFIX}{{*rest}}"), axum::routing::any(serve)).with_state(state)
}

async fn serve(Shared(state): Shared<Arc<State>>, http: HttpRequest) -> Response {
    let (told, manner) = answer(&state, &oppo::read(http).await);
    let mut response = match told {
        // Always 200: the truth is in the body (IM reference, section 5).
        Ok(envelope) => ([(header::CONTENT_TYPE, "application/json")], envelope.to_string()).into_response(),
        Err(instead) => {
            let (status, page, kind) = faults::page(instead);
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            (status, [(header::CONTENT_TYPE, kind)], page).into_response()
        }
    };
    response.extensions_mut().insert(manner);
    response
}

/// The envelope, or what a fault has in its place; and how either goes out.
type Told = (Result<Value, Option<Effect>>, Manner);

/// Carries out one call in one transaction and logs it, refused or not.
pub(crate) fn answer(state: &State, request: &Request) -> Told {
    let now = state.now();
    let done = state.with(|tx| {
        let struck = faults::answer(tx, Side::Im, &about::of(request))?;
        let mut notes = Notes::default();
        struck.words.iter().for_each(|words| notes.fail("fault", words));
        let server_time = now + struck.clock_ms;
        let mut context = Context { tx, rules: &state.rules, now, server_time, notes: &mut notes };
        let done = handle(&mut context, request, &struck)?;
        let (code, told) = match done.map(envelope) {
            Some((code, envelope)) => (code, Ok(envelope)),
            None => (-1, Err(struck.instead)),
        };
        calls::record(
            tx,
            &calls::Call {
                id: 0,
                at_ms: now,
                app_id: notes.app_id.take(),
                method: request.method.clone(),
                path: request.target(&notes.secrets),
                request: request.transcript(&notes.secrets),
                checks: notes.checks,
                dialects: notes.dialects,
                code,
                answer: told.as_ref().map(Value::to_string).unwrap_or_default(),
            },
        )?;
        Ok((told, struck.manner(now)))
    });
    done.unwrap_or_else(|_| (Ok(envelope(Answer::Fail(91000, Map::new())).1), Manner::default()))
}

/// Carries the call out, unless a fault puts something in its place: a code, or no envelope at all.
fn handle(
    context: &mut Context<'_, '_>,
    request: &Request,
    struck: &Struck,
) -> rusqlite::Result<Option<Answer>> {
    match struck.instead {
        Some(effect) => {
            about::note(context, request);
            Ok(match effect {
                Effect::Code(code) => Some(Answer::Fail(code, Map::new())),
                _ => None,
            })
        }
        None => match carry_out(context, request) {
            Ok(answer) => Ok(Some(answer)),
            Err(Stop::Refused(code)) => Ok(Some(Answer::Fail(code, Map::new()))),
            Err(Stop::Database(error)) => Err(error),
        },
    }
}

fn carry_out(context: &mut Context<'_, '_>, request: &Request) -> Result<Answer, Stop> {
    let path = request.path.strip_prefix(PREFIX).unwrap_or_default();
    let Some((_, not_json, command)) = COMMANDS.iter().find(|(known, ..)| *known == path) else {
        return Err(context.notes.refuse("path", 60009, "the sandbox plays no such command"));
    };
    context.notes.pass("path", "");
    if request.method != "POST" {
        let detail = format!("{} where POST belongs", request.method);
        return Err(context.notes.refuse("method", 60002, detail));
    }
    context.notes.pass("method", "");
    let app = gate::open(context, request)?;
    let body = match &request.body {
        Ok(body) => serde_json::from_slice(body).map_err(|error| error.to_string()),
        Err(fault) => Err(fault.to_string()),
    };
    match body {
        Ok(Value::Object(object)) => {
            context.notes.pass("body", "");
            if path.starts_with("openim/") && path.ends_with("sendmsg") {
                length(context, request)?;
            }
            command(context, &app, &object)
        }
        Ok(_) => Err(context.notes.refuse("body", *not_json, "JSON, but no object")),
        Err(error) => Err(context.notes.refuse("body", *not_json, error)),
    }
}

/// Messages are short (IM reference, section 5).
fn length(context: &mut Context<'_, '_>, request: &Request) -> Result<(), Stop> {
    let most = context.rules.im_body_limit.0 as usize * 1024;
    let found = request.body.as_ref().map_or(0, Vec::len);
    if found > most {
        let detail = format!("{found} bytes, at most {most}");
        return Err(context.notes.refuse("body-length", 93000, detail));
    }
    context.notes.pass("body-length", "");
    Ok(())
}

fn envelope(answer: Answer) -> (i32, Value) {
    let (status, code, fields) = match answer {
        Answer::Ok(fields) => ("OK", 0, fields),
        Answer::SomeError(fields) => ("SomeError", 0, fields),
        Answer::Fail(code, fields) => ("FAIL", code, fields),
    };
    let mut envelope = json!({ "ActionStatus": status, "ErrorInfo": codes::words(code), "ErrorCode": code });
    if let Some(object) = envelope.as_object_mut() {
        object.extend(fields);
    }
    (code, envelope)
}
