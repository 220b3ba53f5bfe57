//! Whether a user's device is pushed to, or why not: the IM server's rule walked step by step to its decision.
//! The steps themselves stand in `rule`; a direct send asks nobody here, for OPPO knows no user and no certificate ID.

mod mutation;
mod rule;
mod situation;

use crate::failure::{Kind, Problem, Remedy};

pub use rule::Answer;
pub use rule::RULE;
pub(crate) use rule::Step;
pub use situation::{KnownCertificate, Message, Standing};
pub(crate) use situation::{Situation, known_certificates};

/// What a step found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// Nothing against a push, and on what ground.
    Passes(String),
    Stops {
        ground: String,
        hint: Remedy,
    },
}

/// How the walk went by one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Went {
    Passed,
    /// It says no, and `--force` went past it.
    Overridden,
    Stopped,
    /// An earlier step had decided.
    NotReached,
}

impl Went {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Went::Passed => "passed",
            Went::Overridden => "overridden",
            Went::Stopped => "stopped",
            Went::NotReached => "not-reached",
        }
    }
}

/// One step of a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Walked {
    /// The "no" that the step may say.
    pub(crate) answer: Answer,
    pub(crate) went: Went,
    /// What it found; empty where it was not reached.
    pub(crate) ground: String,
}

/// Push, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub(crate) answer: Answer,
    /// It pushes although nobody said where the app stands.
    pub(crate) presence_unknown: bool,
    ground: String,
    hint: Remedy,
}

impl Decision {
    /// That of a send that asks nobody.
    pub(crate) fn direct() -> Decision {
        Decision {
            answer: Answer::Push,
            presence_unknown: false,
            ground: String::new(),
            hint: Remedy::default(),
        }
    }

    pub(crate) fn is_push(&self) -> bool {
        self.answer == Answer::Push
    }

    /// The name that results, diagnosis and history show.
    pub fn name(&self) -> &'static str {
        self.answer.name()
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

    /// What a person is told of a "no"; nothing for a push.
    pub(crate) fn problem(&self) -> Option<Problem> {
        let message = format!("{}: {}", self.name(), self.ground);
        (!self.is_push()).then(|| Problem::new(Kind::NotPushed, message, &self.hint))
    }
}

/// The decision alone.
pub(crate) fn decide(situation: &Situation<'_>) -> Decision {
    walk(situation).1
}

/// What one step says by itself, whatever those before it say: its ground, and its hint where it says no.
pub(crate) fn ask(answer: Answer, situation: &Situation<'_>) -> Result<String, (String, Remedy)> {
    match RULE.iter().find(|step| step.answer == answer).map(|step| step.ask(situation)) {
        Some(Finding::Stops { ground, hint }) => Err((ground, hint)),
        Some(Finding::Passes(ground)) => Ok(ground),
        None => Ok(String::new()),
    }
}

/// Every step of the rule in its order, and the decision.
pub(crate) fn walk(situation: &Situation<'_>) -> (Vec<Walked>, Decision) {
    let mut walked = Vec::with_capacity(RULE.len());
    let mut overridden: Vec<Answer> = Vec::new();
    let mut no: Option<Decision> = None;
    for step in mutation::order(RULE) {
        let (went, ground) = match (&no, step.ask(situation)) {
            (Some(_), _) => (Went::NotReached, String::new()),
            (None, Finding::Passes(ground)) => (Went::Passed, ground),
            (None, Finding::Stops { ground, .. }) if situation.force && step.overridable => {
                overridden.push(step.answer);
                (Went::Overridden, ground)
            }
            (None, Finding::Stops { ground, hint }) => {
                no = Some(Decision {
                    answer: step.answer,
                    presence_unknown: false,
                    ground: ground.clone(),
                    hint,
                });
                (Went::Stopped, ground)
            }
        };
        walked.push(Walked { answer: step.answer, went, ground });
    }
    (walked, no.unwrap_or_else(|| push(situation, &overridden)))
}

fn push(situation: &Situation<'_>, overridden: &[Answer]) -> Decision {
    let presence_unknown = situation.standing() == Standing::Unknown;
    let ground = if overridden.is_empty() {
        situation.why_push()
    } else {
        let names: Vec<&str> = overridden.iter().map(|answer| answer.name()).collect();
        format!("forced; without --force it would be {}", names.join(", "))
    };
    Decision { answer: Answer::Push, presence_unknown, ground, hint: Remedy::default() }
}

#[cfg(test)]
mod tests;
