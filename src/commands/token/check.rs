//! `opush token check REGID`: its form, its home, whether it fits the profile, who reported it. Sends nothing.
//! Whether OPPO still knows it, only a push can tell.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::binding::{Binding, table};
use crate::config::Region;
use crate::failure::{Failure, Problem};
use crate::oppo::Home;
use crate::output::{Page, Report, Tone};
use crate::push;

/// Check a regId: its form, its region, who reported it
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The regId
    #[arg(value_name = "REGID")]
    reg_id: String,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Checked, Failure> {
    let profile = ctx.profile()?;
    let check = push::check(&ctx.store()?, &profile.name, profile.region.value, &args.reg_id)?;
    // The room speaks of the flag of `token report`; here it is an argument.
    let problems = check.problems.iter().map(|problem| problem.clone().at("REGID"));
    let problems: Vec<Problem> = problems.collect();
    Ok(Checked {
        valid: check.is_valid(),
        reg_id: args.reg_id,
        home: check.home(),
        profile: profile.name,
        region: profile.region.value,
        problems,
        reports: check.reports.into_iter().map(Binding::from).collect(),
    })
}

/// What `token check --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Checked {
    /// It has OPPO's form and belongs to the profile's region.
    valid: bool,
    reg_id: String,
    /// china or overseas, as far as the form tells.
    home: Option<Home>,
    profile: String,
    region: Region,
    problems: Vec<Problem>,
    /// Who reported it in this profile, ended reports too.
    reports: Vec<Binding>,
}

impl Report for Checked {
    fn text(&self, page: &mut Page) {
        let verdict =
            if self.valid { page.tone(Tone::Ok, "usable") } else { page.tone(Tone::Broken, "not usable") };
        let home = self.home.map(|home| format!(", home {}", <&str>::from(home))).unwrap_or_default();
        page.line(format!("{}  {verdict} in profile {} ({}){home}", self.reg_id, self.profile, self.region));
        for problem in &self.problems {
            page.line(format!("  {}", problem.message));
            page.remedy(&problem.hint).lines().for_each(|line| page.line(format!("    {line}")));
        }
        if self.reports.is_empty() {
            page.line("  It was not reported here.");
        } else {
            table(page, &self.reports);
        }
        if self.valid {
            page.line("  Whether OPPO still knows it, only a push can tell.");
        }
    }

    fn failure(&self) -> Option<Failure> {
        self.problems.first().cloned().map(Failure::from)
    }

    fn spoken(&self) -> Option<Failure> {
        None
    }
}
