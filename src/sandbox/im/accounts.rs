//! The account commands: check, import one, import many, kick (IM reference, section 8).

use serde_json::{Map, Value, json};

use super::super::http::context::{Context, Reply};
use super::super::http::notes::Stop;
use super::super::http::request::Object;
use super::super::rules::AccountField;
use super::app::ImApp;
use super::envelope;
use super::fields::{self, FieldType, ListCodes};
use super::{login, user};

const MOST: usize = 100;

/// `account_check`: which users are imported.
pub(super) fn check(context: &mut Context<'_>, app: &ImApp, body: &Object) -> Result<Reply, Stop> {
    const NAME: &str = "CheckItem";
    let items = match body.get(NAME) {
        Some(Value::Array(items)) if !items.is_empty() => items,
        _ => return Err(context.notes.refuse(NAME, 70402, "not an array with users in it")),
    };
    if items.len() > MOST {
        return Err(context.notes.refuse(NAME, 70206, format!("{} users, at most {MOST}", items.len())));
    }
    let mut results = Vec::new();
    for item in items {
        let Some(user) = item.get("UserID") else {
            return Err(context.notes.refuse(NAME, 70402, "an element has no UserID"));
        };
        let Some(user) = user.as_str() else {
            return Err(context.notes.refuse("UserID", 60015, "not a string"));
        };
        let known = user::exists(context.tx, app.sdk_app_id, user)?;
        results.push(json!({
            "UserID": user,
            "ResultCode": 0,
            "ResultInfo": "",
            "AccountStatus": if known { "Imported" } else { "NotImported" },
        }));
    }
    context.notes.pass(NAME, "");
    Ok(envelope::ok(Map::from_iter([("ResultItem".to_owned(), results.into())])))
}

/// `account_import`: makes one account.
pub(super) fn import(context: &mut Context<'_>, app: &ImApp, body: &Object) -> Result<Reply, Stop> {
    let user = named(context, body)?;
    if let Some(flaw) = user::flaw(context.rules, &user) {
        return Err(context.notes.refuse("UserID", 70402, flaw));
    }
    fields::check(context, body, 70402, &[("Nick", FieldType::Text), ("FaceUrl", FieldType::Text)])?;
    user::import(context.tx, app.sdk_app_id, &user, fields::text(body, "Nick").as_deref())?;
    context.notes.pass("UserID", "");
    Ok(envelope::ok(Map::new()))
}

/// `multiaccount_import`: those that can't be made are listed.
pub(super) fn import_many(context: &mut Context<'_>, app: &ImApp, body: &Object) -> Result<Reply, Stop> {
    let codes = ListCodes { missing: 70402, wrong: 60015, empty: 70402, too_many: 70206, most: MOST };
    let mut failed = Vec::new();
    for user in fields::users(context, body, "Accounts", codes)? {
        if user::flaw(context.rules, &user).is_some() {
            failed.push(user);
        } else {
            user::import(context.tx, app.sdk_app_id, &user, None)?;
        }
    }
    context.notes.pass("Accounts", format!("{} failed", failed.len()));
    Ok(envelope::ok(Map::from_iter([("FailAccounts".to_owned(), failed.into())])))
}

/// `kick`: voids the user's logins, and the UserSigs made before.
pub(super) fn kick(context: &mut Context<'_>, app: &ImApp, body: &Object) -> Result<Reply, Stop> {
    let user = named(context, body)?;
    if !user::exists(context.tx, app.sdk_app_id, &user)? {
        return Err(context.notes.refuse("UserID", 70107, format!("{user:?} is not imported")));
    }
    user::kick(context.tx, app.sdk_app_id, &user, context.server_time)?;
    login::kick(context.moment(), app.sdk_app_id, &user)?;
    context.notes.pass("UserID", "");
    Ok(envelope::ok(Map::new()))
}

/// The user under today's name or the one of 2021.
fn named(context: &mut Context<'_>, body: &Object) -> Result<String, Stop> {
    let names: &[&str] = match context.rules.im_account_field {
        AccountField::Either => &["UserID", "Identifier"],
        AccountField::UserId => &["UserID"],
        AccountField::Identifier => &["Identifier"],
    };
    let Some(value) = names.iter().find_map(|name| body.get(*name)) else {
        return Err(context.notes.refuse("UserID", 70402, format!("{} is missing", names.join(" or "))));
    };
    match value {
        Value::String(user) if !user.is_empty() => Ok(user.clone()),
        Value::String(_) => Err(context.notes.refuse("UserID", 70402, "empty")),
        _ => Err(context.notes.refuse("UserID", 60015, "not a string")),
    }
}
