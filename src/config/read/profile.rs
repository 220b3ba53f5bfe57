//! A `[profile.NAME]` table. Its certificates belong to `certificate`.

use super::context::{Context, Entry, Table};
use super::{certificate, im};
use crate::config::{
    Certificate, CertificateId, Endpoints, MultiDevice, Origin, Profile, Region, Source, Sourced, keys,
    rules, suggest,
};
use crate::failure::Kind;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::DeValue;

pub(super) fn read(context: &mut Context, entry: &Entry) -> Option<Profile> {
    if let Err(flaw) = rules::profile_name(entry.name) {
        context.report(Kind::BadValue, entry.key.clone(), flaw.message, flaw.hint);
    }
    let table = entry.table(context, "a profile")?;
    table.only(context, &keys::PROFILE.names());
    let region = table
        .require(context, "region", "\"cn\"")
        .and_then(|entry| entry.word::<Region>(context, "there is no region"));
    let package = table
        .get("package")
        .and_then(|entry| entry.checked(context, |name| rules::package(name).map(|()| name.to_owned())));
    let endpoints = endpoints(context, &table);
    let multi_device =
        table.get("multi_device").and_then(|entry| entry.word(context, "there is no multi-device rule"));
    let certificates = certificates(context, &table, package.as_ref().map(|package| package.value.as_str()));
    let default_certificate = default_certificate(context, &table);
    let im = table
        .get("im")
        .and_then(|entry| im::read(context, &entry, region.as_ref().map(|region| region.value)));
    Some(Profile {
        name: entry.name.to_owned(),
        origin: Origin::File(context.text.name().to_owned()),
        region: region?,
        package,
        endpoints,
        multi_device: multi_device.unwrap_or_else(|| Sourced::new(MultiDevice::default(), Source::Default)),
        default_certificate,
        certificates,
        im,
    })
}

fn endpoints(context: &mut Context, profile: &Table) -> Endpoints {
    let whole = profile.get("endpoint");
    let single = profile.get("endpoints");
    if let (Some(whole), Some(single)) = (&whole, &single) {
        let later = if whole.key.start > single.key.start { whole } else { single };
        let hint = "keep endpoint for all four hosts, or endpoints for single ones";
        context.report(
            Kind::Contradiction,
            later.key.clone(),
            "endpoint and endpoints exclude each other",
            hint,
        );
    }
    let mut endpoints = Endpoints::default();
    if let Some(endpoint) = whole.and_then(|entry| entry.checked(context, rules::endpoint)) {
        endpoints = Endpoints::all(endpoint);
    }
    if let Some(table) = single.and_then(|entry| entry.table(context, "endpoints")) {
        table.only(context, &keys::ENDPOINTS.names());
        let mut one = |name| table.get(name).and_then(|entry| entry.checked(context, rules::endpoint));
        endpoints = Endpoints {
            push: one("push"),
            device: one("device"),
            media: one("media"),
            feedback: one("feedback"),
        };
    }
    endpoints
}

fn certificates(context: &mut Context, profile: &Table, package: Option<&str>) -> Vec<Certificate> {
    let Some(entry) = profile.get("certificate") else { return Vec::new() };
    let DeValue::Array(array) = entry.value.get_ref() else {
        entry.wrong_type::<()>(
            context,
            "an array of tables",
            "write it with double brackets: [[profile.NAME.certificate]]",
        );
        return Vec::new();
    };
    let read = |value| {
        let element = Entry { name: entry.name, key: entry.key.clone(), value };
        certificate::read(context, &element, package)
    };
    let certificates: Vec<Certificate> = array.iter().filter_map(read).collect();
    certificates
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
    // The one meant may be among those whose ID cannot be read.
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
