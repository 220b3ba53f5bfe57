//! Smoke scenarios: scripted pushes with what is expected of them, read, planned, run and judged.

mod attempt;
mod context;
mod first;
mod known_secrets;
mod model;
mod on_phone;
mod parallel;
mod plan;
mod read;
mod runner;
pub(crate) mod secrets;
mod story;
mod suite;
mod variables;
mod verdict;

pub(crate) use context::SuiteContext;
pub(crate) use first::{REG_ID_VARIABLE, first};
pub(crate) use model::{Case, Scenario, Target};
pub(crate) use plan::{Addressee, Destination, Planned, plan};
pub(crate) use read::read;
pub(crate) use runner::{Finished, RunOptions, run};
pub(crate) use story::{Played, StepVerdict, broken, play, read_story};
pub(crate) use suite::Suite;
pub(crate) use verdict::{CaseVerdict, Fact, judge, judge_receipt, worst};

#[cfg(test)]
mod tests;
