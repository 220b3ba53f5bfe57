//! The tag calls of the device API, with their JSON bodies (OPPO reference, section 7).

use rusqlite::params;
use serde_json::{Value, json};

use super::super::http::context::Context;
use super::super::http::notes::Stop;
use super::super::http::request::Object;
use super::super::rules::{AllTagsAnswer, RepeatAnswer, TagsForm};
use super::fields::{Fields, Findings, kind};
use super::{envelope, reg_id};

/// `POST /server/v1/device/subscribe_tags`: gives the regId these tags beside those that it has.
pub(super) fn subscribe(context: &mut Context<'_>, app_id: &str, body: Object) -> Result<Value, Stop> {
    let (target, tags) = of_reg_id(context, app_id, body)?;
    for tag in &tags {
        known(context, app_id, tag)?;
        context
            .tx
            .prepare_cached("INSERT OR IGNORE INTO tagged (app_id, reg_id, tag) VALUES (?1, ?2, ?3)")?
            .execute([app_id, &target, tag])?;
    }
    Ok(envelope::success("success", None))
}

/// `POST /server/v1/device/unsubscribe_tags`; one that it never had is taken as well.
pub(super) fn unsubscribe(context: &mut Context<'_>, app_id: &str, body: Object) -> Result<Value, Stop> {
    let (target, tags) = of_reg_id(context, app_id, body)?;
    for tag in &tags {
        context
            .tx
            .prepare_cached("DELETE FROM tagged WHERE app_id = ?1 AND reg_id = ?2 AND tag = ?3")?
            .execute([app_id, &target, tag])?;
    }
    Ok(envelope::success("success", None))
}

/// `POST /server/v1/device/get_all_tags`: those of one regId.
pub(super) fn all(context: &mut Context<'_>, app_id: &str, body: Object) -> Result<Value, Stop> {
    let mut findings = Findings::default();
    let known = ["registration_id", "auth_token"];
    let mut fields = Fields::read(body, &known, context.rules, context.notes, &mut findings);
    let target = fields.required_text("registration_id", None).unwrap_or_default();
    findings.settle(context.notes)?;
    reg_id::examine(context, app_id, &target)?;
    let tags: Vec<String> = context
        .tx
        .prepare_cached("SELECT tag FROM tagged WHERE app_id = ?1 AND reg_id = ?2 ORDER BY tag")?
        .query_map([app_id, &target], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let data = match context.rules.all_tags {
        AllTagsAnswer::Object => json!({ "registration_id": target, "tags": tags }),
        AllTagsAnswer::List => tags.into(),
    };
    Ok(envelope::success("success", Some(data)))
}

/// `POST /server/v1/device/add_tags`: makes one tag.
pub(super) fn add(context: &mut Context<'_>, app_id: &str, body: Object) -> Result<Value, Stop> {
    let mut findings = Findings::default();
    let known = ["name", "desc", "auth_token"];
    let mut fields = Fields::read(body, &known, context.rules, context.notes, &mut findings);
    let name = fields.required_text("name", None).unwrap_or_default();
    let about = fields.text("desc", None).unwrap_or_default();
    if name.contains(';') {
        findings.wrong("name", "a tag has no `;`");
    }
    findings.settle(context.notes)?;
    let made = context
        .tx
        .prepare_cached("INSERT OR IGNORE INTO tag (app_id, name, about) VALUES (?1, ?2, ?3)")?
        .execute([app_id, &name, &about])?;
    if made == 0 {
        repeated(context, "name", "the app has a tag of this name")?;
    }
    Ok(envelope::success("success", None))
}

/// `POST /server/v1/device/add_tag_group`: puts tags into a group; those that the app has not yet are made.
pub(super) fn add_group(context: &mut Context<'_>, app_id: &str, body: Object) -> Result<Value, Stop> {
    let mut findings = Findings::default();
    let known_fields = ["group", "tags", "desc", "auth_token"];
    let mut fields = Fields::read(body, &known_fields, context.rules, context.notes, &mut findings);
    let group = fields.required_text("group", None).unwrap_or_default();
    let tags = listed(&mut fields);
    let about = fields.text("desc", None).unwrap_or_default();
    findings.settle(context.notes)?;
    let exists = "SELECT 1 FROM tag WHERE app_id = ?1 AND family = ?2";
    if context.tx.prepare_cached(exists)?.exists([app_id, &group])? {
        repeated(context, "group", "the app has a group of this name")?;
    }
    for tag in &tags {
        known(context, app_id, tag)?;
        context
            .tx
            .prepare_cached(
                "INSERT INTO tag (app_id, name, about, family) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (app_id, name) DO UPDATE SET family = excluded.family",
            )?
            .execute(params![app_id, tag, about, group])?;
    }
    Ok(envelope::success("success", None))
}

fn of_reg_id(context: &mut Context<'_>, app_id: &str, body: Object) -> Result<(String, Vec<String>), Stop> {
    let mut findings = Findings::default();
    let known = ["registration_id", "tags", "auth_token"];
    let mut fields = Fields::read(body, &known, context.rules, context.notes, &mut findings);
    let target = fields.required_text("registration_id", None).unwrap_or_default();
    let tags = listed(&mut fields);
    findings.settle(context.notes)?;
    reg_id::examine(context, app_id, &target)?;
    Ok((target, tags))
}

/// `tags`: a text with semicolons between them, or an array of texts.
fn listed(fields: &mut Fields<'_>) -> Vec<String> {
    fields.require("tags");
    let form = fields.rules.tags_form;
    let tags: Vec<String> = match fields.take("tags") {
        None => return Vec::new(),
        Some(Value::String(text)) if form != TagsForm::Array => {
            text.split(';').map(|tag| tag.trim().to_owned()).collect()
        }
        Some(Value::Array(items)) if form != TagsForm::Text && items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).map(|tag| tag.trim().to_owned()).collect()
        }
        Some(other) => {
            fields.findings.wrong("tags", format!("{} is not the form they are sent in", kind(&other)));
            return Vec::new();
        }
    };
    let tags: Vec<String> = tags.into_iter().filter(|tag| !tag.is_empty()).collect();
    if tags.is_empty() {
        fields.findings.missing("tags");
    } else if tags.iter().any(|tag| tag.contains(';')) {
        fields.findings.wrong("tags", "a tag has no `;`");
    }
    tags
}

/// Whether the app has made the tag, where a rule asks for it.
fn known(context: &mut Context<'_>, app_id: &str, tag: &str) -> Result<(), Stop> {
    let made = "SELECT 1 FROM tag WHERE app_id = ?1 AND name = ?2";
    if context.rules.unknown_tags.accepts() || context.tx.prepare_cached(made)?.exists([app_id, tag])? {
        return Ok(());
    }
    Err(context.notes.refuse("tags", 31, format!("the app has made no tag `{tag}`")))
}

fn repeated(context: &mut Context<'_>, field: &str, why: &str) -> Result<(), Stop> {
    match context.rules.repeated_tag {
        RepeatAnswer::Duplicate => Err(context.notes.refuse(field, 32, why)),
        RepeatAnswer::Success => Ok(()),
    }
}
