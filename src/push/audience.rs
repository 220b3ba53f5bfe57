//! Who a broadcast goes to, as a person gives it: everyone, a file with a target on each line, or a tag expression.

use std::collections::HashMap;

use crate::config::Region;
use crate::failure::{Kind, Problem};
use crate::oppo::{Alias, Audience, MOST_TARGETS, RegId};

/// More problems of one file than a person reads.
const MOST_PROBLEMS: usize = 100;

/// Checked whole; any number of targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Targets {
    All,
    RegIds(Vec<String>),
    Aliases(Vec<String>),
    Tags(String),
}

/// What a line of a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TargetLine {
    RegId(Region),
    Alias,
}

impl Targets {
    /// A target on each line; empty lines are passed by. Every line that can't be used is a problem, `path` and line its place.
    pub(crate) fn read(text: &str, path: &str, line: TargetLine) -> Result<Targets, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut more = 0;
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut targets = Vec::new();
        for (number, target) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let (number, target) = (number + 1, target.trim());
            if target.is_empty() {
                continue;
            }
            let found = match line.check(target) {
                Err(problem) => Some(problem),
                Ok(()) => seen.insert(target, number).map(|first| {
                    let message = format!("the target of line {number} is on line {first} as well");
                    Problem::new(Kind::DuplicateId, message, "leave one of the two out")
                }),
            };
            match found {
                None => targets.push(target.to_owned()),
                Some(problem) if problems.len() < MOST_PROBLEMS => {
                    problems.push(problem.at(format!("{path}:{number}")));
                }
                Some(_) => more += 1,
            }
        }
        if more > 0 {
            let message = format!("{more} more lines can't be used");
            problems.push(Problem::new(Kind::BadRow, message, "correct the lines above first").at(path));
        }
        if problems.is_empty() && targets.is_empty() {
            let message = format!("{path} has no target");
            problems.push(Problem::new(Kind::Empty, message, "put one target on each line").at(path));
        }
        match (problems.is_empty(), line) {
            (false, _) => Err(problems),
            (true, TargetLine::RegId(_)) => Ok(Targets::RegIds(targets)),
            (true, TargetLine::Alias) => Ok(Targets::Aliases(targets)),
        }
    }

    /// One for each call: OPPO takes so many targets at once, and no more.
    pub(crate) fn calls(&self) -> Vec<Audience<'_>> {
        match self {
            Targets::All => vec![Audience::All],
            Targets::Tags(expression) => vec![Audience::Tags(expression)],
            Targets::RegIds(list) => list.chunks(MOST_TARGETS).map(Audience::RegIds).collect(),
            Targets::Aliases(list) => list.chunks(MOST_TARGETS).map(Audience::Aliases).collect(),
        }
    }

    /// How many, where that is known.
    pub(crate) fn count(&self) -> Option<usize> {
        match self {
            Targets::All | Targets::Tags(_) => None,
            Targets::RegIds(list) | Targets::Aliases(list) => Some(list.len()),
        }
    }
}

impl TargetLine {
    fn check(self, text: &str) -> Result<(), Problem> {
        match self {
            // A line that is not a regId may be of a file that somebody named by mistake: it is not shown.
            TargetLine::RegId(region) => RegId::of_region(text, region).map(drop).map_err(|problem| {
                let message = match problem.kind {
                    Kind::BadRegId => {
                        format!("the line is not a regId; it has {} characters", text.chars().count())
                    }
                    _ => problem.message.clone(),
                };
                Problem { message, ..problem }
            }),
            TargetLine::Alias => Alias::parse(text).map(drop),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "0123456789abcdef0123456789abcde";

    #[test]
    fn every_line_that_can_not_be_used_is_named() {
        let text = format!("\u{feff}CN_{HEX}0\r\n\nnonsense\nOPPO_IN_{HEX}1\nCN_{HEX}0\n CN_{HEX}2 \n");
        let problems = Targets::read(&text, "t.txt", TargetLine::RegId(Region::Cn)).unwrap_err();
        let places: Vec<(Kind, &str)> = problems.iter().map(|one| (one.kind, one.place.as_str())).collect();
        assert_eq!(
            places,
            [(Kind::BadRegId, "t.txt:3"), (Kind::WrongRegion, "t.txt:4"), (Kind::DuplicateId, "t.txt:5")]
        );
        let many = Targets::read(&"x;\n".repeat(300), "t", TargetLine::Alias).unwrap_err();
        assert_eq!((many.len(), many[100].kind), (101, Kind::BadRow));
        assert_eq!(Targets::read(" \n", "t", TargetLine::Alias).unwrap_err()[0].kind, Kind::Empty);
    }

    #[test]
    fn a_call_has_a_thousand_targets_at_most() {
        let text: String = (0..2001).map(|number| format!("alias {number}\n")).collect();
        let targets = Targets::read(&text, "t", TargetLine::Alias).unwrap();
        let sizes: Vec<Option<usize>> = targets.calls().iter().map(Audience::count).collect();
        assert_eq!(sizes, [Some(1000), Some(1000), Some(1)]);
        assert_eq!((targets.count(), Targets::All.calls().len()), (Some(2001), 1));
    }
}
