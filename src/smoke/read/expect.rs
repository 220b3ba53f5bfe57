//! The `expect` table: status, code, decision, receipt, what is shown and what a tap opens; and which of them exclude each other.
//! What depends on the profile is asked in `plan`.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;
use strum::VariantNames;
use toml::de::DeValue;

use super::reader::Reader;
use crate::clock::duration;
use crate::config::read::{Entry, Table};
use crate::config::suggest;
use crate::failure::Kind;
use crate::push::DecisionKind;
use crate::smoke::model::{ClickWanted, Expect, ReceiptWanted, ShownWanted, StatusWanted, Target};

/// What the rule never answers to a send: both are about the IM message that a push belongs to.
const NEVER: [DecisionKind; 2] = [DecisionKind::PushDisabledBySender, DecisionKind::NothingToShow];

/// `None` where it could not be read; the problems are reported. Without the table, acceptance is expected.
pub(super) fn read(
    reader: &mut Reader,
    entry: Option<&Entry>,
    target: Option<&Target>,
    case: Range<usize>,
) -> Option<Expect> {
    let Some(entry) = entry else {
        return Some(Expect { line: reader.line(&case), ..Expect::default() });
    };
    let keys = ["status", "code", "decision", "receipt", "shown", "click"];
    let table = reader.table(entry, "an expectation", &keys)?;
    let code = reader.optional(&table, "code", code)?;
    let decision = reader.optional(&table, "decision", |reader, entry| decision(reader, entry, target))?;
    let status = reader.optional(&table, "status", status)?;
    let implied = match (code, decision) {
        (Some(code), _) if code != 0 => StatusWanted::Refused,
        (None, Some(decision)) if decision != DecisionKind::Push => StatusWanted::NotSent,
        _ => StatusWanted::Accepted,
    };
    let expect = Expect {
        line: reader.line(&entry.key),
        status: status.unwrap_or(implied),
        code,
        decision,
        receipt: reader.sourced(&table, "receipt", receipt)?,
        shown: reader.sourced(&table, "shown", shown)?,
        click: reader.sourced(&table, "click", click)?,
    };
    possible(reader, &table, &expect).then_some(expect)
}

fn status(reader: &mut Reader, entry: &Entry) -> Option<StatusWanted> {
    let word = reader.text(entry)?.value;
    let found = word.parse().ok();
    if found.is_none() {
        let hint = match word.as_str() {
            "unknown" => "`unknown` can't be expected; use accepted, refused or not_sent".into(),
            word => suggest::hint(word, StatusWanted::VARIANTS.iter().copied()),
        };
        reader.report(Kind::BadValue, entry.span(), format!("there is no status {word:?} to expect"), hint);
    }
    found
}

fn code(reader: &mut Reader, entry: &Entry) -> Option<i64> {
    let code = reader.integer(entry)?.value;
    let fits = i32::try_from(code).is_ok();
    if !fits {
        let message = format!("{code} is not a return code of OPPO");
        reader.report(Kind::BadValue, entry.span(), message, "docs/codes.md lists them");
    }
    fits.then_some(code)
}

fn decision(reader: &mut Reader, entry: &Entry, target: Option<&Target>) -> Option<DecisionKind> {
    let word = reader.text(entry)?.value;
    let Ok(answer) = word.parse() else {
        let hint = suggest::hint(&word, suggest::words::<DecisionKind>());
        reader.report(Kind::BadValue, entry.span(), format!("there is no decision {word:?}"), hint);
        return None;
    };
    if !matches!(target, None | Some(Target::User { .. })) {
        let message = "a decision needs a user: no rule decides about a regId, an alias or a phone";
        let hint = "take decision out, or push to a user: target = { user = \"…\" }";
        reader.report(Kind::Contradiction, entry.key.clone(), message, hint);
        return None;
    }
    if NEVER.contains(&answer) {
        let message = format!("{word} is about an IM message, which a push of opush does not belong to");
        let hint = "take it out; docs/offline-push.md says when the rule answers what";
        reader.report(Kind::Contradiction, entry.span(), message, hint);
        return None;
    }
    Some(answer)
}

/// `"push_arrive"`, or `{ event = "push_arrive", within = "30s" }`.
fn receipt(reader: &mut Reader, entry: &Entry) -> Option<ReceiptWanted> {
    if let DeValue::String(_) = entry.value.get_ref() {
        return Some(ReceiptWanted { event: event(reader, entry)?, within: ReceiptWanted::WITHIN });
    }
    let table = reader.table(entry, "a receipt", &["event", "within"])?;
    let event = reader.optional(&table, "event", event)?;
    let within = reader.optional(&table, "within", within)?;
    Some(ReceiptWanted {
        event: event.unwrap_or_else(|| ReceiptWanted::ARRIVED.to_owned()),
        within: within.unwrap_or(ReceiptWanted::WITHIN),
    })
}

