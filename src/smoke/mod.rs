//! Smoke scenarios: what a file of scripted pushes says, which expectations can hold, and whether they did. All of it pure.
//! Sending, waiting and printing belong to the commands.

mod filter;
mod first;
mod model;
mod plan;
mod read;
mod retry;
pub mod secrets;
mod variables;
mod verdict;
mod words;

pub use filter::Filter;
pub use first::{First, FirstTarget, first};
pub use model::{Case, ClickWanted, Expect, ReceiptWanted, ShownWanted, StatusWanted, Target};
pub use plan::{Destination, Planned, plan};
pub use read::{Expanded, Scenario, read};
pub use retry::{Budget, pause, worth_repeating};
pub use verdict::{Fact, OnPhone, Tapped, Verdict, judge, judge_shown, judge_tap, worst};

#[cfg(test)]
mod tests;
