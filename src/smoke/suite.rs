//! From the files that are named to the cases that can be run: read, planned, filtered, or every problem of all of them.

use std::path::{Path, PathBuf};

use super::known_secrets;
use crate::config::{Profile, Secret, Text, suggest, text_of_file};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::session::Session;
use crate::smoke::{self, Case, Planned, Scenario, secrets, variables};

/// Cases in the order of the files and of their lines.
#[derive(Debug)]
pub(crate) struct Suite {
    pub(crate) cases: Vec<Planned>,
    scenarios: Vec<Scenario>,
}

impl Suite {
    /// Reads and plans every file. With one problem in any of them there is no suite.
    pub(crate) fn load(session: &Session, files: &[PathBuf]) -> Result<Suite, Failure> {
        let known = known_secrets::secrets(session)?;
        let mut loader = SuiteLoader { session, current: None, cases: Vec::new(), problems: Vec::new() };
        let mut scenarios = Vec::new();
        for file in files {
            scenarios.extend(loader.file(file, &known)?);
        }
        match loader.problems.len() {
            0 => Ok(Suite { cases: loader.cases, scenarios }),
            count => {
                let problems = if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
                let headline = format!("{problems} in {}; nothing was sent", shown(files));
                Err(Failure::all(loader.problems).headed(headline))
            }
        }
    }

    /// The cases that the filter takes. None at all is a mistake: a run of nothing would pass.
    pub(crate) fn filtered(mut self, filter: Option<&str>) -> Result<Suite, Failure> {
        let Some(text) = filter else { return Ok(self) };
        if !self.cases.iter().any(|planned| takes(text, &planned.case.name)) {
            let names: Vec<&str> = self.cases.iter().map(|planned| planned.case.name.as_str()).collect();
            let hint = match names.len() {
                0..=20 => Remedy::from(format!("the cases are:\n{}", names.join("\n"))),
                count => Remedy::from(format!("see the {count} cases")).command("smoke list <FILE>"),
            };
            let message = format!("no case's name fits {text:?}, so that nothing would be run");
            return Err(Problem::new(Kind::Usage, message, hint).at("--filter").into());
        }
        self.cases.retain(|planned| takes(text, &planned.case.name));
        Ok(self)
    }

    /// Secrets that were got only now, because they are used now, may not be in a scenario either.
    pub(crate) fn refuse(&self, secrets: &[Secret]) -> Result<(), Failure> {
        let found: Vec<Problem> =
            self.scenarios.iter().flat_map(|scenario| secrets::by_value(scenario, secrets)).collect();
        if found.is_empty() { Ok(()) } else { Err(Failure::all(found)) }
    }

    /// A problem of a case, at its target.
    pub(crate) fn at_target(&self, case: &Case, problem: Problem) -> Problem {
        use smoke::Target::{Alias, Phone, RegId, User};
        let (RegId(text) | Alias(text) | Phone(text) | User { user: text, .. }) = &case.target;
        problem.at(text.source.to_string())
    }
}

/// `smoke/a.toml`, or `2 files`.
fn shown(files: &[PathBuf]) -> String {
    match files {
        [one] => one.display().to_string(),
        several => format!("{} files", several.len()),
    }
}

struct SuiteLoader<'c> {
    session: &'c Session,
    /// The current profile, found once a case needs it.
    current: Option<Profile>,
    cases: Vec<Planned>,
    problems: Vec<Problem>,
}

