//! The IM server's REST calls, and what comes before each of them: the query and its UserSig checked, the body read.

use hyper::Method;
use rusqlite::Transaction;
use serde_json::{Map, Value};

use super::super::faults::{About, Side};
use super::super::http::context::{Context, Reply};
use super::super::http::dispatch::{Call, Service};
use super::super::http::notes::Stop;
use super::super::http::request::{Object, Request};
use super::super::rules::Rules;
use super::app::ImApp;
use super::{about, accounts, envelope, gate, online, push_service, send};

/// Every path of the IM server's API begins with this.
pub(in crate::sandbox) const PREFIX: &str = "/v4/";

pub(in crate::sandbox) struct ImServer;

/// A command carried out for an app, as its administrator.
type Command = fn(&mut Context<'_>, &ImApp, &Object) -> Result<Reply, Stop>;

pub(in crate::sandbox) struct Handler {
    /// The code of a body that is not a JSON object.
    not_json: i32,
    /// Messages are short (IM reference, section 5).
    is_message: bool,
    run: Command,
}

const fn account(path: &'static str, run: Command) -> Call<Handler> {
    Call::new(Method::POST, path, Handler { not_json: 60003, is_message: false, run })
}

const fn query(path: &'static str, run: Command) -> Call<Handler> {
    Call::new(Method::POST, path, Handler { not_json: 90001, is_message: false, run })
}

const fn message(path: &'static str, run: Command) -> Call<Handler> {
    Call::new(Method::POST, path, Handler { not_json: 90001, is_message: true, run })
}

const CALLS: &[Call<Handler>] = &[
    account("/v4/im_open_login_svc/account_check", accounts::check),
    account("/v4/im_open_login_svc/account_import", accounts::import),
    account("/v4/im_open_login_svc/multiaccount_import", accounts::import_many),
    account("/v4/im_open_login_svc/kick", accounts::kick),
    query("/v4/openim/query_online_status", online::query),
    query("/v4/openim/querystate", online::query),
    message("/v4/openim/sendmsg", send::one),
    message("/v4/openim/batchsendmsg", send::many),
    query("/v4/timpush/normal_push_trace", push_service::trace),
    query("/v4/timpush/normal_push_loss", push_service::loss),
];

impl Service for ImServer {
    type Handler = Handler;
    type Early = ();
    const SIDE: Side = Side::Im;
    const NAME: &'static str = "the IM server";
    const CONTENT_TYPE: &'static str = "application/json";
    const CALLS: &'static [Call<Handler>] = CALLS;
    const WRONG_METHOD: i32 = 60002;

    fn no_call(_: &str) -> (i32, String) {
        (60009, "the sandbox plays no such command".into())
    }

    fn about(_: &Transaction<'_>, request: &Request) -> rusqlite::Result<About> {
        Ok(about::of(request))
    }

    fn read_early(_: &Rules, _: i64, _: &Call<Handler>, _: &Request) -> Option<()> {
        None
    }

    fn run(
        context: &mut Context<'_>,
        call: &Call<Handler>,
        request: &Request,
        _: Option<()>,
    ) -> Result<Reply, Stop> {
        let Handler { not_json, is_message, run } = call.handler;
        let app = gate::open(context, request)?;
        let object = match request.json() {
            Ok(Value::Object(object)) => object,
            Ok(_) => return Err(context.notes.refuse("body", not_json, "JSON, but no object")),
            Err(error) => return Err(context.notes.refuse("body", not_json, error)),
        };
        context.notes.pass("body", "");
        if is_message {
            length(context, request)?;
        }
        run(context, &app, object)
    }

    fn refusal(code: i32) -> Reply {
        envelope::fail(code, Map::new())
    }

    /// Always 200: the truth is in the body (IM reference, section 5).
    fn status(_: &Rules, _: &str, _: i32) -> u16 {
        200
    }
}

fn length(context: &mut Context<'_>, request: &Request) -> Result<(), Stop> {
    let most = context.rules.im_body_limit.0 as usize * 1024;
    let found = request.body().map_or(0, |body| body.len());
    if found > most {
        let detail = format!("{found} bytes, at most {most}");
        return Err(context.notes.refuse("body-length", 93000, detail));
    }
    context.notes.pass("body-length", "");
    Ok(())
}
