//! Where a command that changes the configuration writes: the file, and the profile in it, which may have to be made.

use super::Session;
use crate::config::{Configuration, Field, Found, Origin, Profile, Values, rules};
use crate::failure::{Failure, Kind, Problem, Remedy};

/// Where a new certificate goes.
pub(crate) struct Destination {
    pub(crate) found: Found,
    /// The profile's name; `None` where a new one is to be made and nothing names it.
    pub(crate) name: Option<String>,
    /// The profile as it is now; `None` where it is to be made.
    pub(crate) known: Option<Profile>,
}

impl Session {
    /// Where a new certificate goes.
    pub(crate) fn destination(&self) -> Result<Destination, Failure> {
        let found = self.found_for_writing()?;
        let none = Configuration::default();
        let configuration = if found.path.symlink_metadata().is_ok() { self.configuration()? } else { &none };
        let asked = self.profile_choice();
        let wanted = match (&asked, &configuration.default_profile) {
            (Some(asked), _) => Some((asked.name.clone(), asked.source.to_string())),
            (None, Some(default)) => Some((default.value.clone(), default.source.to_string())),
            (None, None) => None,
        };
        match wanted {
            Some((name, _)) if configuration.find(&name).is_some() => {
                let known = configuration.find(&name).cloned();
                Ok(Destination { found, name: Some(name), known })
            }
            Some((name, place)) if rules::RESERVED.contains(&name.as_str()) => {
                Err(built_in(&name, &place).into())
            }
            Some((name, place)) => {
                rules::profile_name(&name).map_err(|flaw| flaw.of_flag(&place))?;
                Ok(Destination { found, name: Some(name), known: None })
            }
            // The variables of `env` count only where there is no file, and there will be one.
            None if configuration.profiles.is_empty() => Ok(Destination { found, name: None, known: None }),
            None => {
                let known = configuration.current(None, &self.environment)?;
                Ok(Destination { found, name: Some(known.name.clone()), known: Some(known) })
            }
        }
    }

    /// The current profile for a command that changes it, and its file.
    pub(crate) fn profile_in_file(&self) -> Result<(Found, Profile), Failure> {
        let profile = self.profile()?;
        match (&profile.origin, &self.configuration()?.file) {
            (Origin::File(_), Some(file)) => Ok((file.found.clone(), profile)),
            _ => Err(built_in(&profile.name, "--profile").into()),
        }
    }

    /// The name that a command about this profile has to say: none where it is the current one by itself.
    pub(crate) fn named(&self, configuration: &Configuration, profile: &str) -> Option<String> {
        let current = configuration.current(None, &self.environment);
        let by_itself = current.is_ok_and(|current| current.name == profile);
        (!by_itself).then(|| profile.to_owned())
    }
}

fn built_in(name: &str, place: &str) -> Problem {
    let hint =
        Remedy::run("choose another profile; one that does not exist is made", "cert add --profile <NAME>");
    Problem::new(Kind::Contradiction, format!("profile {name} is built in and can't be changed"), hint)
        .at(place)
}

/// Each value that a profile which is there already has otherwise.
pub(crate) fn contradictions<S>(known: &Profile, values: &Values<S>) -> Vec<Problem> {
    let name = &known.name;
    let contradiction = |field: Field| {
        let given = values.text(field)?;
        let has = match known.value(field) {
            Some(own) if own.value.shown() == given => return None,
            Some(own) => format!("its {} is {}", field.row().key, own.value.shown()),
            None => format!("it has no {}", field.row().key),
        };
        let place = field.place();
        let message = format!("profile {name} exists, and {has}");
        let hint = format!("leave {place} out, or name a new profile with --profile");
        Some(Problem::new(Kind::Contradiction, message, hint).at(place))
    };
    Field::PROFILE.iter().copied().filter_map(contradiction).collect()
}
