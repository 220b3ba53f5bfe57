//! One `[[case]]`, or the file itself where it has none: what it says, and what it takes from the file.
//! `target` and `expect` are taken whole; a notification is put together key by key.

use std::collections::BTreeMap;
use std::ops::Range;

use super::layers::{KEYS, Layers};
use super::reader::Reader;
use super::{expect, matrix, notification, target};
use crate::config::read::{Entry, Table};
use crate::config::{CertificateId, Source, Sourced};
use crate::failure::{Kind, Remedy};
use crate::smoke::model::{Case, Expect, Target};

/// A case that is repeated more often hides what it should find.
const MOST_RETRIES: i64 = 5;

/// The case once for each combination of its matrix. Nothing where it could not be read; the problems are reported.
pub(super) fn read(reader: &mut Reader, file: &Table, element: Option<&Entry>) -> Vec<Case> {
    let table = match element {
        None => None,
        Some(element) => {
            let Some(mut table) = reader.table(element, "a case", &KEYS) else { return Vec::new() };
            // An element's own span is its `[[…]]` header or its braces.
            table.key = element.span();
            Some(table)
        }
    };
    let layers = Layers { file, case: table.as_ref() };
    let combinations = matrix::read(reader, layers.get("matrix").as_ref());
    let one = |combination| {
        reader.matrix = combination;
        case(reader, &layers)
    };
    combinations.into_iter().map(one).collect()
}

fn case(reader: &mut Reader, layers: &Layers) -> Case {
    let mut spans = BTreeMap::new();
    let name = name(reader, layers);
    spans.insert("name".to_owned(), name.as_ref().map_or(layers.key(), |(_, span)| span.clone()));
    let profile = layers.get("profile").and_then(|entry| reader.text(&entry));
    let certificate = layers.get("certificate").and_then(|entry| certificate(reader, &entry));
    let retries = layers.get("retries").map_or(Some(1), |entry| retries(reader, &entry));
    let target = match layers.get("target") {
        Some(entry) => target::read(reader, &entry),
        None => {
            let message = "there is no target to push to";
            let hint = "add target = { reg_id = \"${OPUSH_REG_ID}\" }, or one with alias, user or phone";
            reader.report(Kind::MissingKey, layers.key(), message, hint);
            None
        }
    };
    let (draft, click) = notification::read(reader, layers, &mut spans);
    let expect = expect::read(reader, layers.get("expect").as_ref(), target.as_ref(), layers.key());
    let line = reader.line(&layers.key());
    let complete = name.is_some() && target.is_some() && expect.is_some() && retries.is_some();
    let no_target = || Target::Phone(Sourced::new(String::new(), Source::Default));
    Case {
        name: name.map(|(name, _)| name).unwrap_or_default(),
        file: reader.context.text.name().to_owned(),
        line,
        profile,
        certificate,
        target: target.unwrap_or_else(no_target),
        click,
        draft,
        expect: expect.unwrap_or(Expect { line, ..Expect::default() }),
        retries: retries.unwrap_or_default(),
        complete,
        spans,
    }
}

/// The name, and its place. A matrix that the name does not mention is put behind it.
fn name(reader: &mut Reader, layers: &Layers) -> Option<(String, Range<usize>)> {
    let entry = match layers.case {
        Some(case) => Some(case.require(&mut reader.context, "name", "\"what is tried\"")?),
        None => layers.file.get("name"),
    };
    let (name, span) = match &entry {
        Some(entry) => (reader.text(entry)?.value, entry.span()),
        None => (stem(reader.context.text.name()).to_owned(), 0..0),
    };
    let flaws = [
        (name.trim().is_empty(), "a name is empty"),
        (name.contains(char::is_control), "a name has a control character"),
        (name.chars().count() > 200, "a name has more than 200 characters"),
    ];
    if let Some((_, message)) = flaws.into_iter().find(|(applies, _)| *applies) {
        reader.report(Kind::BadValue, span, message, "say in some words what is tried");
        return None;
    }
    let raw = entry.as_ref().and_then(|entry| entry.value.get_ref().as_str()).unwrap_or_default();
    let more = if raw.contains("${matrix.") { String::new() } else { matrix::words(&reader.matrix) };
    Some((format!("{name}{more}"), span))
}

/// `smoke/order.toml` as `order`
fn stem(file: &str) -> &str {
    let last = file.rsplit('/').next().unwrap_or(file);
    last.strip_suffix(".toml").filter(|stem| !stem.is_empty()).unwrap_or(last)
}

fn certificate(reader: &mut Reader, entry: &Entry) -> Option<Sourced<CertificateId>> {
    let number = reader.integer(entry)?;
    let id = CertificateId::new(number.value);
    if id.is_none() {
        let message = format!("certificate must be a positive integer, not {}", number.value);
        let hint = Remedy::run("see which there are", "cert list");
        reader.report(Kind::BadValue, entry.span(), message, hint);
    }
    id.map(|id| Sourced::new(id, number.source))
}

fn retries(reader: &mut Reader, entry: &Entry) -> Option<u32> {
    let number = reader.integer(entry)?.value;
    let fits = (0..=MOST_RETRIES).contains(&number);
    if !fits {
        let message = format!("retries is {number}; a case may be repeated 0 to {MOST_RETRIES} times");
        reader.report(Kind::BadValue, entry.span(), message, "a case that needs more is broken");
    }
    u32::try_from(number).ok().filter(|_| fits)
}
