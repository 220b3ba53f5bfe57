//! Admits a call: the query's parameters and the UserSig in it (IM reference, sections 5 and 6).

use super::super::http::context::Context;
use super::super::http::form::Form;
use super::super::http::notes::Stop;
use super::super::http::request::Request;
use super::super::rules::YesNo;
use super::app::{self, ImApp};
use super::user;
use super::user_sig::Claims;

/// Names are case-sensitive (IM reference, section 5).
const NAMES: &[&str] = &["sdkappid", "identifier", "usersig", "random", "contenttype"];

/// The app for which this call is made, once all of it is in order.
pub(super) fn open(context: &mut Context<'_>, request: &Request) -> Result<ImApp, Stop> {
    let query = read(context, request.query().unwrap_or_default())?;
    let app = app_of(context, &query)?;
    context.notes.app_id = Some(app.sdk_app_id.to_string());
    let Some(identifier) = query.get("identifier") else {
        return Err(context.notes.refuse("identifier", 60004, "missing"));
    };
    user_sig(context, &app, identifier, query.first("usersig"))?;
    if identifier != app.admin {
        return Err(context.notes.refuse("identifier", 60010, "not the app's administrator"));
    }
    context.notes.pass("identifier", "");
    // One count for all commands; the real server has one for each.
    context.count_call(&app.sdk_app_id.to_string(), "im-call", context.rules.im_call_rate, 60007)?;
    Ok(app)
}

/// The query's parameters.
fn read(context: &mut Context<'_>, text: &str) -> Result<Form, Stop> {
    let query = Form::parse(text.as_bytes());
    if let Some(flaw) = &query.flaw {
        return Err(context.notes.refuse("query", 60002, flaw));
    }
    if let Some(twice) = query.twice(NAMES) {
        return Err(context.notes.refuse("query", 60002, format!("{twice} is there twice")));
    }
    if !context.rules.im_incomplete_query.accepts() {
        let random = query.first("random").is_some_and(|random| {
            random.bytes().all(|byte| byte.is_ascii_digit()) && random.parse::<u32>().is_ok()
        });
        if !random {
            return Err(context.notes.refuse("random", 60002, "not a whole number from 0 to 4294967295"));
        }
        if query.first("contenttype") != Some("json") {
            return Err(context.notes.refuse("contenttype", 60002, "not json"));
        }
    }
    context.notes.pass("query", "");
    Ok(query)
}

fn app_of(context: &mut Context<'_>, query: &Form) -> Result<ImApp, Stop> {
    let Some(text) = query.get("sdkappid") else {
        return Err(context.notes.refuse("sdkappid", 60012, "missing; names are case-sensitive"));
    };
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(sdk_app_id) = text.parse::<i64>().ok().filter(|id| digits && *id > 0) else {
        return Err(context.notes.refuse("sdkappid", 60006, format!("{text:?} is not an SDKAppID")));
    };
    let accept_any = context.rules.accept_any;
    match app::by_id(context.tx, sdk_app_id)?.filter(|app| app.signature_checked() || accept_any) {
        Some(app) => {
            context.notes.pass("sdkappid", "");
            Ok(app)
        }
        None if accept_any => accept(context, sdk_app_id, query),
        None => Err(context.notes.refuse("sdkappid", 70020, format!("no app has SDKAppID {sdk_app_id}"))),
    }
}

/// Registers an app that nobody registered, with the caller as its administrator.
fn accept(context: &mut Context<'_>, sdk_app_id: i64, query: &Form) -> Result<ImApp, Stop> {
    let admin = query.get("identifier").unwrap_or_default();
    if let Some(flaw) = user::flaw(context.rules, admin) {
        return Err(context.notes.refuse("identifier", 60004, flaw));
    }
    let app = ImApp { sdk_app_id, admin: admin.to_owned(), secret_key: String::new() };
    app::register(context.tx, &app)?;
    context.notes.pass("sdkappid", "nobody registered it: taken as it came (--accept-any)");
    Ok(app)
}

/// In the order of the public verifier; a kick's effect last, as only a signed UserSig can be void.
fn user_sig(
    context: &mut Context<'_>,
    app: &ImApp,
    identifier: &str,
    text: Option<&str>,
) -> Result<(), Stop> {
    const NAME: &str = "usersig";
    let text = match text {
        None => return Err(context.notes.refuse(NAME, 60005, "missing")),
        Some("") => return Err(context.notes.refuse(NAME, 70002, "empty")),
        Some(text) => text,
    };
    context.notes.secret(text);
    let claims = Claims::decode(text).map_err(|error| context.notes.refuse(NAME, 70003, error))?;
    let now = context.server_time.div_euclid(1000);
    let refused = if claims.sdk_app_id != app.sdk_app_id {
        Some((70014, format!("made for SDKAppID {}", claims.sdk_app_id)))
    } else if claims.identifier != identifier {
        Some((70013, format!("made for {:?}", claims.identifier)))
    } else if claims.time.checked_add(claims.expire).is_none_or(|end| now > end) {
        Some((70001, format!("made at {} for {} s, it is {now}", claims.time, claims.expire)))
    } else if claims.user_buf.is_some() {
        Some((70003, "it has a user buffer, which IM does not use".to_owned()))
    } else if app.signature_checked() && !claims.is_signed_with(&app.secret_key) {
        let code = i32::try_from(context.rules.im_wrong_key_code.0).unwrap_or(70003);
        Some((code, "not signed with the app's key".to_owned()))
    } else if claims.time > now && !context.rules.im_future_time.accepts() {
        Some((70003, format!("made at {}, it is {now}", claims.time)))
    } else {
        None
    };
    if let Some((code, detail)) = refused {
        return Err(context.notes.refuse(NAME, code, detail));
    }
    if let Some(kicked) = user::kicked_at(context.tx, app.sdk_app_id, identifier)? {
        let kicked = kicked.div_euclid(1000);
        let same_second = context.rules.im_kick_same_second == YesNo::Yes && claims.time == kicked;
        if claims.time < kicked || same_second {
            let detail = format!("made at {}, kicked at {kicked}", claims.time);
            return Err(context.notes.refuse(NAME, 70052, detail));
        }
    }
    let detail = if app.signature_checked() { "" } else { "signature not checked (--accept-any)" };
    context.notes.pass(NAME, detail);
    Ok(())
}
