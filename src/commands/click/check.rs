//! `opush click check`: are these click targets valid, and what must the app declare for them.
//! The rules belong to `click`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::app_file::AppFlag;
use super::super::context::Ctx;
use super::finding::Finding;
use super::in_app::InApp;
use crate::click::{self, Checked};
use crate::config::files;
use crate::failure::{Explain, Failure, Kind, Problem};
use crate::output::{Page, Report, Tone};

/// Check click targets: URL, Activity, intent action, scheme URL, open app
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush click check https://example.com/a
  opush click check --click activity:com.example.demo.SplashActivity
  opush click check --scheme \"demo://page?id=1\" --intent android.intent.action.VIEW
  opush click check --app app-release.apk activity:com.example.demo.OrderActivity
  opush click check - < targets.txt")]
pub(crate) struct Args {
    /// Targets; a URL or class name by itself says what it is. - reads them from stdin, one a line
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,

    /// A target as every other command takes it: open-app, url:U, activity:CLASS, intent:ACTION or scheme:URL
    #[arg(long, value_name = "TARGET")]
    click: Vec<String>,

    /// A web page
    #[arg(long, value_name = "URL")]
    url: Vec<String>,

    /// An Activity, by its full class name
    #[arg(long, value_name = "CLASS")]
    activity: Vec<String>,

    /// An Activity, by an intent action of its filter
    #[arg(long, value_name = "ACTION")]
    intent: Vec<String>,

    /// A URL of the app's own scheme, or an intent URL
    #[arg(long, value_name = "URL")]
    scheme: Vec<String>,

    /// The app itself
    #[arg(long)]
    open_app: bool,

    #[command(flatten)]
    app: AppFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Printed, Failure> {
    let app = args.app.read(ctx)?;
    let targets = targets(args)?;
    let package = ctx.package()?;
    let of_app = app.as_ref().and_then(|app| app.package.as_deref());
    let known = package.as_deref().or(of_app);
    let mut items: Vec<Item> = targets
        .iter()
        .map(|Given { target, place }| {
            let checked = match *place == POSITIONAL {
                true => click::check_any(target, known),
                false => click::check(target, known, false),
            };
            let checked = match &app {
                Some(app) => checked.in_app(app),
                None => checked,
            };
            Item::from(checked, target, place)
        })
        .collect();
    let app = app.map(InApp::new).transpose()?;
    if items.len() == 1 {
        return Ok(Printed::One { item: Box::new(items.remove(0)), app });
    }
    Ok(Printed::Several { valid: items.iter().all(|item| item.valid), items, app })
}

/// A target in its flag form, and where it was given.
struct Given {
    target: String,
    place: String,
}

/// The place of a target that is given without a flag.
const POSITIONAL: &str = "TARGET";

fn targets(args: Args) -> Result<Vec<Given>, Failure> {
    let from_stdin = args.targets.iter().chain(&args.click).any(|target| target == "-");
    let given = |place: &str, target: String| Given { target, place: place.to_owned() };
    let mut targets = Vec::new();
    for (place, values) in [(POSITIONAL, args.targets), ("--click", args.click)] {
        targets.extend(values.into_iter().filter(|target| target != "-").map(|target| given(place, target)));
    }
    for (kind, values) in
        [("url", args.url), ("activity", args.activity), ("intent", args.intent), ("scheme", args.scheme)]
    {
        let place = format!("--{kind}");
        targets.extend(values.into_iter().map(|value| given(&place, of_kind(kind, value))));
    }
    if args.open_app {
        targets.push(given("--open-app", "open-app".into()));
    }
    if from_stdin {
        let text = stdin()?;
        let lines = text.lines().map(|line| line.trim_end_matches('\r')).enumerate();
        let lines = lines.filter(|(_, line)| !line.is_empty());
        targets.extend(lines.map(|(number, line)| given(&format!("-:{}", number + 1), line.to_owned())));
    }
    if targets.is_empty() {
        let hint = "give open-app | url:U | activity:C | intent:A | scheme:U, or - for a list on stdin";
        return Err(Problem::new(Kind::MissingFlag, "no click target was given", hint).at("--click").into());
    }
    Ok(targets)
}

/// The value of a flag that says the kind; one that says it again, as `--activity activity:C`, means the same.
fn of_kind(kind: &str, value: String) -> String {
    let again = value.strip_prefix(kind).and_then(|rest| rest.strip_prefix(':'));
    match again.filter(|rest| !rest.starts_with("//") && !rest.starts_with("#Intent;")) {
        Some(_) => value,
        None => format!("{kind}:{value}"),
    }
}

/// A list of targets is far smaller; what is cut off is not checked.
const LARGEST: u64 = 16 * 1024 * 1024;

fn stdin() -> Result<String, Failure> {
    let bytes = files::read_stdin(LARGEST).map_err(|error| {
        let message = format!("stdin can't be read: {error}");
        Problem::new(Kind::Disk, message, "pipe the targets in, one a line").at("-")
    })?;
    let hint = "save the list as UTF-8, one target a line";
    let not_utf8 = |_| Problem::new(Kind::NotUtf8, "stdin is not UTF-8", hint).at("-");
    Ok(String::from_utf8(bytes).map_err(not_utf8)?)
}

/// What `click check --json` prints: one target's result, or all of them.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Printed {
    One {
        #[serde(flatten)]
        item: Box<Item>,
        #[serde(skip_serializing_if = "Option::is_none")]
        app: Option<InApp>,
    },
    Several {
        /// Every target is valid.
        valid: bool,
        items: Vec<Item>,
        #[serde(skip_serializing_if = "Option::is_none")]
        app: Option<InApp>,
    },
}

