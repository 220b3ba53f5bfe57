//! Smoke scenarios: scripted pushes with what is expected of them, read, planned, run and judged.

mod attempt;
mod context;
mod filter;
mod first;
mod known_secrets;
mod model;
mod on_phone;
mod parallel;
mod plan;
mod read;
mod retry;
mod runner;
mod scenario;
pub(crate) mod secrets;
mod suite;
mod variables;
mod verdict;
mod words;

pub(crate) use context::SuiteContext;
pub(crate) use filter::Filter;
pub(crate) use first::{First, FirstTarget, first};
pub(crate) use model::{Case, ClickWanted, ShownWanted, StatusWanted, Target};
pub(crate) use plan::{Destination, Planned, plan};
pub(crate) use read::read;
pub(crate) use retry::{Budget, pause, worth_repeating};
pub(crate) use runner::{Finished, Pace, run};
pub(crate) use scenario::Scenario;
pub(crate) use suite::Suite;
pub(crate) use verdict::{
    CaseVerdict, Fact, OnPhone, Tapped, judge, judge_receipt, judge_shown, judge_tap, worst,
};

#[cfg(test)]
mod tests;
