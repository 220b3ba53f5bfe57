//! One `[[case]]`, or the file itself where it has none: what it says, and what it takes from the file.
//! `target` and `expect` are taken whole; a notification is put together key by key.

use std::collections::BTreeMap;

use super::layers::{DEFAULTS, Layers};
use super::matrix::{self, Combination};
use super::values::Values;
use super::{expect, notification, target};
use crate::config::read::{Context, Entry, Table};
use crate::config::{CertificateId, Source, Sourced};
use crate::failure::{Kind, Remedy};
use crate::smoke::model::{Case, Expect, Target};

/// A case that is repeated more often hides what it should find.
const MOST_RETRIES: i64 = 5;

/// The case once for each combination of its matrix. Nothing where it could not be read; the problems are reported.
pub(super) fn read(
    context: &mut Context,
    values: &mut Values,
    file: &Table,
    element: Option<&Entry>,
) -> Vec<Case> {
    let table = match element {
        None => None,
        Some(element) => {
            let Some(mut table) = element.table(context, "a case") else { return Vec::new() };
            // An element's own span is its `[[…]]` header or its braces.
            table.key = element.span();
            let known: Vec<&str> = DEFAULTS.into_iter().chain(["name"]).collect();
            table.only(context, &known);
            Some(table)
        }
    };
    let layers = Layers { file, case: table.as_ref() };
    let combinations = matrix::read(context, layers.get("matrix").as_ref());
    let one = |combination| {
        values.matrix = combination;
        case(context, values, &layers)
    };
    combinations.into_iter().map(one).collect()
}

fn case(context: &mut Context, values: &mut Values, layers: &Layers) -> Case {
    let mut spans = BTreeMap::new();
    let name = name(context, values, layers);
    spans.insert("name".to_owned(), name.as_ref().map_or(layers.key(), |(_, span)| span.clone()));
    let profile = layers.get("profile").and_then(|entry| values.text(context, &entry));
    let certificate = layers.get("certificate").and_then(|entry| certificate(context, values, &entry));
    let retries = match layers.get("retries") {
        None => Some(1),
        Some(entry) => retries(context, values, &entry),
    };
    let target = match layers.get("target") {
        Some(entry) => target::read(context, values, &entry),
        None => {
            let message = "there is no target to push to";
            let hint = "add target = { reg_id = \"${OPUSH_REG_ID}\" }, or one with alias, user or phone";
            context.report(Kind::MissingKey, layers.key(), message, hint);
            None
        }
    };
    let (draft, click) = notification::read(context, values, layers, &mut spans);
    let expect = expect::read(context, values, layers.get("expect").as_ref(), target.as_ref(), layers.key());
    let line = context.text.position(layers.key().start).0;
    let complete = name.is_some() && target.is_some() && expect.is_some() && retries.is_some();
    let no_target = || Target::Phone(Sourced::new(String::new(), Source::Default));
    Case {
        name: name.map(|(name, _)| name).unwrap_or_default(),
        file: context.text.name().to_owned(),
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
fn name(
    context: &mut Context,
    values: &mut Values,
    layers: &Layers,
) -> Option<(String, std::ops::Range<usize>)> {
    let entry = match layers.case {
        Some(case) => Some(case.require(context, "name", "\"what is tried\"")?),
        None => layers.file.get("name"),
    };
    let (name, span) = match &entry {
        Some(entry) => (values.text(context, entry)?.value, entry.span()),
        None => (stem(context.text.name()).to_owned(), 0..0),
    };
    let flaw = if name.trim().is_empty() {
        Some("a name is empty")
    } else if name.contains(char::is_control) {
        Some("a name has a control character")
    } else if name.chars().count() > 200 {
        Some("a name has more than 200 characters")
    } else {
        None
    };
    if let Some(message) = flaw {
        context.report(Kind::BadValue, span, message, "say in some words what is tried");
        return None;
    }
    let raw = entry.as_ref().and_then(|entry| entry.value.get_ref().as_str()).unwrap_or_default();
    let mentioned = raw.contains("${matrix.");
    let more = |combination: &Combination| match combination.is_empty() || mentioned {
        true => String::new(),
        false => matrix::words(combination),
    };
    Some((format!("{name}{}", more(&values.matrix)), span))
}

/// `smoke/order.toml` as `order`
fn stem(file: &str) -> &str {
    let last = file.rsplit('/').next().unwrap_or(file);
    last.strip_suffix(".toml").filter(|stem| !stem.is_empty()).unwrap_or(last)
}

fn certificate(context: &mut Context, values: &mut Values, entry: &Entry) -> Option<Sourced<CertificateId>> {
    let number = values.integer(context, entry)?;
    match CertificateId::new(number.value) {
        Some(id) => Some(Sourced::new(id, number.source)),
        None => {
            let message = format!("certificate must be a positive integer, not {}", number.value);
            context.report(
                Kind::BadValue,
                entry.span(),
                message,
                Remedy::run("see which there are", "cert list"),
            );
            None
        }
    }
}

fn retries(context: &mut Context, values: &mut Values, entry: &Entry) -> Option<u32> {
    let number = values.integer(context, entry)?.value;
    let fits = (0..=MOST_RETRIES).contains(&number);
    if !fits {
        let message = format!("retries is {number}; a case may be repeated 0 to {MOST_RETRIES} times");
        context.report(Kind::BadValue, entry.span(), message, "a case that needs more is broken");
    }
    u32::try_from(number).ok().filter(|_| fits)
}
