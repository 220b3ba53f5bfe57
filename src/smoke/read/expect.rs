//! The `expect` table: status, code, decision, receipt, what is shown and what a tap opens; and which of them exclude each other.
//! What depends on the profile is asked in `plan`.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;
use strum::{VariantArray, VariantNames};
use toml::de::DeValue;

use super::values::Values;
use crate::clock::duration;
use crate::config::read::{Context, Entry, Table};
use crate::config::{Sourced, suggest};
use crate::failure::Kind;
use crate::push::DecisionKind;
use crate::smoke::model::{ClickWanted, Expect, ReceiptWanted, ShownWanted, StatusWanted, Target};

/// What the rule never answers to a send: both are about the IM message that a push belongs to.
const NEVER: [DecisionKind; 2] = [DecisionKind::PushDisabledBySender, DecisionKind::NothingToShow];

/// `None` where it could not be read; the problems are reported. Without the table, acceptance is expected.
pub(super) fn read(
    context: &mut Context,
    values: &mut Values,
    entry: Option<&Entry>,
    target: Option<&Target>,
    case: Range<usize>,
) -> Option<Expect> {
    let Some(entry) = entry else {
        return Some(Expect { line: context.text.position(case.start).0, ..Expect::default() });
    };
    let table = entry.table(context, "an expectation")?;
    table.only(context, &["status", "code", "decision", "receipt", "shown", "click"]);
    let code = get(&table, "code", |entry| code(context, values, entry))?;
    let decision = get(&table, "decision", |entry| decision(context, values, entry, target))?;
    let status = get(&table, "status", |entry| status(context, values, entry))?;
    let implied = match (code, decision) {
        (Some(0), _) => StatusWanted::Accepted,
        (Some(_), _) => StatusWanted::Refused,
        (None, Some(decision)) if decision != DecisionKind::Push => StatusWanted::NotSent,
        _ => StatusWanted::Accepted,
    };
    let status = status.unwrap_or(implied);
    let receipt = get(&table, "receipt", |entry| sourced(context, entry, |c, e| receipt(c, values, e)))?;
    let shown = get(&table, "shown", |entry| sourced(context, entry, |c, e| shown(c, values, e)))?;
    let click = get(&table, "click", |entry| sourced(context, entry, |c, e| click(c, values, e)))?;
    let expect = Expect {
        line: context.text.position(entry.key.start).0,
        status,
        code,
        decision,
        receipt,
        shown,
        click,
    };
    possible(context, &table, &expect).then_some(expect)
}

/// The value of a key, if it is there: `None` outside where it is there and could not be read.
fn get<T>(table: &Table, name: &str, read: impl FnOnce(&Entry) -> Option<T>) -> Option<Option<T>> {
    match table.get(name) {
        None => Some(None),
        Some(entry) => read(&entry).map(Some),
    }
}

fn sourced<T>(
    context: &mut Context,
    entry: &Entry,
    read: impl FnOnce(&mut Context, &Entry) -> Option<T>,
) -> Option<Sourced<T>> {
    let source = context.source(entry.span());
    Some(Sourced::new(read(context, entry)?, source))
}

fn status(context: &mut Context, values: &mut Values, entry: &Entry) -> Option<StatusWanted> {
    let word = values.text(context, entry)?.value;
    let found = word.parse().ok();
    if found.is_none() {
        let hint = match word.as_str() {
            "unknown" => "`unknown` can't be expected; use accepted, refused or not_sent".into(),
            word => suggest::hint(word, StatusWanted::VARIANTS.iter().copied()),
        };
        context.report(Kind::BadValue, entry.span(), format!("there is no status {word:?} to expect"), hint);
    }
    found
}

fn code(context: &mut Context, values: &mut Values, entry: &Entry) -> Option<i64> {
    let code = values.integer(context, entry)?.value;
    let fits = i32::try_from(code).is_ok();
    if !fits {
        let message = format!("{code} is not a return code of OPPO");
        context.report(Kind::BadValue, entry.span(), message, "docs/codes.md lists them");
    }
    fits.then_some(code)
}

fn decision(
    context: &mut Context,
    values: &mut Values,
    entry: &Entry,
    target: Option<&Target>,
) -> Option<DecisionKind> {
    let word = values.text(context, entry)?.value;
    let Ok(answer) = word.parse() else {
        let hint = suggest::hint(&word, DecisionKind::VARIANTS.iter().map(|kind| kind.name()));
        context.report(Kind::BadValue, entry.span(), format!("there is no decision {word:?}"), hint);
        return None;
    };
    let direct = matches!(target, Some(Target::RegId(_) | Target::Alias(_) | Target::Phone(_)));
    if direct {
        let message = "a decision needs a user: no rule decides about a regId, an alias or a phone";
        let hint = "take decision out, or push to a user: target = { user = \"…\" }";
        context.report(Kind::Contradiction, entry.key.clone(), message, hint);
        return None;
    }
    if NEVER.contains(&answer) {
        let message = format!("{word} is about an IM message, which a push of opush does not belong to");
        let hint = "take it out; docs/offline-push.md says when the rule answers what";
        context.report(Kind::Contradiction, entry.span(), message, hint);
        return None;
    }
    Some(answer)
}

