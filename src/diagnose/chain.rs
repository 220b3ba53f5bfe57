//! All checks in their order, and what follows: the first broken link, or what would settle the doubt.
//! Which checks there are belongs to `checks` and `machine`.

use super::finding::{Check, Finding, Status};

/// What a diagnosis comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Every link has evidence that it holds.
    Sound,
    /// At least one link is broken.
    Broken,
    /// No link is seen to be broken, and at least one can't be told from here.
    Inconclusive,
}

impl Verdict {
    /// The word in results. Stable.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Verdict::Sound => "sound",
            Verdict::Broken => "broken",
            Verdict::Inconclusive => "inconclusive",
        }
    }
}

/// One check with what it found.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    pub(crate) id: &'static str,
    pub(crate) link: &'static str,
    pub(crate) title: &'static str,
    pub(crate) finding: Finding,
    /// The finding's remedy or the check's own; none where nothing is wrong.
    pub(crate) remedy: Option<String>,
}

/// Every check's finding, in the order of the chain.
#[derive(Clone, Debug)]
pub(crate) struct Diagnosis {
    pub(crate) checks: Vec<Checked>,
}

/// Examines the evidence link by link.
pub(crate) fn examine<E>(chain: &[&Check<E>], evidence: &E) -> Diagnosis {
    let checks = chain.iter().map(|check| {
        let finding = (check.examine)(evidence).unwrap_or_else(Finding::from);
        let wrong = matches!(finding.status, Status::Fail | Status::Warn);
        let remedy = finding.remedy.clone().or_else(|| wrong.then(|| check.remedy.to_owned()));
        Checked { id: check.id, link: check.link, title: check.title, finding, remedy }
    });
    Diagnosis { checks: checks.collect() }
}

impl Diagnosis {
    pub(crate) fn verdict(&self) -> Verdict {
        let any = |status| self.checks.iter().any(|checked| checked.finding.status == status);
        match (any(Status::Fail), any(Status::Unknown)) {
            (true, _) => Verdict::Broken,
            (false, true) => Verdict::Inconclusive,
            (false, false) => Verdict::Sound,
        }
    }

    /// The first link that is broken; what comes after it may only follow from it.
    pub(crate) fn first_broken(&self) -> Option<&Checked> {
        self.checks.iter().find(|checked| checked.finding.status == Status::Fail)
    }

    /// What would settle an inconclusive diagnosis, in the order of the chain; the first is the one to get next.
    pub(crate) fn would_settle(&self) -> Vec<&str> {
        if self.verdict() != Verdict::Inconclusive {
            return Vec::new();
        }
        let mut all: Vec<&str> = Vec::new();
        for settle in self.checks.iter().filter_map(|checked| checked.finding.settle.as_deref()) {
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

    /// A chain whose findings are the evidence.
    const CHAIN: &[&Check<[Option<Status>; 3]>] = &[
        &Check { id: "a", link: "l", title: "t", remedy: "mend a", page: "", examine: |e| of(e[0]) },
        &Check { id: "b", link: "l", title: "t", remedy: "mend b", page: "", examine: |e| of(e[1]) },
        &Check { id: "c", link: "l", title: "t", remedy: "mend c", page: "", examine: |e| of(e[2]) },
    ];

    fn of(status: Option<Status>) -> Result<Finding, Skipped> {
        match status {
            None | Some(Status::Skipped) => Err(Skipped::because("nothing to see")),
            Some(Status::Pass) => Ok(Finding::pass("seen")),
            Some(Status::Warn) => Ok(Finding::warn("seen", "odd")),
            Some(Status::Fail) => Ok(Finding::fail("seen", "broken")),
            Some(Status::Unknown) => Ok(Finding::unknown("not seen", "look")),
        }
    }

    #[test]
    fn the_first_failure_decides_and_only_doubt_without_failure_is_inconclusive() {
        use Status::{Fail, Pass, Unknown, Warn};
        let broken = examine(CHAIN, &[Some(Unknown), Some(Fail), Some(Fail)]);
        assert_eq!(broken.verdict(), Verdict::Broken);
        assert_eq!(broken.first_broken().map(|checked| checked.id), Some("b"));
        assert!(broken.would_settle().is_empty());
        let doubt = examine(CHAIN, &[Some(Pass), Some(Unknown), Some(Unknown)]);
        assert_eq!((doubt.verdict(), doubt.would_settle()), (Verdict::Inconclusive, vec!["look"]));
        let sound = examine(CHAIN, &[Some(Pass), Some(Warn), None]);
        assert_eq!(sound.verdict(), Verdict::Sound);
        assert_eq!(sound.checks[1].remedy.as_deref(), Some("mend b"));
        assert_eq!(sound.checks[2].finding.evidence, "nothing to see");
    }
}
