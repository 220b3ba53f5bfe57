//! A `[profile.NAME]` table. Its certificates belong to `certificate`.

use super::context::{Context, Entry, Table};
use super::{certificate, im};
use crate::clock::duration;
use crate::config::profile::REPEAT_WINDOW;
use crate::config::secret_ref::expand;
use crate::config::{
    AppPath, Certificate, CertificateId, Endpoints, MultiDevice, Origin, Profile, Region, Source, Sourced,
    keys, rules, suggest,
};
use crate::failure::Kind;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;
use toml::Spanned;
use toml::de::DeValue;

pub(super) fn read(context: &mut Context, entry: &Entry) -> Option<Profile> {
    if let Err(flaw) = rules::profile_name(entry.name) {
        context.report(Kind::BadValue, entry.key.clone(), flaw.message, flaw.hint);
    }
    let table = entry.keys(context, &keys::PROFILE)?;
    let region = table.get("region").and_then(|entry| entry.word::<Region>(context, "there is no region"));
    let package = table.get("package");
    let package = package.and_then(|entry| entry.checked(context, rules::owned(rules::package)));
    let endpoints = endpoints(context, &table);
    let ca_file = table.get("ca_file").and_then(|entry| ca_file(context, &entry));
    let app = table.get("app").and_then(|entry| app(context, &entry));
    let multi_device =
        table.get("multi_device").and_then(|entry| entry.word(context, "there is no multi-device rule"));
    let reports_complete = table.get("reports_complete").and_then(|entry| entry.boolean(context));
    let rate =
        table.get("rate").and_then(|entry| entry.count(context, 1_000_000, "write a number such as 5000"));
    let repeat_window = table.get("repeat_window").and_then(|entry| period(context, &entry));
    let certificates = certificates(context, &table, package.as_ref().map(|package| package.value.as_str()));
    let default_certificate = default_certificate(context, &table);
    let of = region.as_ref().map(|region| region.value);
    let im = table.get("im").and_then(|entry| im::read(context, &entry, of));
    let mut needs_trust = Vec::new();
    table.needing_trust(context, &keys::PROFILE, &format!("profile.{}.", entry.name), &mut needs_trust);
    Some(Profile {
        name: entry.name.to_owned(),
        origin: Origin::File(context.text.name().to_owned()),
        region: region?,
        package,
        endpoints,
        ca_file,
        app,
        multi_device: multi_device.unwrap_or_else(|| Sourced::new(MultiDevice::default(), Source::Default)),
        reports_complete: reports_complete.unwrap_or_else(|| Sourced::new(false, Source::Default)),
        rate,
        repeat_window: repeat_window.unwrap_or_else(|| Sourced::new(REPEAT_WINDOW, Source::Default)),
        default_certificate,
        certificates,
        im,
        needs_trust,
    })
}

fn endpoints(context: &mut Context, profile: &Table) -> Endpoints {
    let of = |context: &mut Context, table: &Table, name| {
        table.get(name).and_then(|entry| entry.checked(context, rules::endpoint))
    };
    let whole = of(context, profile, "endpoint");
    let single = profile.get("endpoints").and_then(|entry| entry.keys(context, &keys::ENDPOINTS));
    let Some(table) = single else { return whole.map(Endpoints::all).unwrap_or_default() };
    Endpoints {
        push: of(context, &table, "push"),
        device: of(context, &table, "device"),
        media: of(context, &table, "media"),
        feedback: of(context, &table, "feedback"),
    }
}

/// A duration, which may be zero.
fn period(context: &mut Context, entry: &Entry) -> Option<Sourced<Duration>> {
    let text = entry.text(context)?;
    match duration(&text.value) {
        Ok(period) => Some(Sourced::new(period, text.source)),
        Err(words) => {
            let (message, hint) = words.split_once("; ").unwrap_or((&words, "write it like \"10m\""));
            entry.refuse(context, Kind::BadValue, format!("{}: {message}", entry.name), hint.to_owned())
        }
    }
}

fn ca_file(context: &mut Context, entry: &Entry) -> Option<Sourced<PathBuf>> {
    let written = entry.checked(context, rules::owned(rules::opaque))?;
    Some(written.map(|written| expand(&written, context.base, context.home)))
}

fn app(context: &mut Context, entry: &Entry) -> Option<Sourced<AppPath>> {
    let written = entry.checked(context, rules::owned(rules::opaque))?;
    Some(written.map(|written| AppPath::new(&written, context.base, context.home)))
}

fn certificates(context: &mut Context, profile: &Table, package: Option<&str>) -> Vec<Certificate> {
    let Some(entry) = profile.get("certificate") else { return Vec::new() };
    let DeValue::Array(array) = entry.value.get_ref() else {
        let hint = "write it with double brackets: [[profile.NAME.certificate]]";
        entry.wrong_type::<()>(context, "an array of tables", hint);
        return Vec::new();
    };
    let read = |value: &Spanned<DeValue>| {
        // An element's own span is its `[[…]]` header or its braces.
        certificate::read(context, &Entry { name: entry.name, key: value.span(), value }, package)
    };
    array.iter().filter_map(read).collect()
}

/// Reports every certificate ID that an earlier certificate of the profile has already. `ids` in the file's order.
fn duplicates(context: &mut Context, ids: &[Sourced<CertificateId>]) {
    let mut first: BTreeMap<CertificateId, &Sourced<CertificateId>> = BTreeMap::new();
    for id in ids {
        match first.get(&id.value) {
            Some(earlier) => {
                let Source::File { span, .. } = &id.source else { continue };
                let message = format!("certificate {id} is there twice");
                let hint = format!("the first is at {}; give each its own ID", earlier.source);
                context.report(Kind::DuplicateCertificate, span.clone(), message, hint);
            }
            None => {
                first.insert(id.value, id);
            }
        }
    }
}

/// The IDs that can be read, whether or not the certificates are valid otherwise, and whether that is all of them.
fn ids(context: &Context, profile: &Table) -> (Vec<Sourced<CertificateId>>, bool) {
    let Some(entry) = profile.get("certificate") else {
        let misspelled =
            profile.entries().any(|entry| suggest::nearest(entry.name, ["certificate"]).is_some());
        return (Vec::new(), !misspelled);
    };
    let DeValue::Array(array) = entry.value.get_ref() else { return (Vec::new(), false) };
    let read = |element: &Spanned<DeValue>| {
        let DeValue::Table(table) = element.get_ref() else { return None };
        let value = table.get("id")?;
        Some(Sourced::new(certificate::number(value)?, context.source(value.span())))
    };
    let ids: Vec<_> = array.iter().filter_map(read).collect();
    let complete = ids.len() == array.len();
    (ids, complete)
}

fn default_certificate(context: &mut Context, profile: &Table) -> Option<Sourced<CertificateId>> {
    let (ids, complete) = ids(context, profile);
    duplicates(context, &ids);
    let entry = profile.get("default_certificate")?;
    let id = certificate::id(context, &entry)?;
    // The one meant may be among those with an unreadable ID.
    if complete && !ids.iter().any(|known| known.value == id.value) {
        let choices: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let hint = match choices.as_slice() {
            [] => "add a certificate, or remove this line".to_owned(),
            some => suggest::hint(&id.to_string(), some.iter().map(String::as_str)),
        };
        context.report(Kind::UnknownCertificate, entry.span(), format!("there is no certificate {id}"), hint);
    }
    Some(id)
}
