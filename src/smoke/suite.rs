//! From the files that are named to the cases that can be run: read, planned, filtered, or every problem of all of them.

use std::path::{Path, PathBuf};

use super::filter::takes;
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
        let mut loading = Loading { session, current: None, cases: Vec::new(), problems: Vec::new() };
        let mut scenarios = Vec::new();
        for file in files {
            scenarios.extend(loading.file(file, &known)?);
        }
        match loading.problems.len() {
            0 => Ok(Suite { cases: loading.cases, scenarios }),
            count => {
                let problems = if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
                let headline = format!("{problems} in {}; nothing was sent", shown(files));
                Err(Failure::all(loading.problems).headed(headline))
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
        let source = match &case.target {
            smoke::Target::RegId(text) | smoke::Target::Alias(text) | smoke::Target::Phone(text) => {
                &text.source
            }
            smoke::Target::User { user, .. } => &user.source,
        };
        problem.at(source.to_string())
    }
}

/// `smoke/a.toml`, or `2 files`.
fn shown(files: &[PathBuf]) -> String {
    match files {
        [one] => one.display().to_string(),
        several => format!("{} files", several.len()),
    }
}

struct Loading<'c> {
    session: &'c Session,
    /// The current profile, found once a case needs it.
    current: Option<Profile>,
    cases: Vec<Planned>,
    problems: Vec<Problem>,
}

impl Loading<'_> {
    fn file(&mut self, file: &Path, known: &[Secret]) -> Result<Option<Scenario>, Failure> {
        let text = match text_of_file(&self.session.paths.absolute(file), &file.display().to_string()) {
            Ok(text) => text,
            Err(failure) => {
                self.problems.extend(failure.into_problems());
                return Ok(None);
            }
        };
        let (scenario, problems) = smoke::read(text, &self.session.environment);
        let held = secrets::by_value(&scenario, known);
        if !held.is_empty() {
            // The words of any other problem might quote the secret.
            self.problems.extend(held);
            return Ok(None);
        }
        let mut problems = problems;
        // Where the syntax is broken, what could be made of the rest may not be what is meant.
        let broken = problems.iter().any(|problem| problem.kind == Kind::TomlSyntax);
        for case in scenario.cases.iter().filter(|_| !broken) {
            match self.plan(case, &scenario.text)? {
                Ok(planned) => self.cases.push(planned),
                Err(found) => {
                    let new: Vec<Problem> =
                        found.into_iter().filter(|problem| !problems.contains(problem)).collect();
                    problems.extend(new);
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
            Ok(profile) => match self.session.configuration()?.may_lead(&profile) {
                // A scenario is a way to the environment too.
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
