//! Whether what came of a case is what it expects: of the pushes, of the phone, of the tap.
//! How any of it was learned belongs to the commands.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use strum::Display;

use super::model::{ClickWanted, Expect, ShownWanted, StatusWanted};
use super::words;
use crate::failure::{Class, Explain, Problem, Remedy};
use crate::oppo::Outcome;
use crate::push::{DecisionKind, Delivered};
use crate::receipts::AwaitedReceipt;
use crate::return_codes;

/// How a case ended; the later one outweighs the earlier.
#[derive(Clone, Copy, Debug, Display, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub(crate) enum CaseVerdict {
    Pass,
    /// It was not run, and the reason is given.
    Skipped,
    /// The network, the clock or the listener failed.
    Unknown,
    Fail,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) verdict: CaseVerdict,
    /// What was seen: "accepted", "refused by OPPO: 67, …".
    pub(crate) seen: String,
    /// What to do; only where it is not as expected, and may be empty.
    pub(crate) hint: Remedy,
    /// What kept it from being known, where it may be worth another try.
    pub(crate) problem: Option<Problem>,
}

impl Fact {
    pub(crate) fn pass(seen: impl Into<String>) -> Fact {
        Fact { verdict: CaseVerdict::Pass, seen: seen.into(), hint: Remedy::default(), problem: None }
    }

    pub(crate) fn fail(seen: impl Into<String>, hint: impl Into<Remedy>) -> Fact {
        Fact { verdict: CaseVerdict::Fail, seen: seen.into(), hint: hint.into(), problem: None }
    }

    /// The outcome is not known, and why.
    pub(crate) fn unknown(problem: &Problem) -> Fact {
        Fact {
            verdict: CaseVerdict::Unknown,
            seen: problem.message.clone(),
            hint: problem.hint.clone(),
            problem: Some(problem.clone()),
        }
    }
}

/// The gravest of several; a pass where there is none.
pub(crate) fn worst(facts: &[Fact]) -> CaseVerdict {
    facts.iter().map(|fact| fact.verdict).max().unwrap_or(CaseVerdict::Pass)
}

/// Holds the pushes against what is expected. For a user there is one for each device: each must be as expected, but where
/// acceptance is, what the rule held back beside a push is the rule at work.
pub(crate) fn judge(expect: &Expect, delivered: &[Delivered]) -> Fact {
    let pushed = delivered.iter().any(|one| one.decision.is_push());
    let counts =
        |one: &&Delivered| expect.status != StatusWanted::Accepted || !pushed || one.decision.is_push();
    let facts: Vec<Fact> = delivered.iter().filter(counts).map(|one| of_push(expect, one)).collect();
    let gravest = worst(&facts);
    let fact = facts.into_iter().find(|fact| fact.verdict == gravest);
    fact.unwrap_or_else(|| {
        Fact::fail("nothing was pushed", Remedy::run("see the token reports", "token list"))
    })
}

fn of_push(expect: &Expect, delivered: &Delivered) -> Fact {
    let device = delivered.device.as_ref().map(|device| format!(" (device {device})")).unwrap_or_default();
    let decision = delivered.decision.kind;
    let (status, code, seen, hint) = match &delivered.outcome {
        Ok(Outcome::Accepted { .. }) => {
            (StatusWanted::Accepted, Some(0), "accepted".to_owned(), Remedy::default())
        }
        Ok(Outcome::Refused(error)) => {
            let hint = remedy(&error.clone().explain());
            (StatusWanted::Refused, Some(error.code), refused(error.code, error.words()), hint)
        }
        Ok(Outcome::Unknown(unknown)) => return Fact::unknown(&unknown.clone().explain()),
        Err(problem) if decision != DecisionKind::Push => (
            StatusWanted::NotSent,
            None,
            format!("not sent, {}: {}", decision.name(), delivered.decision.ground()),
            problem.hint.clone(),
        ),
        // The credentials were refused: OPPO answered, though not to the push.
        Err(problem) if problem.kind.class() == Class::Refused => {
            let code = problem.code;
            let words = code.map_or_else(|| problem.message.clone(), |code| refused(code, ""));
            (StatusWanted::Refused, code, words, remedy(problem))
        }
        Err(problem) => return Fact::unknown(problem),
    };
    let as_expected = status == expect.status
        && expect.code.is_none_or(|wanted| code == Some(wanted))
        && expect.decision.is_none_or(|wanted| wanted == decision);
    let seen = format!("{seen}{device}");
    if as_expected {
        return Fact::pass(seen);
    }
    Fact { problem: delivered.problem(), ..Fact::fail(seen, hint) }
}