impl SuiteLoader<'_> {
    fn file(&mut self, file: &Path, known: &[Secret]) -> Result<Option<Scenario>, Failure> {
        let text = match text_of_file(&self.session.paths.absolute(file), &file.display().to_string()) {
            Ok(text) => text,
            Err(failure) => {
                self.problems.extend(failure.into_problems());
                return Ok(None);
            }
        };
        let (scenario, mut problems) = smoke::read(text, &self.session.environment);
        let held = secrets::by_value(&scenario, known);
        if !held.is_empty() {
            // The words of any other problem might quote the secret.
            self.problems.extend(held);
            return Ok(None);
        }
        // Where the syntax is broken, what could be made of the rest may not be what is meant.
        let broken = problems.iter().any(|problem| problem.kind == Kind::TomlSyntax);
        for case in scenario.cases.iter().filter(|_| !broken) {
            match self.plan(case, &scenario.text)? {
                Ok(planned) => self.cases.push(planned),
                Err(mut found) => {
                    found.retain(|problem| !problems.contains(problem));
                    problems.extend(found);
                }
            }
        }
        problems.sort_by_key(position);
        self.problems.extend(problems);
        Ok(Some(scenario))
    }

    fn plan(&mut self, case: &Case, text: &Text) -> Result<Result<Planned, Vec<Problem>>, Failure> {
        let now = self.session.clock.now();
        Ok(match self.profile(case)? {
            Ok(profile) => match self.session.configuration()?.may_fill(&profile) {
                Err(problem) if uses_environment(text) => Err(vec![problem.at(text.name())]),
                _ => smoke::plan(case, text, &profile, now),
            },
            Err(problem) => Err(vec![problem]),
        })
    }

    /// `--profile` and `OPUSH_PROFILE` go before the case's own, that before the current profile.
    fn profile(&mut self, case: &Case) -> Result<Result<Profile, Problem>, Failure> {
        let own = case.profile.as_ref().filter(|_| self.session.profile_choice().is_none());
        let Some(name) = own else {
            let current = match &self.current {
                Some(current) => current,
                None => self.current.insert(self.session.profile()?),
            };
            return Ok(Ok(current.clone()));
        };
        let configuration = self.session.configuration()?;
        match configuration.named(name, &self.session.environment) {
            Some(found) => found.map(Ok),
            None => {
                let hint = suggest::hint(name, configuration.names().chain(["sandbox", "env"]));
                let message = format!("there is no profile {:?}", name.value);
                let problem = Problem::new(Kind::UnknownProfile, message, hint).at(name.source.to_string());
                Ok(Err(problem))
            }
        }
    }
}

fn uses_environment(text: &Text) -> bool {
    variables::names(text.as_str()).iter().any(|name| !name.starts_with("matrix."))
}

/// Line and column of a problem's place.
fn position(problem: &Problem) -> (usize, usize) {
    let mut numbers = problem.place.rsplit(':').map_while(|part| part.parse().ok());
    let column = numbers.next().unwrap_or(0);
    (numbers.next().unwrap_or(0), column)
}

/// Whether the filter, a part of a name, is in this one; with `*` or `?` a pattern that the whole name must fit.
pub(super) fn takes(filter: &str, name: &str) -> bool {
    if !filter.contains(['*', '?']) {
        return name.contains(filter);
    }
    let characters = |text: &str| text.chars().collect::<Vec<char>>();
    fits(&characters(filter), &characters(name))
}

/// Greedy with one step back, so that no pattern takes longer than its length times the name's.
fn fits(pattern: &[char], name: &[char]) -> bool {
    let (mut p, mut n, mut star) = (0, 0, None);
    while n < name.len() {
        if pattern.get(p) == Some(&'*') {
            star = Some((p, n));
            p += 1;
        } else if pattern.get(p).is_some_and(|c| *c == '?' || *c == name[n]) {
            (p, n) = (p + 1, n + 1);
        } else if let Some((at, from)) = star {
            star = Some((at, from + 1));
            (p, n) = (at + 1, from + 1);
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_part_or_a_pattern() {
        assert!(takes("order", "an order page") && !takes("Order", "an order page"));
        assert!(takes("an*page", "an order page") && !takes("an*pag", "an order page"));
        assert!(takes("c?se *", "case 1") && !takes("?", "") && takes("*", ""));
        assert!(takes("*a*b*c", "xxaxxbxxabc") && !takes("*a*b*c", "xxaxxbxxab"));
    }

    proptest! {
        #[test]
        fn a_name_fits_itself_with_stars_put_in(name in "[a-c]{0,8}", at in 0usize..9) {
            let at = at.min(name.len());
            let pattern = format!("{}*{}", &name[..at], &name[at..]);
            prop_assert!(takes(&pattern, &name));
        }
    }
}
