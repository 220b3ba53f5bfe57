//! `opush demo`: the whole story against a sandbox, nothing configured, one link broken on request.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::context::Ctx;
use crate::demo::{self, DemoLink, DemoSetup, Part, Step, StepStatus, Story};
use crate::failure::{Failure, Kind, Problem};
use crate::flags::one_of;
use crate::output::{Page, Report, Tone};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush demo
  opush demo --break channel
  opush demo --break presence
  opush demo --json
  opush demo --sandbox http://127.0.0.1:8765

Leaves no file behind. Exit code 0 only if the tap received exactly the custom content that was sent,
and nothing was pushed after the logout.")]
pub(crate) struct Args {
    /// Break this link of the chain, and see what it looks like
    #[arg(long = "break", value_name = "LINK", value_parser = one_of::<DemoLink>())]
    broken: Option<DemoLink>,

    /// Use the sandbox that runs there
    #[arg(long, value_name = "URL")]
    sandbox: Option<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<DemoView, Failure> {
    let broken = args.broken;
    ctx.block_on(async {
        let setup = DemoSetup::start(ctx, broken, args.sandbox.as_deref()).await?;
        let story = demo::run(&setup).await;
        let sandbox = setup.url.clone();
        setup.stop().await;
        Ok(DemoView::new(sandbox, story?, broken))
    })
}

/// The result of the whole demo.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum DemoVerdict {
    /// Every link of the demo holds.
    Sound,
    /// A link is broken, on purpose or not.
    Broken,
}

/// What `demo --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DemoView {
    verdict: DemoVerdict,
    /// The word of `--break` for it.
    first_broken: Option<DemoLink>,
    /// Where the sandbox answers.
    sandbox: String,
    steps: Vec<Step>,
    /// The custom content that was sent.
    sent: Map<String, Value>,
    /// The extras that the tap delivered; none if nothing opened.
    received: Option<Map<String, Value>>,
    #[serde(skip)]
    headlines: Vec<(Part, String)>,
    #[serde(skip)]
    on_purpose: Option<DemoLink>,
}

impl DemoView {
    fn new(sandbox: String, story: Story, on_purpose: Option<DemoLink>) -> DemoView {
        DemoView {
            verdict: if story.broken.is_none() { DemoVerdict::Sound } else { DemoVerdict::Broken },
            first_broken: story.broken,
            sandbox,
            steps: story.steps,
            sent: demo::custom_content(),
            received: story.received,
            headlines: story.headlines,
            on_purpose,
        }
    }
}

impl Report for DemoView {
    fn text(&self, page: &mut Page) {
        page.line("A chat app's user closes the app. A message for her comes in. Will her phone show it?");
        let place = self.sandbox.trim_start_matches("http://");
        page.line(format!(
            "Everything below is real HTTP against sandboxes of OPPO PUSH and the IM server on {place}; nothing leaves this machine."
        ));
        if let Some(link) = self.on_purpose {
            page.line(format!("One link is broken on purpose: {}.", link.as_str()));
        }
        page.blank();
        let label = self.steps.iter().map(|step| step.id.len()).max().unwrap_or(0);
        let longest = self.steps.iter().map(|step| step.detail.chars().count()).max().unwrap_or(0);
        let mut part = Part::Setup;
        for step in &self.steps {
            if step.part != part {
                part = step.part;
                page.blank();
                for (_, text) in self.headlines.iter().filter(|(of, _)| *of == part) {
                    page.line(text);
                }
            }
            let (tone, word) = match step.status {
                StepStatus::Ok => (Tone::Ok, "ok"),
                StepStatus::Broken => (Tone::Broken, "broken"),
            };
            let took = step.elapsed_ms.map(|time| format!("{time:>6} ms")).unwrap_or_default();
            let gap = " ".repeat(longest - step.detail.chars().count());
            let word = page.tone(tone, word);
            page.line(format!("  {:<label$}   {}{gap}   {word}{took}", step.id, step.detail));
        }
        page.blank();
        match self.first_broken {
            None => {
                page.line("Every link holds. Next:");
                page.line("  opush demo --break channel     see what one broken link looks like");
                page.line("  opush cert add                 use your own certificate");
            }
            Some(link) => {
                page.line(format!("The first broken link is {}: {}.", link.as_str(), link.sentence()));
                let remedy = page.remedy(&link.remedy());
                page.line(format!("To fix it: {remedy}"));
            }
        }
    }

    fn failure(&self) -> Option<Failure> {
        let problem =
            |link: DemoLink| Problem::new(Kind::BrokenLink, link.sentence(), link.remedy()).at(link.as_str());
        self.first_broken.map(|link| problem(link).into())
    }

    fn spoken(&self) -> Option<Failure> {
        None
    }
}