fn refused(code: i64, words: &str) -> String {
    let row = i32::try_from(code).ok().and_then(return_codes::find);
    let words = if words.is_empty() { row.map_or("", |row| row.name) } else { words };
    let gap = if words.is_empty() { "" } else { ", " };
    format!("refused by OPPO: {code}{gap}{words}")
}

/// `67: what it means. What to do`
fn remedy(problem: &Problem) -> Remedy {
    let row = problem.code.and_then(|code| i32::try_from(code).ok()).and_then(return_codes::find);
    match row {
        Some(row) => Remedy::from(row.remedy)
            .reworded(|sentence| format!("{}: {}; {}", row.code, row.meaning, words::in_keys(sentence))),
        None => problem.hint.clone().reworded(words::in_keys),
    }
}

/// Holds what came of the wait for a receipt against the event that is expected.
pub(crate) fn judge_receipt(wanted: &str, awaited: &AwaitedReceipt) -> Fact {
    match (&awaited.receipt, &awaited.problem) {
        (Some((receipt, after)), _) if receipt.receipt.event == wanted => {
            Fact::pass(format!("{wanted} after {:.1} s", after.as_secs_f64()))
        }
        (_, Some(problem)) => Fact::fail(&problem.message, problem.hint.clone()),
        (receipt, None) => {
            let event = receipt.as_ref().map_or("nothing", |(receipt, _)| receipt.receipt.event.as_str());
            let hint = Remedy::from(format!("the receipt {wanted} is expected; see those that came"));
            Fact::fail(format!("OPPO reported {event}"), hint.command("receipt list"))
        }
    }
}

/// What a phone has of a notification.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OnPhone<'a> {
    /// The phone's name; `None` where none has it.
    pub(crate) name: Option<&'a str>,
    /// `shown`, `dropped`, `held` …; `None` where the phone never got it.
    pub(crate) stage: Option<&'a str>,
    /// Why it was dropped, or what it waits for.
    pub(crate) reason: String,
    pub(crate) title: Option<&'a str>,
    pub(crate) content: Option<&'a str>,
    pub(crate) sub_title: Option<&'a str>,
}

/// Holds what the phone shows against what is expected.
pub(crate) fn judge_shown(wanted: &ShownWanted, phone: &OnPhone) -> Fact {
    let is_shown = phone.stage == Some("shown");
    let stage = match phone.stage {
        None => "it never reached a phone".to_owned(),
        Some("shown") => "it is in the shade".to_owned(),
        Some(stage) if phone.reason.is_empty() => format!("it is {stage}"),
        Some(stage) => format!("it is {stage}: {}", phone.reason),
    };
    let ShownWanted::Yes { title, content, sub_title } = wanted else {
        return match is_shown {
            true => Fact::fail("shown, and expected not to be", look_at(phone)),
            false => Fact::pass(format!("not shown, {}", phone.reason).trim_end_matches(", ")),
        };
    };
    if !is_shown {
        return Fact::fail(format!("not shown: {stage}"), look_at(phone));
    }
    let texts = [
        ("title", title, phone.title),
        ("content", content, phone.content),
        ("sub_title", sub_title, phone.sub_title),
    ];
    for (name, wanted, found) in texts {
        if let Some(wanted) = wanted.as_deref().filter(|wanted| found != Some(wanted)) {
            let found = found.map_or("nothing".to_owned(), |found| format!("{found:?}"));
            return Fact::fail(
                format!("shown with {name} {found}"),
                format!("{name} {wanted:?} is expected"),
            );
        }
    }
    Fact::pass("shown")
}

fn look_at(phone: &OnPhone) -> Remedy {
    let look = Remedy::run("see the phone", "sandbox phone show <NAME>");
    match phone.name {
        Some(name) => look.with("NAME", name),
        None => look,
    }
}

/// What a tap did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tapped<'a> {
    /// What opened; `None` where nothing did.
    pub(crate) opened: Option<&'a str>,
    /// Why nothing opened.
    pub(crate) reason: String,
    pub(crate) extras: BTreeMap<String, String>,
}

