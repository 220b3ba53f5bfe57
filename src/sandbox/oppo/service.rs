//! OPPO's calls, and what its API does before each of them: the body read, the token looked up, the call counted.

use hyper::Method;
use rusqlite::Transaction;
use serde_json::Value;

use super::super::faults::{About, Side};
use super::super::http::context::{Context, Reply};
use super::super::http::dispatch::{Call, Service};
use super::super::http::form::Form;
use super::super::http::notes::Stop;
use super::super::http::request::{Object, Request};
use super::super::rules::Rules;
use super::early::{self, Early, Item};
use super::multipart::Part;
use super::{
    about, alias, auth, batch, body, broadcast, envelope, feedback, path, picture, quota, save, statistics,
    tags, token, unicast,
};

pub(in crate::sandbox) struct Oppo;

type Answer = Result<Value, Stop>;

/// Where a call's fields are, which of them it knows, and what carries it out for the app of its token.
pub(in crate::sandbox) enum Handler {
    /// The one call without a token, which gives them out.
    Auth(&'static [&'static str], fn(&mut Context<'_>, &Form) -> Answer),
    Form(&'static [&'static str], fn(&mut Context<'_>, &str, &Form) -> Answer),
    /// With messages, which are read before the call's turn.
    Messages(&'static [&'static str], early::Read, fn(&mut Context<'_>, &str, Vec<Item>) -> Answer),
    /// In a JSON body; the call reads its other fields itself.
    Json(fn(&mut Context<'_>, &str, Object) -> Answer),
    /// In a query, or an AppKey in a header; it has no other fields.
    Permit,
    Multipart(fn(&mut Context<'_>, &str, &[Part<'_>]) -> Answer),
    Query(&'static [&'static str], fn(&mut Context<'_>, &str, &Form) -> Answer),
}

const TOKEN: &str = "auth_token";

/// A batch of legal messages has 2.2 MB.
const BATCH_BYTES: usize = 16 << 20;

const CALLS: &[Call<Handler>] = &[
    Call::new(Method::POST, "/server/v1/auth", Handler::Auth(&["app_key", "timestamp", "sign"], auth::call)),
    Call::new(
        Method::POST,
        "/server/v1/message/notification/unicast",
        Handler::Messages(&[TOKEN, "message"], unicast::read, unicast::call),
    ),
    Call::large(
        Method::POST,
        "/server/v1/message/notification/unicast_batch",
        BATCH_BYTES,
        Handler::Messages(&[TOKEN, "messages"], batch::read, batch::call),
    ),
    Call::new(
        Method::POST,
        "/server/v1/message/notification/save_message_content",
        Handler::Form(&save::FIELDS, save::call),
    ),
    Call::new(
        Method::POST,
        "/server/v1/message/notification/broadcast",
        Handler::Form(broadcast::FIELDS, broadcast::call),
    ),
    Call::new(
        Method::POST,
        "/server/v1/message/statistics",
        Handler::Form(statistics::FIELDS, statistics::call),
    ),
    Call::new(Method::POST, "/server/v1/device/set_alias", Handler::Json(alias::set)),
    Call::new(Method::POST, "/server/v1/device/delete_alias", Handler::Json(alias::delete)),
    Call::new(Method::POST, "/server/v1/device/subscribe_tags", Handler::Json(tags::subscribe)),
    Call::new(Method::POST, "/server/v1/device/unsubscribe_tags", Handler::Json(tags::unsubscribe)),
    Call::new(Method::POST, "/server/v1/device/add_tags", Handler::Json(tags::add)),
    Call::new(Method::POST, "/server/v1/device/add_tag_group", Handler::Json(tags::add_group)),
    Call::new(Method::POST, "/server/v1/device/get_all_tags", Handler::Json(tags::all)),
    Call::new(
        Method::GET,
        "/server/v1/feedback/fetch_invalid_regidList",
        Handler::Query(&[TOKEN], feedback::invalid_reg_ids),
    ),
    Call::new(Method::GET, "/server/v1/feedback/fetch_push_permit", Handler::Permit),
    Call::large(
        Method::POST,
        "/server/v1/media/upload/big_picture",
        picture::BODY_BYTES,
        Handler::Multipart(picture::big),
    ),
    Call::large(
        Method::POST,
        "/server/v1/media/upload/small_picture",
        picture::BODY_BYTES,
        Handler::Multipart(picture::small),
    ),
];

impl Service for Oppo {
    type Handler = Handler;
    type Early = Early;
    const SIDE: Side = Side::Oppo;
    const NAME: &'static str = "OPPO";
    const CONTENT_TYPE: &'static str = "application/json;charset=UTF-8";
    const CALLS: &'static [Call<Handler>] = CALLS;
    const WRONG_METHOD: i32 = 12;

    fn no_call(path: &str) -> (i32, String) {
        path::refusal(path)
    }

    fn about(tx: &Transaction<'_>, request: &Request) -> rusqlite::Result<About> {
        if path::is_oppos(request.path()) { about::of(tx, request) } else { Ok(About::default()) }
    }

    fn read_early(rules: &Rules, now: i64, call: &Call<Handler>, request: &Request) -> Option<Early> {
        let Handler::Messages(_, read, _) = call.handler else { return None };
        // What is wrong with the body itself is noted in the call's turn.
        let is_form = request.content_type().0 == body::FORM && request.body().is_ok();
        is_form.then(|| read(rules, now, request.form()))
    }

    /// Credentials first, then the call's own fields.
    fn run(
        context: &mut Context<'_>,
        call: &Call<Handler>,
        request: &Request,
        early: Option<Early>,
    ) -> Result<Reply, Stop> {
        let body = match call.handler {
            Handler::Auth(known, run) => {
                let form = body::form(request, known, context.notes)?;
                run(context, form)
            }
            Handler::Form(known, run) => {
                let form = body::form(request, known, context.notes)?;
                let app_id = app_of(context, request, form.get(TOKEN))?;
                run(context, &app_id, form)
            }
            Handler::Messages(known, read, run) => {
                let form = body::form(request, known, context.notes)?;
                let app_id = app_of(context, request, form.get(TOKEN))?;
                let early = early.unwrap_or_else(|| read(context.rules, context.now, form));
                let items = early.take(context.notes)?;
                run(context, &app_id, items)
            }
            Handler::Json(run) => {
                let object = body::object(request, context.notes)?;
                // The documents leave open where the device API's token goes: a header (as clients do) or a key of the body.
                let given = object.get(TOKEN).and_then(Value::as_str).filter(|token| !token.is_empty());
                let app_id = app_of(context, request, given)?;
                run(context, &app_id, object)
            }
            Handler::Permit => {
                let query = body::query(request, &[TOKEN], context.notes);
                let app_id = match token::by_key(context, request, query.get(TOKEN))? {
                    Some(app_id) => app_id,
                    None => app_of(context, request, query.get(TOKEN))?,
                };
                quota::permit(context, &app_id)
            }
            Handler::Multipart(run) => {
                let parts = body::parts(request, context.notes)?;
                let token = parts.iter().find(|part| part.name == TOKEN);
                let token = token.map(|part| String::from_utf8_lossy(part.bytes).into_owned());
                let app_id = app_of(context, request, token.as_deref().filter(|token| !token.is_empty()))?;
                run(context, &app_id, &parts)
            }
            Handler::Query(known, run) => {
                let query = body::query(request, known, context.notes);
                let app_id = app_of(context, request, query.get(TOKEN))?;
                run(context, &app_id, &query)
            }
        }?;
        Ok(Reply { code: 0, body })
    }

    fn refusal(code: i32) -> Reply {
        Reply { code, body: envelope::refusal(code) }
    }

    /// 200 for whatever is under /server, as clients expect (OPPO reference, section 3), unless a rule says otherwise.
    fn status(rules: &Rules, path: &str, code: i32) -> u16 {
        match code {
            _ if !path::is_oppos(path) => 404,
            0 => 200,
            _ => u16::try_from(rules.refusal_status.0).unwrap_or(200),
        }
    }
}

/// The AppID of the call's token; the call counts for the app's rate.
fn app_of(context: &mut Context<'_>, request: &Request, given: Option<&str>) -> Result<String, Stop> {
    let app_id = token::app_of(context, request, given)?.app_id;
    quota::count_call(context, &app_id)?;
    Ok(app_id)
}