fn within(reader: &mut Reader, entry: &Entry) -> Option<std::time::Duration> {
    let problem = match duration(&reader.text(entry)?.value) {
        Ok(within) if within > ReceiptWanted::LONGEST => "a receipt is waited for at most 1h".to_owned(),
        Ok(within) if within.is_zero() => "a receipt needs some time to come in".to_owned(),
        Ok(within) => return Some(within),
        Err(said) => said.split("; ").next().unwrap_or_default().to_owned(),
    };
    reader.report(Kind::BadValue, entry.span(), problem, "write for example within = \"30s\"");
    None
}

fn event(reader: &mut Reader, entry: &Entry) -> Option<String> {
    let word = reader.text(entry)?.value;
    let known = ReceiptWanted::EVENTS.contains(&word.as_str());
    if !known {
        let hint = suggest::hint(&word, ReceiptWanted::EVENTS);
        reader.report(Kind::BadValue, entry.span(), format!("OPPO posts no event {word:?}"), hint);
    }
    known.then_some(word)
}

/// `true`, `false`, or the texts.
fn shown(reader: &mut Reader, entry: &Entry) -> Option<ShownWanted> {
    if !matches!(entry.value.get_ref(), DeValue::Table(_)) {
        return Some(match reader.boolean(entry)? {
            true => ShownWanted::Yes { title: None, content: None, sub_title: None },
            false => ShownWanted::Not,
        });
    }
    let table = reader.table(entry, "what is shown", &["title", "content", "sub_title"])?;
    let mut text = |name| Some(reader.optional(&table, name, Reader::text)?.map(|text| text.value));
    Some(ShownWanted::Yes { title: text("title")?, content: text("content")?, sub_title: text("sub_title")? })
}

/// `{ opened = "com.x.Activity", extras = {…} }`, or `{ opened = false }`.
fn click(reader: &mut Reader, entry: &Entry) -> Option<ClickWanted> {
    let table = reader.table(entry, "a tap", &["opened", "extras"])?;
    let example = "\"com.example.chat.SplashActivity\", or false";
    let opened = table.require(&mut reader.context, "opened", example)?;
    let extras = reader.optional(&table, "extras", extras)?;
    match opened.value.get_ref() {
        DeValue::Boolean(false) if extras.is_some() => {
            let message = "a tap that opens nothing hands on no extras";
            reader.report(Kind::Contradiction, opened.span(), message, "take extras out");
            None
        }
        DeValue::Boolean(false) => Some(ClickWanted::Nothing),
        DeValue::Boolean(true) => {
            let hint = "name the Activity or the URL, so that a wrong one is noticed";
            reader.wrong_type(&opened, "what opens, or false", hint)
        }
        _ => {
            let opened = reader.text(&opened)?.value;
            Some(ClickWanted::Opens { opened, extras: extras.unwrap_or_default() })
        }
    }
}

fn extras(reader: &mut Reader, entry: &Entry) -> Option<BTreeMap<String, String>> {
    let DeValue::Table(table) = entry.value.get_ref() else {
        return reader.wrong_type(entry, "a table", "write { key = \"value\" }");
    };
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    // Extras arrive as texts, whatever they were sent as (tencent-im-push reference, section 7.5).
    Some(reader.object(table)?.into_iter().map(|(key, value)| (key, text(value))).collect())
}

/// Reports what can't be true at once.
fn possible(reader: &mut Reader, table: &Table, expect: &Expect) -> bool {
    let mut good = true;
    let mut clash = |name: &str, message: String, hint: &'static str| {
        if let Some(entry) = table.get(name) {
            reader.report(Kind::Contradiction, entry.key, message, hint);
            good = false;
        }
    };
    let status = expect.status;
    let of_code = match (status, expect.code) {
        (StatusWanted::NotSent, Some(_)) => Some("what is not sent gets no code".to_owned()),
        (StatusWanted::Refused, Some(0)) => Some("code 0 is not a refusal".to_owned()),
        (StatusWanted::Accepted, Some(code)) if code != 0 => {
            Some(format!("a push with code {code} is not accepted"))
        }
        _ => None,
    };
    if let Some(message) = of_code {
        clash("code", message, "correct status or code");
    }
    if let Some(decision) = expect.decision
        && (decision == DecisionKind::Push) == (status == StatusWanted::NotSent)
    {
        let message = format!("decision {} does not go with status {}", decision.name(), status.as_str());
        clash("decision", message, "leave status out: it follows from the decision");
    }
    if status != StatusWanted::Accepted {
        for name in ["receipt", "shown", "click"] {
            let message = format!("{name} can't follow a push that is {}", status.as_str().replace('_', " "));
            clash(name, message, "take it out, or expect accepted");
        }
    }
    if matches!(expect.shown.as_deref(), Some(ShownWanted::Not))
        && matches!(expect.click.as_deref(), Some(ClickWanted::Opens { .. }))
    {
        clash("click", "what is not shown can't be tapped".to_owned(), "correct shown or click");
    }
    good
}
