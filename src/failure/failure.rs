//! Why a command failed: one or more problems, the first of which decides the exit code.

use super::{Class, Problem};

/// A command's failure: at least one problem; the first decides the exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    problems: Vec<Problem>,
    /// A headline for several problems, such as "2 values are not usable; nothing was sent".
    pub(crate) headline: Option<String>,
}

impl Failure {
    /// All of an input's problems at once. `problems` must not be empty.
    pub(crate) fn all(problems: Vec<Problem>) -> Self {
        debug_assert!(!problems.is_empty());
        Failure { problems, headline: None }
    }

    pub(crate) fn headed(mut self, headline: impl Into<String>) -> Self {
        self.headline = Some(headline.into());
        self
    }

    /// The same problems, all at one place.
    pub(crate) fn at(self, place: &str) -> Self {
        self.each(|problem| problem.at(place))
    }

    /// The same failure with each of its problems changed.
    pub(crate) fn each(self, change: impl FnMut(Problem) -> Problem) -> Self {
        Failure { problems: self.problems.into_iter().map(change).collect(), ..self }
    }

    pub(crate) fn problems(&self) -> &[Problem] {
        &self.problems
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    pub(crate) fn class(&self) -> Class {
        self.problems.first().map_or(Class::Failed, |problem| problem.kind.class())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Failure::all(vec![problem])
    }
}

/// A room's own error says here which kind of failure it is to a person. `?` then turns it into a [`Failure`].
pub trait Explain {
    fn explain(self) -> Problem;
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Self {
        error.explain().into()
    }
}
