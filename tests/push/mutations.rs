//! Each wrong version of the rule is noticed by the random histories.

use std::time::Duration;

use opush::push::{AppState, DecisionKind, RULE, Situation, Step, StepFinding};
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};

use super::story::{compare, config, history};

/// The rule with one step that checks something else.
fn with(decision: DecisionKind, check: fn(&Situation<'_>) -> StepFinding) -> Vec<Step> {
    let change =
        |step: &Step| if step.decision == decision { Step { check, ..step.clone() } } else { step.clone() };
    RULE.iter().map(change).collect()
}

fn stops_if(stops: bool) -> StepFinding {
    match stops {
        true => StepFinding::Stops { ground: "wrong".to_owned(), hint: "wrong".into() },
        false => StepFinding::Passes("wrong".to_owned()),
    }
}

fn assert_noticed(rule: &[Step]) {
    let mut runner = TestRunner::new(ProptestConfig { max_shrink_iters: 0, ..config() });
    let found = runner.run(&history(), |history| compare(rule, &history));
    assert!(matches!(found, Err(TestError::Fail(..))), "{found:?}");
}

#[test]
fn seven_days_counted_from_the_last_login_are_noticed() {
    assert_noticed(&with(DecisionKind::Expired, |situation| {
        let away = matches!(situation.app_state(), AppState::Killed | AppState::Expired);
        let login = situation.presence().and_then(|presence| presence.last_login_at);
        let week = Duration::from_secs(7 * 24 * 60 * 60);
        stops_if(away && login.is_some_and(|at| at + week <= situation.now))
    }));
}

#[test]
fn a_background_app_taken_for_one_in_the_foreground_is_noticed() {
    assert_noticed(&with(DecisionKind::Online, |situation| {
        stops_if(matches!(situation.app_state(), AppState::Online | AppState::Background))
    }));
}

#[test]
fn a_report_looked_at_before_the_app_s_state_is_noticed() {
    let mut rule = RULE.to_vec();
    rule.sort_by_key(|step| step.decision != DecisionKind::NoReport);
    assert_noticed(&rule);
}

/// Any single step that is left out is missed, but those that no history reaches.
#[test]
fn a_step_left_out_is_noticed() {
    use DecisionKind::{Muted, NothingToShow, PushDisabledBySender};
    for left_out in RULE {
        if ![PushDisabledBySender, NothingToShow, Muted].contains(&left_out.decision) {
            let rule: Vec<Step> =
                RULE.iter().filter(|&step| step.decision != left_out.decision).cloned().collect();
            assert_noticed(&rule);
        }
    }
}
