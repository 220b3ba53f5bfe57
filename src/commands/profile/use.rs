//! `opush profile use`: makes a profile the default of the file in use.
//! What goes before a default belongs to `config::current`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::edit;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Report};

/// Make a profile the default: write default_profile into the file in use
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A profile of the file, or sandbox
    #[arg(value_name = "NAME")]
    name: String,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Used, Failure> {
    let name = args.name;
    let Some(found) = ctx.found()? else {
        let message = "there is no configuration file to write default_profile into";
        let hint = match name.as_str() {
            "sandbox" | "env" => {
                format!("name it each time, with --profile {name} or OPUSH_PROFILE={name}").into()
            }
            _ => Remedy::run("make the profile", "profile add <NAME>").with("NAME", &name),
        };
        return Err(Problem::new(Kind::MissingFile, message, hint).into());
    };
    if name == "env" {
        let message = "the built-in profile env cannot be a file's default";
        return Err(Problem::new(Kind::UnknownProfile, message, "choose it by OPUSH_PROFILE=env")
            .at("NAME")
            .into());
    }
    let (previous, edited) = edit::edit(&ctx.paths, &found, |draft| {
        let previous = draft.configuration().default_profile.clone().map(|name| name.value);
        draft.set_default_profile(&name).map_err(|failure| failure.at("NAME"))?;
        Ok(previous)
    })?;
    let overruled = ctx.profile_choice().filter(|asked| asked.name != name);
    Ok(Used {
        changed: edited.is_changed(),
        path: found.path.display().to_string(),
        shown: ctx.paths.friendly(&found.path),
        previous,
        overruled: overruled.map(|asked| (asked.source.to_string(), asked.name)),
        name,
    })
}

/// What `profile use --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Used {
    /// The default profile now.
    name: String,
    /// The file it is written in, absolute.
    path: String,
    /// Whether the file had to be changed.
    changed: bool,
    /// The default profile before.
    previous: Option<String>,
    /// What goes before the default here and now, and the profile it names.
    #[serde(skip)]
    overruled: Option<(String, String)>,
    #[serde(skip)]
    shown: String,
}

impl Report for Used {
    fn text(&self, page: &mut Page) {
        if !self.changed {
            page.line(format!("{} is the default profile already, in {}.", self.name, self.shown));
        } else {
            let before = self.previous.as_ref().filter(|previous| **previous != self.name);
            let before = before.map(|previous| format!("; it was {previous}")).unwrap_or_default();
            page.line(format!("{} is the default profile now, in {}{before}.", self.name, self.shown));
        }
        if let Some((source, name)) = &self.overruled {
            page.line(format!("{source} still goes first, and names {name}."));
        }
    }
}
