//! The one model of an app file, whatever its form.

use std::fmt;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;
use strum::IntoStaticStr;

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AppFile {
    /// The file that holds the manifest, as a person reads it.
    pub(crate) file: String,
    pub(crate) form: Form,
    /// The application ID. A source manifest may name none.
    pub(crate) package: Option<String>,
    pub(crate) version_name: Option<String>,
    pub(crate) version_code: Option<String>,
    pub(crate) target_sdk: Option<u32>,
    /// `android:enabled` of the application.
    pub(crate) enabled: Flag,
    /// Activities and aliases in the order of the manifest.
    pub(crate) activities: Vec<Activity>,
    pub(crate) services: Vec<Service>,
    /// `<uses-permission>`.
    pub(crate) permissions: Vec<String>,
    /// Values that only the build or a resource table knows.
    pub(crate) unresolved: Vec<Unresolved>,
    /// What the merge takes away or replaces, as a source manifest says it.
    pub(crate) markers: Vec<Unresolved>,
    /// The archive that holds the classes, where there is one.
    pub(crate) archive: Option<PathBuf>,
    /// The folder of the Gradle module, where the manifest is in one: it has the sources.
    pub(crate) module: Option<PathBuf>,
}

/// Which form the manifest has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Form {
    /// AndroidManifest.xml as the developer wrote it: what libraries declare is not in it.
    Source,
    /// AndroidManifest.xml after the build merged what the libraries declare.
    Merged,
    /// The binary manifest of an APK.
    Apk,
    /// The manifest of an app bundle.
    Bundle,
}

impl Form {
    /// Everything that the installed app declares is in it.
    pub(crate) fn is_whole(self) -> bool {
        self != Form::Source
    }
}

/// A boolean of the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Flag {
    Yes,
    No,
    /// Text in place of a value that the file does not hold, such as `@bool/push` or `${exported}`.
    Unknown(String),
}

impl Flag {
    pub(crate) fn known(&self) -> Option<bool> {
        match self {
            Flag::Yes => Some(true),
            Flag::No => Some(false),
            Flag::Unknown(_) => None,
        }
    }
}

impl From<bool> for Flag {
    fn from(value: bool) -> Flag {
        if value { Flag::Yes } else { Flag::No }
    }
}

/// Where an element is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: Option<u32>,
    /// Such as `application/activity[7]`.
    pub(crate) path: String,
}

/// Something that the file leaves open, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unresolved {
    /// Such as `android:scheme="${scheme}"`.
    pub(crate) text: String,
    pub(crate) place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum ActivityKind {
    /// `<activity>`.
    Activity,
    /// `<activity-alias>`: another name for an Activity.
    ActivityAlias,
}

/// An `<activity>` or `<activity-alias>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Activity {
    /// The full class name, where the package is known.
    pub(crate) name: String,
    pub(crate) kind: ActivityKind,
    /// The Activity that an alias opens.
    pub(crate) target: Option<String>,
    /// As it holds; without the attribute an Activity with a filter is exported.
    pub(crate) exported: Flag,
    /// `android:exported` is there.
    pub(crate) exported_is_given: bool,
    pub(crate) enabled: Flag,
    /// What a caller must hold; an Activity takes it from the application.
    pub(crate) permission: Option<String>,
    pub(crate) launch_mode: LaunchMode,
    pub(crate) filters: Vec<Filter>,
    pub(crate) place: Place,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "camelCase")]
pub(crate) enum LaunchMode {
    /// Every start makes a new one.
    #[default]
    Standard,
    /// An Activity that is on top already gets the intent in onNewIntent.
    SingleTop,
    /// An Activity that runs already comes to the front and gets the intent in onNewIntent.
    SingleTask,
    /// As single-task, alone in its task.
    SingleInstance,
    /// As single-instance, once for each task that starts it.
    SingleInstancePerTask,
}

/// A `<service>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) exported: Flag,
    pub(crate) enabled: Flag,
    pub(crate) permission: Option<String>,
    pub(crate) actions: Vec<String>,
    pub(crate) place: Place,
}

/// An `<intent-filter>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) actions: Vec<String>,
    pub(crate) categories: Vec<String>,
    pub(crate) data: Vec<DataElement>,
    /// `android:autoVerify`: Android asks the host whether its links belong to the app.
    pub(crate) verified: bool,
    pub(crate) priority: i32,
    pub(crate) place: Place,
}

/// A `<data>` element. Android adds up the elements of a filter; one alone has no meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct DataElement {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scheme: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) host: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) port: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path_pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path_suffix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path_advanced_pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mime_type: Option<String>,
}

impl AppFile {
    /// The file and the line, or the path of elements where the form has no lines of its own.
    pub(crate) fn place(&self, place: &Place) -> String {
        match place.line.filter(|_| matches!(self.form, Form::Source | Form::Merged)) {
            Some(line) => format!("{}:{line}", self.file),
            None => format!("AndroidManifest.xml: {}", place.path),
        }
    }

    pub(crate) fn activity(&self, name: &str) -> Option<&Activity> {
        self.activities.iter().find(|activity| activity.name == name)
    }
}

impl Filter {
    /// A text of the filter in place of a value that the file does not hold.
    pub(crate) fn unresolved(&self) -> Option<&str> {
        let data = self.data.iter().flat_map(DataElement::values);
        let mut all = self.actions.iter().chain(&self.categories).map(String::as_str).chain(data);
        all.find(|text| is_unresolved(text))
    }
}

impl DataElement {
    fn values(&self) -> impl Iterator<Item = &str> {
        let paths = [
            &self.path,
            &self.path_prefix,
            &self.path_pattern,
            &self.path_suffix,
            &self.path_advanced_pattern,
        ];
        [&self.scheme, &self.host, &self.port, &self.mime_type]
            .into_iter()
            .chain(paths)
            .filter_map(|value| value.as_deref())
    }
}

/// A placeholder of the build, or a reference to a resource.
pub(crate) fn is_unresolved(text: &str) -> bool {
    text.starts_with('@') || text.contains("${")
}

impl fmt::Display for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flag::Yes => f.write_str("true"),
            Flag::No => f.write_str("false"),
            Flag::Unknown(text) => f.write_str(text),
        }
    }
}
