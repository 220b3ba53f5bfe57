//! How a case ended, and whether its pushes and receipts are what it expects.

use schemars::JsonSchema;
use serde::Serialize;
use strum::Display;

use super::model::{Expect, StatusWanted};
use crate::failure::{Class, Explain, Problem, Remedy};
use crate::oppo::Outcome;
use crate::push::{DecisionKind, Delivered};
use crate::receipts::AwaitedReceipt;
use crate::return_codes;

/// How a case ended; the later one outweighs the earlier.
#[derive(Clone, Copy, Debug, Default, Display, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub(crate) enum CaseVerdict {
    /// What was expected was seen.
    Pass,
    /// It was not run, and the reason is given.
    #[default]
    Skipped,
    /// The network, the clock or the listener failed.
    Unknown,
    /// Something else was seen than was expected.
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

    pub(crate) fn skipped(reason: &str) -> Fact {
        Fact { verdict: CaseVerdict::Skipped, ..Fact::pass(reason) }
    }

    /// The outcome is not known, and why.
    pub(crate) fn unknown(problem: &Problem) -> Fact {
        Fact {
            verdict: CaseVerdict::Unknown,
            seen: problem.message.clone(),
            hint: Remedy::clone(&problem.hint),
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
            Remedy::clone(&problem.hint),
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
            .reworded(|sentence| format!("{}: {}; {}", row.code, row.meaning, in_keys(sentence))),
        None => Remedy::clone(&problem.hint).reworded(in_keys),
    }
}

/// Holds what came of the wait for a receipt against the event that is expected.
pub(crate) fn judge_receipt(wanted: &str, awaited: &AwaitedReceipt) -> Fact {
    match (&awaited.receipt, &awaited.problem) {
        (Some((receipt, after)), _) if receipt.receipt.event == wanted => {
            Fact::pass(format!("{wanted} after {:.1} s", after.as_secs_f64()))
        }
        (_, Some(problem)) => Fact::fail(&problem.message, Remedy::clone(&problem.hint)),
        (receipt, None) => {
            let event = receipt.as_ref().map_or("nothing", |(receipt, _)| receipt.receipt.event.as_str());
            let hint = Remedy::from(format!("the receipt {wanted} is expected; see those that came"));
            Fact::fail(format!("OPPO reported {event}"), hint.command("receipt list"))
        }
    }
}

/// `drop --notify-level` as `drop notify_level`.
pub(super) fn in_keys(hint: &str) -> String {
    let word = |word: &str| match word.strip_prefix("--") {
        Some(flag) => flag.replace('-', "_"),
        None => word.to_owned(),
    };
    hint.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_graver_than_doubt_and_doubt_than_a_pass() {
        let fact = |verdict| Fact { verdict, ..Fact::pass("") };
        assert_eq!(worst(&[]), CaseVerdict::Pass);
        assert_eq!(worst(&[fact(CaseVerdict::Unknown), fact(CaseVerdict::Pass)]), CaseVerdict::Unknown);
        assert_eq!(worst(&[fact(CaseVerdict::Unknown), fact(CaseVerdict::Fail)]), CaseVerdict::Fail);
    }
}
