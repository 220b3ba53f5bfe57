//! `opush click list`: what an app file declares, and which click target opens each Activity.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::app_file::AppFlag;
use super::super::context::Ctx;
use crate::app::{Activity, ActivityKind, AppFile, DataElement, Filter, Form, LaunchMode};
use crate::click;
use crate::failure::Failure;
use crate::output::{Page, Report};

/// List what an app declares: its Activities, and the click targets that open them
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush click list --app app/src/main/AndroidManifest.xml
  opush click list --app app-release.apk --json")]
pub(crate) struct Args {
    #[command(flatten)]
    app: AppFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Listed, Failure> {
    Ok(Listed::from(args.app.required(ctx)?))
}

/// What `click list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    /// The application ID; null where the file does not say it.
    package: Option<String>,
    /// Activities and aliases in the order of the manifest.
    activities: Vec<Declared>,
    /// The file that holds the manifest.
    file: String,
    form: Form,
    version_name: Option<String>,
    version_code: Option<String>,
    target_sdk: Option<u32>,
    /// Values that the file leaves open, and what a source manifest tells the merge to do.
    open: Vec<Open>,
}

/// An Activity or an alias.
#[derive(Debug, Serialize, JsonSchema)]
struct Declared {
    /// The full class name.
    name: String,
    kind: ActivityKind,
    /// The Activity that an alias opens.
    target: Option<String>,
    /// As it holds, whether it is written or not; null where the file does not hold the value.
    exported: Option<bool>,
    enabled: Option<bool>,
    /// What a caller must hold.
    permission: Option<String>,
    filters: Vec<DeclaredFilter>,
    launch_mode: LaunchMode,
    /// The values for `--click` that open it.
    click: Vec<String>,
    /// The line, or the path of elements.
    place: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct DeclaredFilter {
    actions: Vec<String>,
    categories: Vec<String>,
    data: Vec<DataElement>,
    /// `android:autoVerify`.
    auto_verify: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Open {
    text: String,
    place: String,
}

impl From<AppFile> for Listed {
    fn from(app: AppFile) -> Listed {
        let open = app.unresolved.iter().chain(&app.markers);
        let open = open.map(|open| Open { text: open.text.clone(), place: app.place(&open.place) });
        Listed {
            open: open.collect(),
            activities: app.activities.iter().map(|activity| Declared::of(&app, activity)).collect(),
            file: app.file,
            form: app.form,
            package: app.package,
            version_name: app.version_name,
            version_code: app.version_code,
            target_sdk: app.target_sdk,
        }
    }
}

impl Declared {
    fn of(app: &AppFile, activity: &Activity) -> Declared {
        let filter = |filter: &Filter| DeclaredFilter {
            actions: filter.actions.clone(),
            categories: filter.categories.clone(),
            data: filter.data.clone(),
            auto_verify: filter.verified,
        };
        Declared {
            name: activity.name.clone(),
            kind: activity.kind,
            target: activity.target.clone(),
            exported: activity.exported.known(),
            enabled: activity.enabled.known(),
            permission: activity.permission.clone(),
            filters: activity.filters.iter().map(filter).collect(),
            launch_mode: activity.launch_mode,
            click: click::opening(app, activity).iter().map(ToString::to_string).collect(),
            place: app.place(&activity.place),
        }
    }
}

impl Report for Listed {
    fn text(&self, page: &mut Page) {
        let package = self.package.as_deref().unwrap_or("(package not in the file)");
        let version = self.version_name.as_ref().or(self.version_code.as_ref());
        let version = version.map_or(String::new(), |version| format!(" {version}"));
        let target = self.target_sdk.map_or(String::new(), |sdk| format!(", target {sdk}"));
        page.line(format!("{package}{version}{target}, from {}", self.file));
        for activity in &self.activities {
            activity.lines(page);
        }
        if self.activities.is_empty() {
            page.line("It declares no Activity.");
        }
        if !self.open.is_empty() {
            page.line("The file leaves open:");
        }
        for open in &self.open {
            page.line(format!("  {}  {}", open.text, open.place));
        }
    }
}

impl Declared {
    fn lines(&self, page: &mut Page) {
        let said = |known: Option<bool>, yes: &'static str, no: &'static str| match known {
            Some(true) => yes,
            Some(false) => no,
            None => "exported not known",
        };
        let mut words = vec![said(self.exported, "exported", "not exported").to_owned()];
        words.extend((self.enabled == Some(false)).then(|| "not enabled".to_owned()));
        words.extend(self.target.iter().map(|target| format!("alias of {target}")));
        words.extend(self.permission.iter().map(|permission| format!("needs {permission}")));
        if self.launch_mode != LaunchMode::Standard {
            words.push(<&str>::from(self.launch_mode).to_owned());
        }
        page.line(format!("{}  {}", self.name, words.join(", ")));
        for click in &self.click {
            page.line(format!("  --click {click}"));
        }
    }
}
