//! `opush click explain`: how Android would resolve a tap, step by step.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::app_file::AppFlag;
use super::super::context::Ctx;
use super::finding::Finding;
use crate::app::AppFile;
use crate::click::{self, Step, Target};
use crate::failure::{Explain, Failure, Kind, Problem};
use crate::flags::ClickFlag;
use crate::output::{Page, Report, Tone};

/// Explain what a tap would open in an app, step by step
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush click explain --app app-release.apk --click intent:com.example.demo.OPEN_ORDER
  opush click explain --app app/src/main/AndroidManifest.xml demo://order?id=1")]
pub(crate) struct Args {
    /// The target; a URL or class name by itself says what it is
    #[arg(value_name = "TARGET", conflicts_with = "click")]
    target: Option<String>,

    #[command(flatten)]
    click: ClickFlag,

    #[command(flatten)]
    app: AppFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Explained, Failure> {
    let app = args.app.required(ctx)?;
    let package = ctx.package()?.or(app.package.clone());
    let (checked, place) = match (&args.target, &args.click.click) {
        (Some(target), _) => (click::check_any(target, package.as_deref()), "TARGET"),
        (None, Some(target)) => (click::check(target, package.as_deref(), false), "--click"),
        (None, None) => {
            let hint = "give open-app | url:U | activity:C | intent:A | scheme:U";
            return Err(Problem::new(Kind::MissingFlag, "no click target was given", hint)
                .at("--click")
                .into());
        }
    };
    match checked.target {
        Some(target) => Ok(Explained::new(&app, &target, place)),
        None => {
            let errors = checked.problems.into_iter().filter(click::Finding::is_error);
            Err(Failure::all(errors.map(|error| error.explain().at(place)).collect()))
        }
    }
}

/// What `click explain --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Explained {
    target: String,
    /// The file that holds the manifest.
    file: String,
    package: Option<String>,
    /// What opens: the full class name of an Activity, or the browser. Null where nothing does, or where the file does not tell.
    opens: Option<String>,
    steps: Vec<ExplainedStep>,
    /// The first step that the tap can't pass; null where it opens something.
    error: Option<Problem>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ExplainedStep {
    text: String,
    /// The line, or the path of elements; null where the step is not about one.
    place: Option<String>,
    /// What a rule found here; null where the step is as it should be.
    problem: Option<Finding>,
}

impl Explained {
    fn new(app: &AppFile, target: &Target, place: &str) -> Explained {
        let judged = click::judge(app, target);
        let error = judged.findings().find(|finding| finding.is_error()).cloned();
        let step = |step: Step| ExplainedStep {
            text: step.text,
            place: step.place,
            problem: step.finding.map(Finding::from),
        };
        Explained {
            target: target.to_string(),
            file: app.file.clone(),
            package: app.package.clone(),
            opens: judged.opens,
            steps: judged.steps.into_iter().map(step).collect(),
            error: error.map(|finding| finding.explain().at(place)),
        }
    }
}

impl Report for Explained {
    fn text(&self, page: &mut Page) {
        page.line(format!("{} in {}", self.target, self.file));
        for (number, step) in self.steps.iter().enumerate() {
            let place = step.place.as_ref().map_or(String::new(), |place| format!("  {place}"));
            match &step.problem {
                None => page.line(format!("  {}. {}{place}", number + 1, step.text)),
                Some(problem) => problem.step(number + 1, page),
            }
        }
        page.line(match &self.opens {
            Some(opens) => page.tone(Tone::Ok, &format!("opens {opens}")),
            None => page.tone(Tone::Broken, "opens nothing"),
        });
    }

    fn failure(&self) -> Option<Failure> {
        self.error.clone().map(Failure::from)
    }

    fn spoken(&self) -> Option<Failure> {
        None
    }
}
