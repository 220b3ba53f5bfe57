//! `opush sandbox play FILE`: a story for demos and bug reports, step by step.
//! What a story may say, and how it is played, belongs to `smoke`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::profile_view::ProfileView;
use crate::config::text_of_file;
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};
use crate::services::sandbox::SandboxTarget;
use crate::smoke::{Played, StepVerdict, broken, play, read_story};

/// Play a story: phones, users, pushes, faults, the clock, and what is to be seen
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox play order.toml
  opush sandbox play order.toml --json

The whole file is read first; with one problem in it nothing is played. The first step that does not end as it should is the
last: exit 8. docs/sandbox-stories.md says what a story may say.")]
pub(crate) struct Args {
    /// The story
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Story, Failure> {
    let name = args.file.display().to_string();
    let story = read_story(&text_of_file(&ctx.paths.absolute(&args.file), &name)?)?;
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let steps = play(ctx, &target, &story).await;
        Ok(Story { title: story.title, file: name, steps, of: ProfileView::from(&target.profile) })
    })
}

/// What `sandbox play --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Story {
    title: String,
    file: String,
    steps: Vec<Played>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for Story {
    fn text(&self, page: &mut Page) {
        page.line(&self.title);
        let width = self.steps.iter().map(|step| step.does.chars().count()).max().unwrap_or_default();
        for step in &self.steps {
            let (word, tone) = match step.verdict {
                StepVerdict::Done => ("ok", Tone::Ok),
                StepVerdict::Failed => ("FAILED", Tone::Broken),
                StepVerdict::Skipped => ("skipped", Tone::Faint),
            };
            let word = page.tone(tone, &format!("{word:7}"));
            let gap = " ".repeat(width - step.does.chars().count());
            page.line(format!("  {word}  {}{gap}  {}", step.does, step.seen).trim_end());
        }
    }

    fn failure(&self) -> Option<Failure> {
        broken(&self.file, &self.steps).map(Failure::from)
    }
}
