//! One REST call: from the raw request to the envelope, noted in the log of calls.
//! What each command does belongs to the file of its service.

use std::sync::Arc;

use axum::extract::{Request as HttpRequest, State as Shared};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use super::super::calls;
use super::super::rules::Rules;
use super::super::state::State;
use super::super::vendor;
use super::super::vendor::request::Request;
use super::super::vendor::trace::{Stop, Trace};
use super::app::ImApp;
use super::{PREFIX, accounts, codes, gate, online, push_service, send};

/// What every step of a call needs.
pub(super) struct Context<'a, 'c> {
    pub tx: &'a Transaction<'c>,
    pub rules: &'a Rules,
    pub now: i64,
    pub trace: &'a mut Trace,
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
pub fn routes(state: Arc<State>) -> axum::Router {
    axum::Router::new().route(&format!("{PREFIX}{{*rest}}"), axum::routing::any(serve)).with_state(state)
}

async fn serve(Shared(state): Shared<Arc<State>>, http: HttpRequest) -> Response {
    let envelope = answer(&state, &vendor::read(http).await);
    // Always 200: the truth is in the body (IM reference, section 5).
    ([(header::CONTENT_TYPE, "application/json")], envelope.to_string()).into_response()
}

/// Carries out one call in one transaction and logs it, refused or not.
pub fn answer(state: &State, request: &Request) -> Value {
    let done = state.with(|tx| {
        let mut trace = Trace::default();
        let mut context = Context { tx, rules: &state.rules, now: state.now(), trace: &mut trace };
        let answer = match carry_out(&mut context, request) {
            Ok(answer) => answer,
            Err(Stop::Refused(code)) => Answer::Fail(code, Map::new()),
            Err(Stop::Database(error)) => return Err(error),
        };
        let (code, envelope) = envelope(answer);
        calls::record(
            tx,
            &calls::Call {
                id: 0,
                at_ms: state.now(),
                app_id: trace.app_id.take(),
                method: request.method.clone(),
                path: request.target(&trace.secrets),
                request: request.transcript(&trace.secrets),
                checks: trace.checks,
                dialects: trace.dialects,
                code,
                answer: envelope.to_string(),
            },
        )?;
        Ok(envelope)
    });
    done.unwrap_or_else(|_| envelope(Answer::Fail(91000, Map::new())).1)
}

fn carry_out(context: &mut Context<'_, '_>, request: &Request) -> Result<Answer, Stop> {
    let path = request.path.strip_prefix(PREFIX).unwrap_or_default();
    let Some((_, not_json, command)) = COMMANDS.iter().find(|(known, ..)| *known == path) else {
        return Err(context.trace.refuse("path", 60009, "the sandbox plays no such command"));
    };
    context.trace.pass("path", "");
    if request.method != "POST" {
        let detail = format!("{} where POST belongs", request.method);
        return Err(context.trace.refuse("method", 60002, detail));
    }
    context.trace.pass("method", "");
    let app = gate::open(context, request)?;
    let body = match &request.body {
        Ok(body) => serde_json::from_slice(body).map_err(|error| error.to_string()),
        Err(fault) => Err(fault.to_string()),
    };
    match body {
        Ok(Value::Object(object)) => {
            context.trace.pass("body", "");
            if path.starts_with("openim/") && path.ends_with("sendmsg") {
                length(context, request)?;
            }
            command(context, &app, &object)
        }
        Ok(_) => Err(context.trace.refuse("body", *not_json, "JSON, but no object")),
        Err(error) => Err(context.trace.refuse("body", *not_json, error)),
    }
}

/// Messages are short (IM reference, section 5).
fn length(context: &mut Context<'_, '_>, request: &Request) -> Result<(), Stop> {
    let most = context.rules.im_body_limit.0 as usize * 1024;
    let found = request.body.as_ref().map_or(0, Vec::len);
    if found > most {
        let detail = format!("{found} bytes, at most {most}");
        return Err(context.trace.refuse("body-length", 93000, detail));
    }
    context.trace.pass("body-length", "");
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