/// Holds a tap against what is expected of it.
pub(crate) fn judge_tap(wanted: &ClickWanted, tapped: &Tapped) -> Fact {
    match (wanted, tapped.opened) {
        (ClickWanted::Nothing, None) => Fact::pass("a tap opened nothing"),
        (ClickWanted::Nothing, Some(opened)) => {
            Fact::fail(format!("a tap opened {opened}"), "nothing is expected to open")
        }
        (ClickWanted::Opens { opened, .. }, None) => {
            let hint = Remedy::from(format!("{opened} is expected; see what the app must declare"))
                .command("snippet manifest");
            Fact::fail(format!("a tap opened nothing: {}", tapped.reason), hint)
        }
        (ClickWanted::Opens { opened, .. }, Some(found)) if opened != found => {
            Fact::fail(format!("a tap opened {found}"), format!("{opened} is expected"))
        }
        (ClickWanted::Opens { opened, extras }, Some(_)) => {
            let other = extras.iter().find(|(key, value)| tapped.extras.get(*key) != Some(value));
            match other {
                None => Fact::pass(format!("a tap opened {opened}")),
                Some((key, value)) => {
                    let found =
                        tapped.extras.get(key).map_or("no such extra".into(), |found| format!("{found:?}"));
                    Fact::fail(
                        format!("a tap opened {opened} with {key}: {found}"),
                        format!("{key} = {value:?} is expected"),
                    )
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yes(title: &str) -> ShownWanted {
        ShownWanted::Yes { title: Some(title.into()), content: None, sub_title: None }
    }

    #[test]
    fn what_a_phone_shows() {
        let shown = OnPhone { stage: Some("shown"), title: Some("t"), ..OnPhone::default() };
        let dropped =
            OnPhone { stage: Some("dropped"), reason: "channel-missing".into(), ..OnPhone::default() };
        assert_eq!(judge_shown(&yes("t"), &shown).verdict, CaseVerdict::Pass);
        assert_eq!(judge_shown(&yes("u"), &shown).seen, "shown with title \"t\"");
        assert_eq!(judge_shown(&yes("t"), &dropped).seen, "not shown: it is dropped: channel-missing");
        assert_eq!(judge_shown(&ShownWanted::Not, &dropped), Fact::pass("not shown, channel-missing"));
        assert_eq!(judge_shown(&ShownWanted::Not, &shown).verdict, CaseVerdict::Fail);
        assert_eq!(judge_shown(&yes("t"), &OnPhone::default()).verdict, CaseVerdict::Fail);
        assert_eq!(judge_shown(&ShownWanted::Not, &OnPhone::default()), Fact::pass("not shown"));
    }

    #[test]
    fn what_a_tap_opens() {
        let extras = BTreeMap::from([("k".to_owned(), "v".to_owned()), ("other".to_owned(), "x".to_owned())]);
        let tapped = Tapped { opened: Some("A"), extras, ..Tapped::default() };
        let opens = |opened: &str, key: &str, value: &str| ClickWanted::Opens {
            opened: opened.into(),
            extras: BTreeMap::from([(key.to_owned(), value.to_owned())]),
        };
        assert_eq!(judge_tap(&opens("A", "k", "v"), &tapped).verdict, CaseVerdict::Pass);
        assert_eq!(judge_tap(&opens("B", "k", "v"), &tapped).seen, "a tap opened A");
        assert_eq!(judge_tap(&opens("A", "k", "w"), &tapped).seen, "a tap opened A with k: \"v\"");
        assert_eq!(judge_tap(&opens("A", "z", "w"), &tapped).seen, "a tap opened A with z: no such extra");
        assert_eq!(judge_tap(&ClickWanted::Nothing, &tapped).verdict, CaseVerdict::Fail);
        let nothing = Tapped { reason: "activity-missing".into(), ..Tapped::default() };
        assert_eq!(judge_tap(&ClickWanted::Nothing, &nothing).verdict, CaseVerdict::Pass);
        assert!(judge_tap(&opens("A", "k", "v"), &nothing).seen.ends_with("activity-missing"));
    }

    #[test]
    fn a_failure_is_graver_than_doubt_and_doubt_than_a_pass() {
        let fact = |verdict| Fact { verdict, ..Fact::pass("") };
        assert_eq!(worst(&[]), CaseVerdict::Pass);
        assert_eq!(worst(&[fact(CaseVerdict::Unknown), fact(CaseVerdict::Pass)]), CaseVerdict::Unknown);
        assert_eq!(worst(&[fact(CaseVerdict::Unknown), fact(CaseVerdict::Fail)]), CaseVerdict::Fail);
    }
}
