//! Which profile is the current one. Never the sandbox silently: a green pipeline that talked to a simulator is worse than a red one.

use super::builtin::{self, sandbox_profile};
use super::{Configuration, Environment, Profile, Source, suggest};
use crate::failure::{Failure, Kind, Problem, Remedy};
use std::fmt;

/// A profile asked for by name, by flag or variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProfileChoice {
    pub(crate) name: String,
    pub(crate) source: Source,
}

impl ProfileChoice {
    /// `--profile` before `OPUSH_PROFILE`.
    pub(crate) fn new(flag: Option<&str>, env: &Environment) -> Option<ProfileChoice> {
        let asked = |name: &str, source| Some(ProfileChoice { name: name.to_owned(), source });
        match flag {
            Some(name) => asked(name, Source::Flag("--profile".to_owned())),
            None => asked(env.get("OPUSH_PROFILE")?, Source::Variable("OPUSH_PROFILE".to_owned())),
        }
    }
}

/// Why a profile is the current one, in the order of precedence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Because {
    /// `--profile` or `OPUSH_PROFILE` names it.
    Named(Source),
    /// `default_profile` names it, here.
    Default(Source),
    /// It is the only one of the file.
    Only,
    /// There is no file, and its variables are set.
    Variables,
}

impl fmt::Display for Because {
    /// For a line: "current: …".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Because::Named(source) => source.fmt(f),
            Because::Default(_) => f.write_str("default_profile"),
            Because::Only => f.write_str("the only profile of the file"),
            Because::Variables => f.write_str("OPUSH_* variables, and no file"),
        }
    }
}

impl Configuration {
    /// The profile asked for, else the file's default, else the file's only one, else `env` where no file exists.
    pub(crate) fn current(
        &self,
        asked: Option<&ProfileChoice>,
        env: &Environment,
    ) -> Result<Profile, Failure> {
        self.current_because(asked, env).map(|(profile, _)| profile)
    }

    /// The same, with the reason.
    pub(crate) fn current_because(
        &self,
        asked: Option<&ProfileChoice>,
        env: &Environment,
    ) -> Result<(Profile, Because), Failure> {
        let by_name = |asked: &ProfileChoice| {
            self.named(&asked.name, env).unwrap_or_else(|| Err(self.unknown(asked).into()))
        };
        if let Some(asked) = asked {
            return Ok((by_name(asked)?, Because::Named(asked.source.clone())));
        }
        if let Some(name) = &self.default_profile {
            let asked = ProfileChoice { name: name.value.clone(), source: name.source.clone() };
            return Ok((by_name(&asked)?, Because::Default(asked.source)));
        }
        match self.profiles.as_slice() {
            [only] => Ok((only.clone(), Because::Only)),
            [] if self.file.is_none() && builtin::env_is_meant(env) => {
                Ok((builtin::env_profile(env)?, Because::Variables))
            }
            _ => Err(self.none().into()),
        }
    }

    /// A profile by name, built-in ones included; `None` if there is none of that name.
    pub(crate) fn named(&self, name: &str, env: &Environment) -> Option<Result<Profile, Failure>> {
        match name {
            "sandbox" => Some(Ok(sandbox_profile())),
            "env" => Some(builtin::env_profile(env)),
            _ => self.find(name).cloned().map(Ok),
        }
    }

    /// The names of the file's profiles, in its order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.profiles.iter().map(|profile| profile.name.as_str())
    }

    fn unknown(&self, asked: &ProfileChoice) -> Problem {
        let hint = match &self.file {
            None => Remedy::run("there is no configuration file; make one", "profile add"),
            Some(_) => suggest::hint(&asked.name, self.names().chain(["sandbox", "env"])).into(),
        };
        Problem::new(Kind::UnknownProfile, format!("there is no profile {:?}", asked.name), hint)
            .at(asked.source.to_string())
    }

    fn none(&self) -> Problem {
        let ways = |env: &str| {
            let variables = suggest::list(builtin::REQUIRED);
            Remedy::from(format!(
                "(1) --profile sandbox for the simulator\n(2) {env} {variables}\n(3) make one"
            ))
            .command("profile add")
        };
        match (&self.file, self.profiles.len()) {
            (None, _) => Problem::new(
                Kind::NoProfile,
                "there is no configuration and no profile was named",
                ways("set"),
            ),
            (Some(file), 0) => {
                let message = format!("{} has no profile", file.found.shown);
                // With a file, the variables are used only where they are named.
                Problem::new(Kind::NoProfile, message, ways("--profile env with")).at(&file.found.shown)
            }
            (Some(file), count) => Problem::new(
                Kind::NoProfile,
                format!("{} has {count} profiles and no default_profile", file.found.shown),
                Remedy::from(format!(
                    "(1) --profile with one of {}\n(2) OPUSH_PROFILE\n(3) make one the default",
                    suggest::list(self.names())
                ))
                .command("profile use <NAME>"),
            )
            .at("--profile"),
        }
    }
}

#[cfg(test)]
mod tests;