/// The result of one target.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Item {
    valid: bool,
    /// The target in its flag form as it would be used; as it was given where it is not valid.
    target: String,
    /// The app's package it was checked for.
    package: Option<String>,
    problems: Vec<Finding>,
    /// The first problem that makes it unusable; null where it is valid.
    error: Option<Problem>,
    /// A URL's form for reading, where it differs from the one that is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    unicode: Option<String>,
    /// XML that the app's manifest needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    manifest: Option<String>,
    /// With an app file: the Activity or browser that opens; left out where nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    opens: Option<String>,
}

impl Item {
    fn from(checked: Checked, given: &str, place: &str) -> Self {
        let error = checked.problems.iter().find(|finding| finding.is_error());
        let error = error.map(|finding| finding.clone().explain().at(place));
        let unicode = checked.unicode.filter(|unicode| checked.ascii.as_ref() != Some(unicode));
        Item {
            valid: checked.valid,
            target: checked.target.map_or_else(|| given.to_owned(), |target| target.to_string()),
            package: checked.package,
            problems: checked.problems.into_iter().map(Finding::from).collect(),
            error,
            unicode,
            manifest: checked.needed_filter,
            opens: checked.opens,
        }
    }

    fn lines(&self, page: &mut Page) {
        let verdict =
            if self.valid { page.tone(Tone::Ok, "valid") } else { page.tone(Tone::Broken, "not valid") };
        page.line(format!("{}  {verdict}", self.target));
        if let Some(unicode) = &self.unicode {
            page.line(format!("  reads as {unicode}"));
        }
        for finding in &self.problems {
            finding.lines(page);
        }
        if let Some(opens) = &self.opens {
            page.line(format!("  opens {opens}"));
        }
        if let Some(manifest) = &self.manifest {
            page.line("  the app's manifest needs:");
            for line in manifest.lines() {
                page.line(format!("    {line}"));
            }
        }
    }
}

impl Printed {
    fn items(&self) -> &[Item] {
        match self {
            Printed::One { item, .. } => std::slice::from_ref(item.as_ref()),
            Printed::Several { items, .. } => items,
        }
    }

    fn app(&self) -> Option<&InApp> {
        match self {
            Printed::One { app, .. } | Printed::Several { app, .. } => app.as_ref(),
        }
    }
}

impl Report for Printed {
    fn text(&self, page: &mut Page) {
        for item in self.items() {
            item.lines(page);
        }
        if let Some(app) = self.app() {
            app.lines(page);
        }
    }

    fn failure(&self) -> Option<Failure> {
        self.items().iter().find_map(|item| item.error.clone()).map(Failure::from)
    }

    fn spoken(&self) -> Option<Failure> {
        None
    }
}
