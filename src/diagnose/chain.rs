//! All checks in their order, and what follows: the first broken link, or what would settle the doubt.

use schemars::JsonSchema;
use serde::Serialize;
use strum::Display;

use super::check::{Check, Link};
use super::finding::{CheckStatus, Finding};
use crate::failure::Remedy;

/// The result of a whole diagnosis.
#[derive(Clone, Copy, Debug, Display, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub(crate) enum Verdict {
    /// Every link has evidence that it holds.
    Sound,
    /// At least one link is broken.
    Broken,
    /// No link is seen to be broken, and at least one is not known.
    Inconclusive,
}

/// One check with what it found.
#[derive(Clone, Debug)]
pub(crate) struct CheckResult {
    pub(crate) id: &'static str,
    pub(crate) link: Link,
    pub(crate) finding: Finding,
    /// The finding's remedy or the check's own; none where nothing is wrong.
    pub(crate) remedy: Option<Remedy>,
}

/// Every check's finding, in the order of the chain.
#[derive(Clone, Debug)]
pub(crate) struct Diagnosis {
    pub(crate) checks: Vec<CheckResult>,
}

/// Examines the evidence link by link.
pub(crate) fn examine<E>(chain: &[&Check<E>], evidence: &E) -> Diagnosis {
    let checks = chain.iter().map(|check| {
        let finding = (check.examine)(evidence).unwrap_or_else(Finding::from);
        let wrong = matches!(finding.status, CheckStatus::Fail | CheckStatus::Warn);
        let remedy = finding.remedy.clone().or_else(|| wrong.then(|| check.remedy.clone()));
        CheckResult { id: check.id, link: check.link, finding, remedy }
    });
    Diagnosis { checks: checks.collect() }
}

impl Diagnosis {
    pub(crate) fn verdict(&self) -> Verdict {
        let any = |status| self.checks.iter().any(|checked| checked.finding.status == status);
        match (any(CheckStatus::Fail), any(CheckStatus::Unknown)) {
            (true, _) => Verdict::Broken,
            (false, true) => Verdict::Inconclusive,
            (false, false) => Verdict::Sound,
        }
    }

    /// The first link that is broken; what comes after it may only follow from it.
    pub(crate) fn first_broken(&self) -> Option<&CheckResult> {
        self.checks.iter().find(|checked| checked.finding.status == CheckStatus::Fail)
    }

    /// What would settle an inconclusive diagnosis, in the order of the chain; the first is the one to get next.
    pub(crate) fn would_settle(&self) -> Vec<&Remedy> {
        if self.verdict() != Verdict::Inconclusive {
            return Vec::new();
        }
        let mut all: Vec<&Remedy> = Vec::new();
        for settle in self.checks.iter().filter_map(|checked| checked.finding.settle.as_ref()) {
            if !all.contains(&settle) {
                all.push(settle);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Skipped;
    use super::*;

    /// A chain with findings as evidence.
    const CHAIN: &[&Check<[Option<CheckStatus>; 3]>] = &[
        &Check {
            id: "a",
            link: Link::Report,
            title: "t",
            remedy: Remedy::say("fix a"),
            page: "",
            examine: |e| of(e[0]),
        },
        &Check {
            id: "b",
            link: Link::Report,
            title: "t",
            remedy: Remedy::say("fix b"),
            page: "",
            examine: |e| of(e[1]),
        },
        &Check {
            id: "c",
            link: Link::Report,
            title: "t",
            remedy: Remedy::say("fix c"),
            page: "",
            examine: |e| of(e[2]),
        },
    ];

    fn of(status: Option<CheckStatus>) -> Result<Finding, Skipped> {
        match status {
            None | Some(CheckStatus::Skipped) => Err(Skipped::because("nothing to see")),
            Some(CheckStatus::Pass) => Ok(Finding::pass("seen")),
            Some(CheckStatus::Warn) => Ok(Finding::warn("seen", "odd")),
            Some(CheckStatus::Fail) => Ok(Finding::fail("seen", "broken")),
            Some(CheckStatus::Unknown) => Ok(Finding::unknown("not seen", "look")),
        }
    }

    #[test]
    fn the_first_failure_decides_and_only_doubt_without_failure_is_inconclusive() {
        use CheckStatus::{Fail, Pass, Unknown, Warn};
        let broken = examine(CHAIN, &[Some(Unknown), Some(Fail), Some(Fail)]);
        assert_eq!(broken.verdict(), Verdict::Broken);
        assert_eq!(broken.first_broken().map(|checked| checked.id), Some("b"));
        assert!(broken.would_settle().is_empty());
        let doubt = examine(CHAIN, &[Some(Pass), Some(Unknown), Some(Unknown)]);
        assert_eq!(
            (doubt.verdict(), doubt.would_settle()),
            (Verdict::Inconclusive, vec![&Remedy::say("look")])
        );
        let sound = examine(CHAIN, &[Some(Pass), Some(Warn), None]);
        assert_eq!(sound.verdict(), Verdict::Sound);
        assert_eq!(sound.checks[1].remedy, Some(Remedy::say("fix b")));
        assert_eq!(sound.checks[2].finding.evidence, "nothing to see");
    }
}
