//! The alias calls of the device API, with their JSON bodies (OPPO reference, section 7).

use serde_json::Value;

use super::super::http::context::Context;
use super::super::http::notes::Stop;
use super::super::http::request::Object;
use super::super::phone::{self, Addressee, RegIdState};
use super::fields::{Fields, Findings};
use super::{envelope, reg_id};

const ALIAS_LIMIT: usize = 64;

/// `POST /server/v1/device/set_alias`: gives the alias to this regId, whoever had it before.
pub(super) fn set(context: &mut Context<'_>, app_id: &str, body: Object) -> Result<Value, Stop> {
    let (target, alias) = read_fields(context, body, true)?;
    let target = target.unwrap_or_default();
    reg_id::examine(context, app_id, &target)?;
    phone::set_alias(context.tx, app_id, &target, &alias)?;
    Ok(envelope::success("success", None))
}

/// `POST /server/v1/device/delete_alias`.
pub(super) fn delete(context: &mut Context<'_>, app_id: &str, body: Object) -> Result<Value, Stop> {
    let (_, alias) = read_fields(context, body, false)?;
    if !phone::delete_alias(context.tx, app_id, &alias)? {
        return Err(context.notes.refuse("alias", 10002, "no phone has this alias"));
    }
    Ok(envelope::success("success", None))
}

/// The regId that holds an alias now, and its phone: 10002 where none does, 10003 where its phone has push switched off.
pub(crate) fn resolve(
    context: &mut Context<'_>,
    app_id: &str,
    alias: &str,
) -> Result<(String, Option<Addressee>), Stop> {
    let mut holder = phone::reg_id_of_alias(context.tx, app_id, alias)?;
    if holder.is_none() && context.rules.accept_any {
        phone::accept_alias(context.moment(), app_id, alias)?;
        holder = phone::reg_id_of_alias(context.tx, app_id, alias)?;
    }
    let Some(holder) = holder else {
        return Err(context.notes.refuse("alias", 10002, "no phone has this alias"));
    };
    let (state, found) = phone::look_up(context.tx, context.now, app_id, &holder)?;
    match state {
        RegIdState::Subscribed => {
            context.notes.pass("alias", holder.clone());
            Ok((holder, found))
        }
        RegIdState::Unsubscribed => {
            Err(context.notes.refuse("alias", 10003, "its phone has push switched off"))
        }
        RegIdState::Unknown => Err(context.notes.refuse("alias", 10002, "the phone with this alias is gone")),
    }
}

fn read_fields(
    context: &mut Context<'_>,
    body: Object,
    with_target: bool,
) -> Result<(Option<String>, String), Stop> {
    let known: &[&str] =
        if with_target { &["registration_id", "alias", "auth_token"] } else { &["alias", "auth_token"] };
    let mut findings = Findings::default();
    let mut fields = Fields::read(body, known, context.rules, context.notes, &mut findings);
    let target = if with_target { fields.required_text("registration_id", None) } else { None };
    let alias = fields.required_text("alias", Some(ALIAS_LIMIT));
    if alias.as_deref().is_some_and(|alias| alias.contains(';')) {
        findings.wrong("alias", "an alias has no `;`");
    }
    findings.settle(context.notes)?;
    Ok((target, alias.unwrap_or_default()))
}
