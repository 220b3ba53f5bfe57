//! Smoke scenarios: what a file of scripted pushes says, which expectations can hold, and whether they did. All of it pure.
//! Sending, waiting and printing belong to the commands.

mod filter;
mod first;
mod model;
mod plan;
mod read;
mod retry;
mod scenario;
pub(crate) mod secrets;
mod variables;
mod verdict;
mod words;

pub(crate) use filter::Filter;
pub(crate) use first::{First, FirstTarget, first};
pub(crate) use model::{Case, ClickWanted, ShownWanted, StatusWanted, Target};
pub(crate) use plan::{Destination, Planned, plan};
pub(crate) use read::read;
pub(crate) use retry::{Budget, pause, worth_repeating};
pub(crate) use scenario::Scenario;
pub(crate) use verdict::{
    Fact, OnPhone, Tapped, Verdict, judge, judge_receipt, judge_shown, judge_tap, worst,
};

#[cfg(test)]
mod tests;
