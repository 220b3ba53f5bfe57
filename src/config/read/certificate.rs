//! A `[[profile.NAME.certificate]]` table. Its secrets and its click target belong to `secret` and `click`.

use super::context::{Context, Entry};
use super::{click, secret};
use crate::clock::Timestamp;
use crate::config::{Certificate, CertificateId, Source, Sourced, keys, rules};
use crate::failure::Kind;
use toml::Spanned;
use toml::de::DeValue;

pub(super) fn read(context: &mut Context, element: &Entry, package: Option<&str>) -> Option<Certificate> {
    let mut table = element.table(context, "certificates")?;
    // An element's own span is its `[[…]]` header or its braces.
    table.key = element.span();
    table.only(context, &keys::CERTIFICATE.names());
    let opaque = |context: &mut Context, entry: Entry| {
        entry.checked(context, |text| rules::opaque(text).map(|()| text.to_owned()))
    };
    let id = table.require(context, "id", "7005").and_then(|entry| id(context, &entry));
    let name = table.get("name").and_then(|entry| opaque(context, entry));
    let app_id = table.require(context, "app_id", "\"30001\"").and_then(|entry| opaque(context, entry));
    let app_key = table.require(context, "app_key", "\"…\"").and_then(|entry| opaque(context, entry));
    let app_secret = table.get("app_secret").and_then(|entry| secret::read(context, &entry));
    let master_secret = table
        .require(context, "master_secret", "{ env = \"…\" }")
        .and_then(|entry| secret::read(context, &entry));
    let channel_id = table.get("channel_id").and_then(|entry| opaque(context, entry));
    let target = match table.get("click") {
        Some(entry) => click::read(context, &entry, package),
        None => Some(Sourced::new(crate::click::Target::OpenApp, Source::Default)),
    };
    let saved_at = table.get("saved_at").and_then(|entry| saved_at(context, &entry));

    // What was given and is wrong has been reported; then the certificate is left out.
    let id = id?;
    Some(Certificate {
        name: name.unwrap_or_else(|| Sourced::new(format!("certificate {id}"), Source::Default)),
        id,
        app_id: app_id?,
        app_key: app_key?,
        app_secret,
        master_secret: master_secret?,
        channel_id,
        click: target?,
        saved_at,
    })
}

/// The ID if the value is a valid one.
pub(super) fn number(value: &Spanned<DeValue>) -> Option<CertificateId> {
    let DeValue::Integer(integer) = value.get_ref() else { return None };
    i64::from_str_radix(integer.as_str(), integer.radix()).ok().and_then(CertificateId::new)
}

pub(super) fn id(context: &mut Context, entry: &Entry) -> Option<Sourced<CertificateId>> {
    if let Some(id) = number(entry.value) {
        return Some(Sourced::new(id, context.source(entry.span())));
    }
    match entry.value.get_ref() {
        DeValue::Integer(_) => {
            let message = format!("{} must be a positive integer below 2^63", entry.name);
            context.report(
                Kind::BadValue,
                entry.span(),
                message,
                "take the certificate ID that the IM console shows",
            );
            None
        }
        DeValue::String(text) if CertificateId::parse(text).is_some() => {
            entry.wrong_type(context, "an integer", "drop the quotes")
        }
        _ => entry.wrong_type(context, "an integer", "take the certificate ID that the IM console shows"),
    }
}

fn saved_at(context: &mut Context, entry: &Entry) -> Option<Sourced<Timestamp>> {
    let DeValue::Datetime(time) = entry.value.get_ref() else {
        let hint = match entry.value.get_ref() {
            DeValue::String(text) if text.parse::<Timestamp>().is_ok() => "drop the quotes",
            _ => "write it like 2026-01-01T00:00:00Z, without quotes",
        };
        return entry.wrong_type(context, "a date and time with offset", hint);
    };
    let (kind, hint) = match (time.date, time.time, time.offset) {
        (Some(_), Some(_), Some(_)) => match time.to_string().parse::<Timestamp>() {
            Ok(time) => return Some(Sourced::new(time, context.source(entry.span()))),
            Err(_) => (Kind::BadValue, "write a time that exists, like 2026-01-01T00:00:00Z".to_owned()),
        },
        (Some(_), Some(_), None) => (Kind::BadValue, format!("add an offset: {time}Z, or {time}+08:00")),
        (Some(date), ..) => (Kind::BadValue, format!("add time and offset: {date}T00:00:00Z")),
        _ => (Kind::BadValue, "add date and offset, like 2026-01-01T00:00:00Z".to_owned()),
    };
    context.report(kind, entry.span(), "saved_at must be a date and time with offset", hint);
    None
}
