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
pub(crate) use first::{REG_ID_VARIABLE, first};
pub(crate) use model::{Case, Target};
pub(crate) use plan::{Addressee, Destination, Planned, plan};
pub(crate) use read::read;
pub(crate) use runner::{Finished, Pace, run};
pub(crate) use scenario::Scenario;
pub(crate) use suite::Suite;
pub(crate) use verdict::{CaseVerdict, Fact, judge, judge_receipt, worst};

#[cfg(test)]
mod tests;
