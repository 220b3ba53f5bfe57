//! `opush profile list`: the profiles there are, built-in ones included, and which is the current one and why.
//! It shows them even where the choice between them fails; mending it is `profile use`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::{self, Because, Configuration, Profile};
use crate::failure::{Failure, Problem};
use crate::output::{Page, Report, Tone};

/// List the profiles, and say which is the current one and why
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: Args, ctx: &Ctx) -> Result<Listed, Failure> {
    let found = ctx.found()?;
    let (configuration, unknown_default) = config::load_despite_default(&ctx.paths, found.as_ref())?;
    configuration.warnings.iter().for_each(|warning| ctx.warn(warning));
    let asked = ctx.profile_choice();
    let short = |text: String| match &found {
        Some(found) => text.replace(&found.shown, &ctx.paths.friendly(&found.path)),
        None => text,
    };
    let in_force = match unknown_default {
        // Every command but this one and `profile use` refuses the file as it is.
        Some(problem) => Err(problem.into()),
        None => configuration.current_because(asked.as_ref(), &ctx.environment),
    };
    let (in_force, because, problem) = match in_force {
        Ok((profile, because)) => (Some(profile.name), Some(because), None),
        Err(failure) => (None, None, failure.into_problems().into_iter().next()),
    };
    let items: Vec<Item> = profiles(&configuration, ctx)
        .into_iter()
        .map(|listed| listed.item(&configuration, in_force.as_deref(), because.as_ref()))
        .collect();
    Ok(Listed {
        from: items.iter().map(|item| short(item.origin.clone())).collect(),
        items,
        path: found.map(|found| found.path.display().to_string()),
        in_force,
        because: because.map(|because| because.to_string()),
        none_because: problem,
    })
}

/// A profile, or why the built-in profile `env` can't be one.
enum Entry {
    Whole(Box<Profile>),
    Incomplete(Vec<Problem>),
}

fn profiles(configuration: &Configuration, ctx: &Ctx) -> Vec<Entry> {
    let whole = |profile: &Profile| Entry::Whole(Box::new(profile.clone()));
    let mut entries: Vec<Entry> = configuration.profiles.iter().map(whole).collect();
    entries.push(Entry::Whole(Box::new(config::sandbox_profile())));
    if config::env_is_meant(&ctx.environment)
        && let Some(env) = configuration.named("env", &ctx.environment)
    {
        entries.push(match env {
            Ok(profile) => Entry::Whole(Box::new(profile)),
            Err(failure) => Entry::Incomplete(failure.into_problems()),
        });
    }
    entries
}

impl Entry {
    fn item(self, configuration: &Configuration, in_force: Option<&str>, because: Option<&Because>) -> Item {
        let default = configuration.default_profile.as_ref().map(|name| name.value.as_str());
        match self {
            Entry::Whole(profile) => {
                let is_in_force = in_force == Some(profile.name.as_str());
                let why = because.filter(|_| is_in_force);
                Item {
                    origin: profile.origin.to_string(),
                    in_force: is_in_force,
                    default: default == Some(profile.name.as_str()),
                    region: Some(profile.region.to_string()),
                    package: profile.package.map(|package| package.value),
                    certificates: profile.certificates.len(),
                    name: profile.name,
                    problems: Vec::new(),
                    state: why.map(|why| format!("current: {why}")).unwrap_or_default(),
                }
            }
            Entry::Incomplete(problems) => Item {
                name: "env".into(),
                region: None,
                package: None,
                certificates: 0,
                origin: "OPUSH_* variables".into(),
                in_force: false,
                default: false,
                state: {
                    let wrong: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
                    format!("incomplete: {}", wrong.join(", "))
                },
                problems,
            },
        }
    }
}

/// What `profile list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    items: Vec<Item>,
    /// The configuration file in use, absolute; null where there is none.
    path: Option<String>,
    /// The name of the current profile; null where none is.
    in_force: Option<String>,
    /// Why that one: "--profile", "OPUSH_PROFILE", "default_profile" ...
    because: Option<String>,
    /// Why there is no current profile, where none is. It is no failure of the list.
    none_because: Option<Problem>,
    #[serde(skip)]
    from: Vec<String>,
}

/// One profile in short.
#[derive(Debug, Serialize, JsonSchema)]
struct Item {
    name: String,
    /// null for an incomplete built-in profile env.
    region: Option<String>,
    package: Option<String>,
    /// How many it has.
    certificates: usize,
    /// The file, "built in", or "OPUSH_* variables".
    origin: String,
    in_force: bool,
    /// The file's default_profile names it.
    default: bool,
    /// What is missing or wrong in the variables of the built-in profile env.
    problems: Vec<Problem>,
    #[serde(skip)]
    state: String,
}

impl Report for Listed {
    fn text(&self, page: &mut Page) {
        let rows: Vec<Vec<String>> = self
            .items
            .iter()
            .zip(&self.from)
            .map(|(item, from)| {
                vec![
                    item.name.clone(),
                    item.region.clone().unwrap_or_default(),
                    item.package.clone().unwrap_or_default(),
                    item.certificates.to_string(),
                    from.clone(),
                    item.state.clone(),
                ]
            })
            .collect();
        let tone = |item: &Item| match (item.in_force, item.problems.is_empty()) {
            (true, _) => Some(Tone::Ok),
            (_, false) => Some(Tone::Warn),
            _ => None,
        };
        let tones: Vec<Option<Tone>> = self.items.iter().map(tone).collect();
        page.table(&["name", "region", "package", "certificates", "from", "state"], &rows, &tones);
        if let Some(problem) = &self.none_because {
            page.blank();
            page.line(format!("{}: {problem}", page.tone(Tone::Warn, "There is no current profile")));
            page.remedy(&problem.hint).lines().for_each(|line| page.line(format!("  {line}")));
        }
    }
}
