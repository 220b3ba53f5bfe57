//! A `[[profile.NAME.certificate]]` table. Its secrets and its click target belong to `secret` and `click`.

use super::context::{Context, Entry};
use super::{click, secret};
use crate::clock::Timestamp;
use crate::config::{Certificate, CertificateId, Source, Sourced, keys};
use crate::failure::Kind;
use toml::Spanned;
use toml::de::DeValue;

pub(super) fn read(context: &mut Context, element: &Entry, package: Option<&str>) -> Option<Certificate> {
    let table = element.keys(context, &keys::CERTIFICATE)?;
    let id = table.get("id").and_then(|entry| id(context, &entry));
    let name = table.opaque(context, "name");
    let app_id = table.opaque(context, "app_id");
    let app_key = table.opaque(context, "app_key");
    let app_secret = table.get("app_secret").and_then(|entry| secret::read(context, &entry));
    let master_secret = table.get("master_secret").and_then(|entry| secret::read(context, &entry));
    let channel_id = table.opaque(context, "channel_id");
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
    let number = entry.count(context, i64::MAX, "take the certificate ID that the IM console shows")?;
    Some(Sourced::new(CertificateId::new(number.value)?, number.source))
}

fn saved_at(context: &mut Context, entry: &Entry) -> Option<Sourced<Timestamp>> {
    let DeValue::Datetime(time) = entry.value.get_ref() else {
        let hint = match entry.value.get_ref() {
            DeValue::String(text) if text.parse::<Timestamp>().is_ok() => "drop the quotes",
            _ => "write it like 2026-01-01T00:00:00Z, without quotes",
        };
        return entry.wrong_type(context, "a date and time with offset", hint);
    };
    let hint = match (time.date, time.time, time.offset) {
        (Some(_), Some(_), Some(_)) => match time.to_string().parse::<Timestamp>() {
            Ok(time) => return Some(Sourced::new(time, context.source(entry.span()))),
            Err(_) => "write a time that exists, like 2026-01-01T00:00:00Z".to_owned(),
        },
        (Some(_), Some(_), None) => format!("add an offset: {time}Z, or {time}+08:00"),
        (Some(date), ..) => format!("add time and offset: {date}T00:00:00Z"),
        _ => "add date and offset, like 2026-01-01T00:00:00Z".to_owned(),
    };
    entry.refuse(context, Kind::BadValue, "saved_at must be a date and time with offset", hint)
}
