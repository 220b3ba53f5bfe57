//! The auth call: credentials, signature and timestamp against an auth token (OPPO reference, section 2).

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::app::{self, App};
use super::super::hex::hex;
use super::super::http::context::Context;
use super::super::http::form::Form;
use super::super::http::notes::Stop;
use super::super::rules::{Rules, Skew};
use super::{envelope, token};

/// Missing fields first (15, 18, 17), then wrong ones (14, 19, 16).
pub(super) fn call(context: &mut Context<'_>, form: &Form) -> Result<Value, Stop> {
    let mut required = |name: &str, code: i32| match form.get(name) {
        Some(value) => Ok(value),
        None => Err(context.notes.refuse(name, code, format!("{name} is missing"))),
    };
    let app_key = required("app_key", 15)?;
    let timestamp = required("timestamp", 18)?;
    let sign = required("sign", 17)?;

    let Some(app) = app_of(context, app_key)? else {
        return Err(context.notes.refuse("app_key", 14, "no app has this AppKey"));
    };
    context.notes.app_id = Some(app.app_id.clone());
    context.notes.secret(&app.master_secret);
    context.notes.pass("app_key", format!("AppID {}", app.app_id));

    match examine_timestamp(timestamp, context.server_time, context.rules) {
        Ok(detail) => context.notes.pass("timestamp", detail),
        Err(detail) => return Err(context.notes.refuse("timestamp", 19, detail)),
    }

    if app.signature_checked() {
        examine_sign(context, sign, &format!("{app_key}{timestamp}{}", app.master_secret))?;
    } else {
        context.notes.pass("sign", "not checked: the app was taken as it came (--accept-any)");
    }
    super::quota::count_call(context, &app.app_id)?;

    let token = token::issue(context.tx, context.rules, context.now, &app.app_id)?;
    context.notes.secret(&token);
    Ok(envelope::success("success", Some(json!({ "auth_token": token, "create_time": context.server_time }))))
}

/// The app with this AppKey. One that was taken as it came is known only where strangers are.
fn app_of(context: &Context<'_>, app_key: &str) -> rusqlite::Result<Option<App>> {
    let accept_any = context.rules.accept_any;
    match app::by_key(context.tx, app_key)? {
        None if accept_any => app::accept(context.tx, app_key),
        known => Ok(known.filter(|app| app.signature_checked() || accept_any)),
    }
}

fn examine_sign(context: &mut Context<'_>, sign: &str, signed: &str) -> Result<(), Stop> {
    let expected = hex(&Sha256::digest(signed));
    let upper_case = sign.bytes().any(|byte| byte.is_ascii_uppercase());
    let given = if upper_case && context.rules.upper_hex_sign.accepts() {
        context.notes.dialect("upper-hex-sign");
        sign.to_ascii_lowercase()
    } else {
        sign.to_owned()
    };
    if given != expected {
        let detail = "not the lower-case hex SHA-256 of app_key + timestamp + MasterSecret";
        return Err(context.notes.refuse("sign", 16, detail));
    }
    context.notes.pass("sign", "");
    Ok(())
}

/// How far the timestamp is from the clock; an error says why it is refused.
fn examine_timestamp(text: &str, now: i64, rules: &Rules) -> Result<String, String> {
    if text.len() != 13 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("not 13 digits: a Unix time in milliseconds".into());
    }
    let timestamp: i64 = text.parse().map_err(|_| "not a number")?;
    let ahead = timestamp - now;
    let detail = if ahead > 0 { format!("{ahead} ms ahead") } else { format!("{} ms behind", -ahead) };
    let within = match rules.timestamp_skew {
        Skew::Both => ahead.abs() <= rules.timestamp_window.0,
        Skew::PastOnly => ahead <= 0 && -ahead <= rules.timestamp_window.0,
    };
    if within { Ok(detail) } else { Err(detail) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_may_be_ten_minutes_off_and_no_more() {
        let now = 1_700_000_000_000;
        let mut rules = Rules::default();
        let fine = |at: i64, rules: &Rules| examine_timestamp(&at.to_string(), now, rules).is_ok();
        assert!(fine(now - 600_000, &rules) && fine(now + 600_000, &rules));
        assert!(!fine(now - 600_001, &rules) && !fine(now + 600_001, &rules));
        rules.set("timestamp-skew=past-only").unwrap();
        assert!(fine(now, &rules) && !fine(now + 1, &rules));
        rules.set("timestamp-window=1m").unwrap();
        assert!(fine(now - 60_000, &rules) && !fine(now - 60_001, &rules));
    }
}
