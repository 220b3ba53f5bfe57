//! Applies the rule, step by step, to its decision. A direct send asks no rule: OPPO knows no user and no certificate ID.

use schemars::JsonSchema;
use serde::Serialize;

use super::{AppState, DecisionKind, RULE, Situation, Step, StepFinding};
use crate::failure::{Kind, Problem, Remedy};

/// What one step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, strum::Display)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum StepResult {
    /// It has nothing against a push.
    Passed,
    /// It says no, and `--force` ignored that.
    Overridden,
    /// It says no, and decides.
    Stopped,
    /// An earlier step had decided.
    NotReached,
}

/// One step of the rule as it was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StepOutcome {
    /// The "no" that the step may say.
    pub(crate) decision: DecisionKind,
    pub(crate) result: StepResult,
    /// What it found; empty where it was not reached.
    pub(crate) ground: String,
}

/// Push, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub(crate) kind: DecisionKind,
    /// It pushes although the app's state is unknown.
    pub(crate) presence_unknown: bool,
    ground: String,
    hint: Remedy,
}

impl Decision {
    /// That of a direct send.
    pub(crate) fn direct() -> Decision {
        Decision {
            kind: DecisionKind::Push,
            presence_unknown: false,
            ground: String::new(),
            hint: Remedy::default(),
        }
    }

    pub(crate) fn is_push(&self) -> bool {
        self.kind == DecisionKind::Push
    }

    /// The name that results, diagnosis and history show.
    pub fn name(&self) -> &'static str {
        self.kind.name()
    }

    /// The name as a person reads it: `push (presence unknown)`.
    pub(crate) fn words(&self) -> String {
        let unknown = if self.presence_unknown { " (presence unknown)" } else { "" };
        format!("{}{unknown}", self.name())
    }

    /// The ground of the decision, in one sentence; empty for a direct send.
    pub(crate) fn ground(&self) -> &str {
        &self.ground
    }

    /// The problem of a "no"; nothing for a push.
    pub(crate) fn problem(&self) -> Option<Problem> {
        let message = format!("{}: {}", self.name(), self.ground);
        (!self.is_push()).then(|| Problem::new(Kind::NotPushed, message, &self.hint))
    }
}

/// The decision alone, by this rule; [`RULE`] is the one in use.
pub fn decide(rule: &[Step], situation: &Situation<'_>) -> Decision {
    apply_rule(rule, situation).1
}

/// What one step says by itself, whatever those before it say: its ground, and its hint where it says no.
pub(crate) fn check_step(kind: DecisionKind, situation: &Situation<'_>) -> Result<String, (String, Remedy)> {
    match RULE.iter().find(|step| step.decision == kind).map(|step| (step.check)(situation)) {
        Some(StepFinding::Stops { ground, hint }) => Err((ground, hint)),
        Some(StepFinding::Passes(ground)) => Ok(ground),
        None => Ok(String::new()),
    }
}

/// Every step of the rule in its order, and the decision.
pub(crate) fn apply_rule(rule: &[Step], situation: &Situation<'_>) -> (Vec<StepOutcome>, Decision) {
    let mut steps = Vec::with_capacity(rule.len());
    let mut overridden: Vec<DecisionKind> = Vec::new();
    let mut no: Option<Decision> = None;
    for step in rule {
        let (result, ground) = match (&no, (step.check)(situation)) {
            (Some(_), _) => (StepResult::NotReached, String::new()),
            (None, StepFinding::Passes(ground)) => (StepResult::Passed, ground),
            (None, StepFinding::Stops { ground, .. }) if situation.force && step.overridable => {
                overridden.push(step.decision);
                (StepResult::Overridden, ground)
            }
            (None, StepFinding::Stops { ground, hint }) => {
                let kind = step.decision;
                no = Some(Decision { kind, presence_unknown: false, ground: ground.clone(), hint });
                (StepResult::Stopped, ground)
            }
        };
        steps.push(StepOutcome { decision: step.decision, result, ground });
    }
    (steps, no.unwrap_or_else(|| push(situation, &overridden)))
}

fn push(situation: &Situation<'_>, overridden: &[DecisionKind]) -> Decision {
    let presence_unknown = situation.app_state() == AppState::Unknown;
    let ground = if overridden.is_empty() {
        situation.why_push()
    } else {
        let names: Vec<&str> = overridden.iter().map(|kind| kind.name()).collect();
        format!("forced; without --force it would be {}", names.join(", "))
    };
    Decision { kind: DecisionKind::Push, presence_unknown, ground, hint: Remedy::default() }
}

#[cfg(test)]
mod tests;
