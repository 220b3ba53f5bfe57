//! Where a certificate goes: the file, and the profile in it, which `add` may have to make.
//! Which file and which profile are in force belongs to `config`.

use super::super::context::Ctx;
use crate::config::{Certificate, CertificateId, Configuration, Found, How, Origin, Profile, Region, rules};
use crate::failure::{Failure, Kind, Problem};

/// Where `add` is to write.
pub(crate) struct Place {
    pub(crate) found: Found,
    /// The profile's name; `None` where a new one is to be made and nothing names it.
    pub(crate) name: Option<String>,
    /// The profile as it is now; `None` where it is to be made.
    pub(crate) known: Option<Profile>,
}

impl Place {
    pub(crate) fn of(ctx: &Ctx) -> Result<Place, Failure> {
        let found = ctx.found_for_writing()?;
        let none = Configuration::default();
        let configuration = if found.path.symlink_metadata().is_ok() { ctx.configuration()? } else { &none };
        let asked = ctx.asked();
        let wanted = match (&asked, &configuration.default_profile) {
            (Some(asked), _) => Some((asked.name.clone(), asked.source.to_string())),
            (None, Some(default)) => Some((default.value.clone(), default.source.to_string())),
            (None, None) => None,
        };
        match wanted {
            Some((name, _)) if configuration.find(&name).is_some() => {
                let known = configuration.find(&name).cloned();
                Ok(Place { found, name: Some(name), known })
            }
            Some((name, place)) if rules::RESERVED.contains(&name.as_str()) => {
                Err(built_in(&name, &place).into())
            }
            Some((name, place)) => {
                rules::profile_name(&name).map_err(|flaw| flaw.of_flag(&place))?;
                Ok(Place { found, name: Some(name), known: None })
            }
            // The variables of `env` count only where there is no file, and there will be one.
            None if configuration.profiles.is_empty() => Ok(Place { found, name: None, known: None }),
            None => {
                let known = configuration.in_force(None, &ctx.environment)?;
                Ok(Place { found, name: Some(known.name.clone()), known: Some(known) })
            }
        }
    }
}

/// The profile in force for a command that changes it, and the file it stands in.
pub(crate) fn in_file(ctx: &Ctx) -> Result<(Found, Profile), Failure> {
    let profile = ctx.profile()?;
    match (&profile.origin, &ctx.configuration()?.file) {
        (Origin::File(_), Some(file)) => Ok((file.found.clone(), profile)),
        _ => Err(built_in(&profile.name, "--profile").into()),
    }
}

/// The certificate named on the command line, else the profile's default or only one.
pub(crate) fn certificate(profile: &Profile, id: Option<i64>) -> Result<&Certificate, Failure> {
    profile.certificate(id.and_then(CertificateId::new)).map_err(|failure| {
        // These commands name it by an argument, not by the flag of the others.
        let named = |problem: Problem| Problem {
            place: problem.place.replace("--certificate", "ID"),
            hint: problem
                .hint
                .reworded(|hint| hint.replace("choose with --certificate", "name one by its ID")),
            ..problem
        };
        Failure::all(failure.into_problems().into_iter().map(named).collect())
    })
}

fn built_in(name: &str, place: &str) -> Problem {
    let hint = "choose another with --profile NAME; opush cert add makes it where it does not exist";
    Problem::new(Kind::Contradiction, format!("profile {name} is built in and can't be changed"), hint)
        .at(place)
}

/// A value that the profile has already, given again and different.
pub(crate) fn contradictions(known: &Profile, region: Option<Region>, package: Option<&str>) -> Vec<Problem> {
    let name = &known.name;
    let problem = |flag: &str, has: String| {
        let message = format!("profile {name} exists, and {has}");
        Problem::new(
            Kind::Contradiction,
            message,
            format!("leave {flag} out, or name a new profile with --profile"),
        )
        .at(flag)
    };
    let mut problems = Vec::new();
    if region.is_some_and(|region| region != known.region.value) {
        problems.push(problem("--region", format!("its region is {}", known.region)));
    }
    let own = known.package.as_ref().map(|package| package.value.as_str());
    if package.is_some() && package != own {
        let has = own.map_or("it has no package".into(), |own| format!("its package is {own}"));
        problems.push(problem("--package", has));
    }
    problems
}

/// What a command line about this profile needs, so that it means the same file and profile: begins with a space, or empty.
pub(crate) fn again(
    ctx: &Ctx,
    configuration: &Configuration,
    found: Option<&Found>,
    profile: &str,
) -> String {
    let mut words = String::new();
    if let Some(found) = found.filter(|found| found.how == How::Flag) {
        words.push_str(&format!(" --config {}", quoted(&found.shown)));
    }
    let by_itself =
        configuration.in_force(None, &ctx.environment).is_ok_and(|in_force| in_force.name == profile);
    if !by_itself {
        words.push_str(&format!(" --profile {profile}"));
    }
    words
}

fn quoted(word: &str) -> String {
    if word.contains(char::is_whitespace) { format!("'{word}'") } else { word.to_owned() }
}
