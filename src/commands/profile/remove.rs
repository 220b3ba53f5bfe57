//! `opush profile remove`: takes a profile out of the file, and says what goes with it and what still names it.
//! How the file is changed belongs to `config::edit`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::Configuration;
use crate::config::edit;
use crate::config::edit::Edited;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Report};
use crate::store::reports::{self, ReportFilter};

/// Remove a profile and its certificates from the configuration file
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A profile of the file
    #[arg(value_name = "NAME")]
    name: String,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Removed, Failure> {
    let name = args.name;
    let found = ctx.found_for_writing()?;
    let (before, preview) = edit::preview(&ctx.paths, &found, |draft| {
        draft.remove_profile(&name).map_err(|failure| failure.at("NAME"))?;
        Ok(draft.configuration().clone())
    })?;
    let going = Going::of(&before, &preview, &name, ctx)?;
    if !args.yes {
        confirm(&name, &going, ctx)?;
    }
    let ((), edited) = edit::edit(&ctx.paths, &found, |draft| {
        draft.remove_profile(&name).map_err(|failure| failure.at("NAME"))
    })?;
    let secrets = edited.removed_secrets.iter().map(|secret| secret.display().to_string()).collect();
    let after = &edited.configuration;
    let was_default = before.default_profile.is_some_and(|default| default.value == name);
    Ok(Removed {
        path: found.path.display().to_string(),
        shown: ctx.paths.friendly(&found.path),
        certificates: going.certificates,
        secrets,
        token_reports: going.token_reports,
        was_default,
        others: after.profiles.iter().map(|profile| profile.name.clone()).collect(),
        name,
    })
}

/// What a removal takes along, and what keeps the name.
struct Going {
    certificates: Vec<i64>,
    secrets: usize,
    token_reports: usize,
}

impl Going {
    fn of(before: &Configuration, preview: &Edited, name: &str, ctx: &Ctx) -> Result<Going, Failure> {
        let certificates = before.find(name).map(|profile| &profile.certificates);
        let ids = certificates.into_iter().flatten().map(|certificate| certificate.id.value.get());
        // Looking is no reason to make a state database.
        let token_reports = match ctx.state_file()?.exists() {
            true => {
                let filter = ReportFilter { profile: Some(name), ..ReportFilter::default() };
                reports::list(&ctx.store()?, &filter)?.len()
            }
            false => 0,
        };
        Ok(Going { certificates: ids.collect(), secrets: preview.removed_secrets.len(), token_reports })
    }

    /// "certificates 7004, 7005 and 1 secret file that opush kept for it", if there is anything.
    fn describe(&self) -> Option<String> {
        let mut parts = Vec::new();
        match self.certificates.as_slice() {
            [] => {}
            [one] => parts.push(format!("certificate {one}")),
            several => {
                let ids: Vec<String> = several.iter().map(ToString::to_string).collect();
                parts.push(format!("certificates {}", ids.join(", ")));
            }
        }
        if self.secrets > 0 {
            parts.push(format!("{} that opush keeps for it", count(self.secrets, "secret file")));
        }
        (!parts.is_empty()).then(|| parts.join(" and "))
    }
}

fn confirm(name: &str, going: &Going, ctx: &Ctx) -> Result<(), Failure> {
    let Some(prompt) = ctx.prompt() else {
        let going = going.describe().map(|going| format!("; {going} would go with it")).unwrap_or_default();
        let message = format!("--yes is required to remove profile {name} without being asked{going}");
        let hint = Remedy::run("confirm it", "profile remove <NAME> --yes").with("NAME", name);
        return Err(Problem::new(Kind::MissingFlag, message, hint).at("--yes").into());
    };
    if let Some(going) = going.describe() {
        prompt.say(&format!("With it goes: {going}."));
    }
    if let Some(line) = reports_line(going.token_reports, name) {
        prompt.say(&line);
    }
    if prompt.confirm(&format!("Remove profile {name}?"), Some(false))? {
        return Ok(());
    }
    let message = format!("profile {name} was not removed");
    Err(Problem::new(Kind::Declined, message, "answer y, or give --yes").into())
}

fn reports_line(token_reports: usize, name: &str) -> Option<String> {
    let verb = if token_reports == 1 { "names" } else { "name" };
    (token_reports > 0).then(|| {
        format!(
            "{} still {verb} it, and will count again if a profile {name} is added.",
            count(token_reports, "token report")
        )
    })
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// What `profile remove --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Removed {
    name: String,
    /// The file it was in, absolute.
    path: String,
    /// The IDs of the certificates that went with it.
    certificates: Vec<i64>,
    /// Files of secrets that opush kept for it and removed, absolute.
    secrets: Vec<String>,
    /// Token reports in the state database that still name it.
    token_reports: usize,
    /// default_profile named it, and is gone too.
    was_default: bool,
    #[serde(skip)]
    others: Vec<String>,
    #[serde(skip)]
    shown: String,
}

impl Report for Removed {
    fn text(&self, page: &mut Page) {
        let going = Going {
            certificates: self.certificates.clone(),
            secrets: self.secrets.len(),
            token_reports: self.token_reports,
        };
        let going = going.describe().map(|going| format!(", with {going}")).unwrap_or_default();
        page.line(format!("Removed profile {} from {}{going}.", self.name, self.shown));
        if let Some(line) = reports_line(self.token_reports, &self.name) {
            page.line(line);
        }
        if self.was_default {
            match self.others.as_slice() {
                [] => page.line("It was the default profile; there is no other."),
                [only] => page.line(format!(
                    "It was the default profile; {only} is the only one now, and the current one."
                )),
                others => {
                    let words =
                        format!("It was the default profile. Choose another of {}", others.join(", "));
                    page.line(page.remedy(&Remedy::from(words).command("profile use <NAME>")));
                }
            }
        }
    }
}
