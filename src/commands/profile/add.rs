//! `opush profile add`: a new profile, from flags or from answers at the terminal.
//! What its values may be belongs to `config::rules`, how it is written to `config::edit`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::region::region_choice;
use crate::config::edit::{self, NewProfile};
use crate::config::rules::{self, Flaw};
use crate::config::{Configuration, Region, suggest};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Prompt, Report};

/// Add a profile to the configuration file, asking for what is missing
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush profile add chat --region cn --package com.example.chat
  opush profile add try --region sandbox --endpoint http://127.0.0.1:8765")]
pub(crate) struct Args {
    /// Name of the profile: letters, digits, - and _
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// Where its pushes go: cn, cn-legacy, intl or sandbox
    #[arg(long, value_name = "REGION")]
    region: Option<String>,

    /// The app's package name
    #[arg(long, value_name = "PACKAGE")]
    package: Option<String>,

    /// Base URL in the place of the region's hosts: https, or http to loopback
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Added, Failure> {
    let found = ctx.found_for_writing()?;
    let (known, _) = edit::preview(&ctx.paths, &found, |draft| Ok(draft.configuration().clone()))?;
    let mut given = Given::check(&args, &known);
    if let Some(prompt) = ctx.prompt() {
        // What is missing can be asked for; what is wrong is said before anybody answers a question in vain.
        if !given.problems.is_empty() {
            return Err(all(given.problems));
        }
        if known.profiles.is_empty() {
            prompt.say(&format!("It will be written to {}.", ctx.paths.friendly(&found.path)));
        }
        given.ask(&prompt, &known)?;
    }
    let new = given.complete()?;
    let is_new_file = known.profiles.is_empty() && !found.path.exists();
    let ((), edited) = edit::edit(&ctx.paths, &found, |draft| draft.add_profile(&new))?;
    let after = &edited.configuration;
    Ok(Added {
        default: after.default_profile.as_ref().is_some_and(|name| name.value == new.name),
        no_default: after.default_profile.is_none() && after.profiles.len() > 1,
        shown: ctx.paths.friendly(&found.path),
        path: found.path.display().to_string(),
        is_new_file,
        name: new.name,
        region: new.region,
        package: new.package,
        endpoint: new.endpoint,
    })
}

/// The values so far, and what is wrong with those that were given.
struct Given {
    name: Option<String>,
    region: Option<Region>,
    package: Option<String>,
    endpoint: Option<String>,
    problems: Vec<Problem>,
}

impl Given {
    fn check(args: &Args, known: &Configuration) -> Given {
        let mut problems = Vec::new();
        let name = checked(&mut problems, "NAME", &args.name, |name| free_name(name, known));
        let region = checked(&mut problems, "--region", &args.region, rules::region);
        let package = checked(&mut problems, "--package", &args.package, package);
        let endpoint = checked(&mut problems, "--endpoint", &args.endpoint, rules::endpoint);
        Given { name, region, package, endpoint, problems }
    }

    /// Asks for what no flag gave.
    fn ask(&mut self, prompt: &Prompt, known: &Configuration) -> Result<(), Failure> {
        let complete = self.name.is_some() && self.region.is_some();
        if self.name.is_none() {
            let check = |answer: &str| reply(free_name(answer.trim(), known));
            self.name = Some(prompt.text("Profile name", None, &check)?.trim().to_owned());
        }
        if self.region.is_none() {
            let choices: Vec<String> = Region::ALL.iter().copied().map(region_choice).collect();
            let at = prompt.choose("Region", &choices, 0)?;
            self.region = Region::ALL.get(at).copied();
        }
        if self.package.is_none() && !complete {
            let check = |answer: &str| match answer.trim() {
                "" => Ok(()),
                answer => reply(package(answer)),
            };
            let answer = prompt.text("App package (or none)", None, &check)?;
            self.package = Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty());
        }
        Ok(())
    }

    /// The profile, or everything that is missing or wrong at once.
    fn complete(mut self) -> Result<NewProfile, Failure> {
        let wrong = std::mem::take(&mut self.problems);
        let is_wrong = |place: &str| wrong.iter().any(|problem| problem.place == place);
        let mut problems = Vec::new();
        if self.name.is_none() && !is_wrong("NAME") {
            problems.push(missing("NAME", "give the profile a name, such as chat"));
        }
        if self.region.is_none() && !is_wrong("--region") {
            let hint = format!("give one of {}", suggest::list(suggest::words::<Region>()));
            problems.push(missing("--region", hint));
        }
        problems.extend(wrong);
        match (self.name, self.region) {
            (Some(name), Some(region)) if problems.is_empty() => {
                Ok(NewProfile { name, region, package: self.package, endpoint: self.endpoint })
            }
            _ => Err(all(problems)),
        }
    }
}

fn missing(place: &str, hint: impl Into<Remedy>) -> Problem {
    Problem::new(Kind::MissingFlag, format!("{place} is required"), hint).at(place)
}

fn all(problems: Vec<Problem>) -> Failure {
    match problems.len() {
        1 => Failure::all(problems),
        count => Failure::all(problems)
            .headed(format!("{count} values are missing or not usable; nothing was written")),
    }
}

fn checked<T>(
    problems: &mut Vec<Problem>,
    place: &str,
    value: &Option<String>,
    rule: impl Fn(&str) -> Result<T, Flaw>,
) -> Option<T> {
    rule(value.as_deref()?).map_err(|flaw| problems.push(flaw.at(place))).ok()
}

fn free_name(name: &str, known: &Configuration) -> Result<String, Flaw> {
    rules::profile_name(name)?;
    match known.find(name) {
        None => Ok(name.to_owned()),
        Some(_) => Err(Flaw {
            kind: Kind::DuplicateId,
            message: format!("there is a profile {name:?} already"),
            hint: Box::new(
                Remedy::run("choose another name, or look at it", "profile show <NAME>").with("NAME", name),
            ),
        }),
    }
}

fn package(name: &str) -> Result<String, Flaw> {
    rules::package(name).map(|()| name.to_owned())
}

/// What to reply to an answer.
fn reply<T>(result: Result<T, Flaw>) -> Result<(), String> {
    result.map(|_| ()).map_err(|flaw| flaw.reply())
}

/// What `profile add --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Added {
    name: String,
    region: Region,
    package: Option<String>,
    endpoint: Option<String>,
    /// The file it was written to, absolute.
    path: String,
    /// It is the file's default_profile now.
    default: bool,
    #[serde(skip)]
    no_default: bool,
    #[serde(skip)]
    is_new_file: bool,
    #[serde(skip)]
    shown: String,
}

impl Report for Added {
    fn text(&self, page: &mut Page) {
        let new = if self.is_new_file { ", a new file" } else { "" };
        page.line(format!("Added profile {} ({}) to {}{new}.", self.name, self.region, self.shown));
        if self.default {
            page.line("It is the default profile.");
        } else if self.no_default {
            page.line(
                "The file names no default_profile, so every command needs --profile until there is one.",
            );
        }
        page.line("Next:");
        let mut next = vec![(format!("opush cert add --profile {}", self.name), "give it a certificate")];
        if !self.default {
            next.push((format!("opush profile use {}", self.name), "make it the default"));
        }
        page.pairs(&next);
    }
}
