//! Each link broken by hand: its check names it, and nothing sound is blamed. The words of single checks follow.
//! That the lists of checks agree is tested in `lists`.

use super::CHAIN;
use super::testing::*;
use crate::diagnose::evidence::{Evidence, LiveAnswer};
use crate::diagnose::{CheckStatus, Verdict};
use crate::failure::{Kind, Problem};
use crate::store::presence::{Presence, PresenceSource, PresenceState};
use crate::store::reports::{Report, ReportState};

mod in_app;
mod lists;
mod phones;
mod reported;
mod tables;
mod words;

use tables::{DOUBTS, FAILURES, SOUND, WARNINGS};

/// A change of the sound evidence.
type Break = fn(&mut Evidence);

fn problem(kind: Kind) -> Problem {
    Problem::new(kind, "no connection to api-push-cn.heytapmobi.com: refused", "check the network")
}

fn ended(state: ReportState, reason: &str) -> Report {
    let ended_at = Some(at("2026-11-22T10:00:00Z"));
    Report { state, ended_at, ended_reason: Some(reason.into()), ..report() }
}

fn asked_by_reg_id(evidence: &mut Evidence) {
    evidence.question.user = None;
    evidence.question.reg_id = Some(REG_ID.into());
}

/// The ids of the checks with this status.
fn with(evidence: &Evidence, status: CheckStatus) -> Vec<&'static str> {
    let checks = diagnose(evidence).checks;
    checks.iter().filter(|checked| checked.finding.status == status).map(|checked| checked.id).collect()
}

/// Every finding in a line.
fn all_of(evidence: &Evidence) -> String {
    let line = |checked: &crate::diagnose::CheckResult| {
        format!("\n{} {}: {}", checked.finding.status, checked.id, checked.finding.evidence)
    };
    diagnose(evidence).checks.iter().map(line).collect()
}

fn broken_by(change: Break) -> Evidence {
    let mut evidence = sound();
    change(&mut evidence);
    evidence
}

#[test]
fn a_broken_link_is_named_and_no_other_is_blamed() {
    for (number, (id, change)) in FAILURES.iter().chain(phones::FAILURES).enumerate() {
        let evidence = broken_by(*change);
        assert_eq!(with(&evidence, CheckStatus::Fail), [*id], "row {number}: {}", all_of(&evidence));
        let finding = found(&evidence, id);
        assert!(finding.cause.is_some() && !finding.evidence.ends_with('.'), "{id}: {finding:?}");
        assert!(diagnose(&evidence).first_broken().is_some_and(|broken| broken.remedy.is_some()), "{id}");
    }
}

#[test]
fn what_is_worth_a_look_breaks_nothing() {
    for (number, (id, change)) in WARNINGS.iter().chain(phones::WARNINGS).enumerate() {
        let evidence = broken_by(*change);
        assert_eq!(with(&evidence, CheckStatus::Warn), [*id], "row {number}: {}", all_of(&evidence));
        assert_eq!(with(&evidence, CheckStatus::Fail), [] as [&str; 0], "row {number}");
    }
}

#[test]
fn a_doubt_says_what_would_settle_it() {
    for (number, (id, settle, change)) in DOUBTS.iter().chain(phones::DOUBTS).enumerate() {
        let evidence = broken_by(*change);
        assert_eq!(with(&evidence, CheckStatus::Unknown), [*id], "row {number}: {}", all_of(&evidence));
        let diagnosis = diagnose(&evidence);
        assert_eq!(diagnosis.verdict(), Verdict::Inconclusive, "row {number}: {}", all_of(&evidence));
        assert!(
            diagnosis.would_settle()[0].to_string().contains(settle),
            "row {number}: {:?}",
            diagnosis.would_settle()
        );
    }
}

/// A push that was not accepted, and that nothing explains, is not a sound chain.
#[test]
fn no_code_of_the_newest_push_leaves_a_sound_chain() {
    for code in (-2..=100).chain(9_990..=10_020) {
        let mut evidence = sound();
        refused(&mut evidence, code);
        assert_ne!(diagnose(&evidence).verdict(), Verdict::Sound, "{code}");
        let blamed = with(&evidence, CheckStatus::Fail);
        assert!(blamed.len() <= 1, "{code}: {blamed:?}");
    }
}

#[test]
fn nothing_sound_is_blamed() {
    for (what, change) in SOUND.iter().chain(phones::SOUND) {
        let evidence = broken_by(*change);
        let blamed = [with(&evidence, CheckStatus::Fail), with(&evidence, CheckStatus::Warn)].concat();
        assert_eq!(blamed, [] as [&str; 0], "{what}: {}", all_of(&evidence));
    }
    assert_eq!(diagnose(&sound()).verdict(), Verdict::Sound);
}

/// Breaks that leave nothing for a second one to break.
const ALONE: [&str; 2] = ["configuration-invalid", "no-certificate"];

#[test]
fn of_two_broken_links_the_earlier_is_named() {
    let place = |id: &str| CHAIN.iter().position(|check| check.id == id).expect("in the chain");
    let link = |id: &str| CHAIN[place(id)].link;
    let mut pairs = 0;
    for (first, one) in FAILURES.iter().chain(phones::FAILURES).filter(|(id, _)| !ALONE.contains(id)) {
        for (second, other) in FAILURES.iter().chain(phones::FAILURES).filter(|(id, _)| !ALONE.contains(id)) {
            if place(first) >= place(second) || link(first) == link(second) {
                continue;
            }
            // A report that is not there names no certificate, and an old regId has no user.
            let follows = match *first {
                "certificate-missing" => {
                    ["reg-id-moved", "sdk-silent", "no-report", "report-superseded"].contains(second)
                }
                "certificate-not-yet-active" => *second == "report-superseded",
                _ => false,
            };
            if follows {
                continue;
            }
            let mut evidence = broken_by(*other);
            one(&mut evidence);
            let blamed = with(&evidence, CheckStatus::Fail);
            assert_eq!(blamed.first(), Some(first), "{first} and {second}: {}", all_of(&evidence));
            assert!(blamed.iter().all(|id| id == first || id == second), "{first} and {second}: {blamed:?}");
            pairs += 1;
        }
    }
    assert!(pairs > 200, "{pairs}");
}