/// `"push_arrive"`, or `{ event = "push_arrive", within = "30s" }`.
fn receipt(context: &mut Context, values: &mut Values, entry: &Entry) -> Option<ReceiptWanted> {
    let wanted = |event: Option<String>, within| ReceiptWanted {
        event: event.unwrap_or_else(|| ReceiptWanted::ARRIVED.to_owned()),
        within,
    };
    if let DeValue::String(_) = entry.value.get_ref() {
        return Some(wanted(Some(event(context, values, entry)?), ReceiptWanted::WITHIN));
    }
    let table = entry.table(context, "a receipt")?;
    table.only(context, &["event", "within"]);
    let event = get(&table, "event", |entry| event(context, values, entry))?;
    let within = get(&table, "within", |entry| {
        let text = values.text(context, entry)?;
        let problem = match duration(&text.value) {
            Ok(within) if within > ReceiptWanted::LONGEST => "a receipt is waited for at most 1h".to_owned(),
            Ok(within) if within.is_zero() => "a receipt needs some time to come in".to_owned(),
            Ok(within) => return Some(within),
            Err(said) => said.split("; ").next().unwrap_or_default().to_owned(),
        };
        context.report(Kind::BadValue, entry.span(), problem, "write for example within = \"30s\"");
        None
    })?;
    Some(wanted(event, within.unwrap_or(ReceiptWanted::WITHIN)))
}

fn event(context: &mut Context, values: &mut Values, entry: &Entry) -> Option<String> {
    let word = values.text(context, entry)?.value;
    let known = ReceiptWanted::EVENTS.contains(&word.as_str());
    if !known {
        let hint = suggest::hint(&word, ReceiptWanted::EVENTS);
        context.report(Kind::BadValue, entry.span(), format!("OPPO posts no event {word:?}"), hint);
    }
    known.then_some(word)
}

/// `true`, `false`, or the texts.
fn shown(context: &mut Context, values: &mut Values, entry: &Entry) -> Option<ShownWanted> {
    let nothing = || ShownWanted::Yes { title: None, content: None, sub_title: None };
    if !matches!(entry.value.get_ref(), DeValue::Table(_)) {
        let yes = values.boolean(context, entry)?;
        return Some(if yes { nothing() } else { ShownWanted::Not });
    }
    let table = entry.table(context, "what is shown")?;
    table.only(context, &["title", "content", "sub_title"]);
    let mut text = |name| get(&table, name, |entry| values.text(context, entry).map(|text| text.value));
    Some(ShownWanted::Yes { title: text("title")?, content: text("content")?, sub_title: text("sub_title")? })
}

/// `{ opened = "com.x.Activity", extras = {…} }`, or `{ opened = false }`.
fn click(context: &mut Context, values: &mut Values, entry: &Entry) -> Option<ClickWanted> {
    let table = entry.table(context, "a tap")?;
    table.only(context, &["opened", "extras"]);
    let opened = table.require(context, "opened", "\"com.example.chat.SplashActivity\", or false")?;
    let extras = get(&table, "extras", |entry| extras(context, values, entry))?;
    match opened.value.get_ref() {
        DeValue::Boolean(false) => {
            if extras.is_some() {
                let message = "a tap that opens nothing hands on no extras";
                context.report(Kind::Contradiction, opened.span(), message, "take extras out");
                return None;
            }
            Some(ClickWanted::Nothing)
        }
        DeValue::Boolean(true) => opened.wrong_type(
            context,
            "what opens, or false",
            "name the Activity or the URL, so that a wrong one is noticed",
        ),
        _ => {
            let opened = values.text(context, &opened)?.value;
            Some(ClickWanted::Opens { opened, extras: extras.unwrap_or_default() })
        }
    }
}

fn extras(context: &mut Context, values: &mut Values, entry: &Entry) -> Option<BTreeMap<String, String>> {
    let DeValue::Table(table) = entry.value.get_ref() else {
        return entry.wrong_type(context, "a table", "write { key = \"value\" }");
    };
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    // Extras arrive as texts, whatever they were sent as (tencent-im-push reference, section 7.5).
    Some(values.object(context, table)?.into_iter().map(|(key, value)| (key, text(value))).collect())
}

/// Reports what can't be true at once.
fn possible(context: &mut Context, table: &Table, expect: &Expect) -> bool {
    let mut good = true;
    let mut clash = |name: &str, message: String, hint: &str| {
        if let Some(entry) = table.get(name) {
            context.report(Kind::Contradiction, entry.key, message, hint.to_owned());
            good = false;
        }
    };
    let status = expect.status;
    let accepted = status == StatusWanted::Accepted;
    if let Some(code) = expect.code
        && (code == 0) != accepted
    {
        let message = match status {
            StatusWanted::Accepted => format!("a push with code {code} is not accepted"),
            StatusWanted::Refused => "code 0 is not a refusal".to_owned(),
            StatusWanted::NotSent => "what is not sent gets no code".to_owned(),
        };
        clash("code", message, "correct status or code");
    } else if expect.code.is_some() && status == StatusWanted::NotSent {
        clash("code", "what is not sent gets no code".to_owned(), "correct status or code");
    }
    if let Some(decision) = expect.decision
        && (decision == DecisionKind::Push) == (status == StatusWanted::NotSent)
    {
        let message = format!("decision {} does not go with status {}", decision.name(), status.as_str());
        clash("decision", message, "leave status out: it follows from the decision");
    }
    if !accepted {
        for name in ["receipt", "shown", "click"] {
            let message = format!("{name} can't follow a push that is {}", status.as_str().replace('_', " "));
            clash(name, message, "take it out, or expect accepted");
        }
    }
    if matches!(expect.shown.as_ref().map(|shown| &shown.value), Some(ShownWanted::Not))
        && matches!(expect.click.as_ref().map(|click| &click.value), Some(ClickWanted::Opens { .. }))
    {
        clash("click", "what is not shown can't be tapped".to_owned(), "correct shown or click");
    }
    good
}
