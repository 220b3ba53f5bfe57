//! From the tree of a manifest to the model, by the rules of Android's own parser.

use super::super::model::{
    Activity, ActivityKind, AppFile, DataElement, Filter, Flag, Form, LaunchMode, Place, Service, Unresolved,
    is_unresolved,
};
use super::tree::Element;
use super::unreadable::Unreadable;

/// What is known beside the manifest.
pub(super) struct Origin<'a> {
    pub(super) file: String,
    pub(super) form: Form,
    /// From the build file: `.Name` belongs to it.
    pub(super) namespace: Option<String>,
    /// From the build file.
    pub(super) application_id: Option<String>,
    /// The value of a reference such as `@0x7f0a0001`.
    pub(super) resolve: &'a mut dyn FnMut(&str) -> Option<String>,
}

/// The element's children of these names that the merge leaves in, each with its place.
fn children<'e>(of: &'e Element, path: &str, names: &[&str]) -> Vec<(&'e Element, Place)> {
    let before = if path.is_empty() { String::new() } else { format!("{path}/") };
    let mut counts = vec![0; names.len()];
    let mut found = Vec::new();
    for child in &of.children {
        let Some(at) = names.iter().position(|name| *name == child.name) else { continue };
        counts[at] += 1;
        if !matches!(child.tools("node"), Some("remove" | "removeAll")) {
            let path = format!("{before}{}[{}]", child.name, counts[at]);
            found.push((child, Place { line: child.line, path }));
        }
    }
    found
}

/// # Errors
/// If the root is not `<manifest>`.
pub(super) fn model(root: &Element, origin: Origin<'_>) -> Result<AppFile, Unreadable> {
    if root.name != "manifest" {
        let why = format!("it is XML with the root <{}>, and a manifest's is <manifest>", root.name);
        return Err(Unreadable::no_app(why));
    }
    let declared = root.plain("package").map(str::to_owned);
    let Origin { file, form, namespace, application_id, resolve } = origin;
    let mut reading = Reading {
        application_id: application_id.or_else(|| declared.clone().filter(|_| form.is_whole())),
        namespace: namespace.or(declared.clone()),
        resolve,
        unresolved: Vec::new(),
    };
    let place = Place { line: root.line, path: "manifest".into() };
    let mut app = AppFile {
        file,
        form,
        package: reading.application_id.clone().or(declared),
        version_name: reading.value(root, "versionName", &place),
        version_code: reading.value(root, "versionCode", &place),
        target_sdk: None,
        enabled: Flag::Yes,
        activities: Vec::new(),
        services: Vec::new(),
        permissions: Vec::new(),
        unresolved: Vec::new(),
        markers: Vec::new(),
        archive: None,
        module: None,
    };
    for (sdk, place) in children(root, "", &["uses-sdk"]) {
        let minimum = reading.value(sdk, "minSdkVersion", &place);
        let target = reading.value(sdk, "targetSdkVersion", &place).or(minimum);
        app.target_sdk = target.and_then(|text| text.parse().ok());
    }
    for (permission, place) in children(root, "", &["uses-permission", "uses-permission-sdk-23"]) {
        app.permissions.extend(reading.value(permission, "name", &place));
    }
    // Android takes the first application and warns about others.
    if let Some((application, _)) = children(root, "", &["application"]).first() {
        reading.application(application, &mut app);
    }
    markers(root, "", &mut app.markers);
    app.unresolved = reading.unresolved;
    Ok(app)
}

struct Reading<'a> {
    application_id: Option<String>,
    namespace: Option<String>,
    resolve: &'a mut dyn FnMut(&str) -> Option<String>,
    unresolved: Vec<Unresolved>,
}

impl Reading<'_> {
    fn application(&mut self, application: &Element, app: &mut AppFile) {
        let path = "application";
        let place = Place { line: application.line, path: path.into() };
        app.enabled = self.flag(application, "enabled", &place).unwrap_or(Flag::Yes);
        let inherited = self.value(application, "permission", &place);
        for (element, place) in children(application, path, &["activity", "activity-alias"]) {
            let activity = self.activity(element, place, inherited.as_deref());
            app.activities.push(activity);
        }
        for (element, place) in children(application, path, &["service"]) {
            let filters = self.filters(element, &place.path);
            let permission = self.value(element, "permission", &place).or_else(|| inherited.clone());
            app.services.push(Service {
                name: self.class(element, "name", &place).unwrap_or_default(),
                exported: self.flag(element, "exported", &place).unwrap_or((!filters.is_empty()).into()),
                enabled: self.flag(element, "enabled", &place).unwrap_or(Flag::Yes),
                permission: permission.filter(|permission| !permission.is_empty()),
                actions: filters.into_iter().flat_map(|filter| filter.actions).collect(),
                place,
            });
        }
    }

    fn activity(&mut self, element: &Element, place: Place, inherited: Option<&str>) -> Activity {
        let is_alias = element.name == "activity-alias";
        let filters = self.filters(element, &place.path);
        let exported = self.flag(element, "exported", &place);
        let permission = self.value(element, "permission", &place);
        let permission = permission.or_else(|| inherited.filter(|_| !is_alias).map(str::to_owned));
        Activity {
            name: self.class(element, "name", &place).unwrap_or_default(),
            kind: if is_alias { ActivityKind::ActivityAlias } else { ActivityKind::Activity },
            target: if is_alias { self.class(element, "targetActivity", &place) } else { None },
            exported_is_given: exported.is_some(),
            exported: exported.unwrap_or((!filters.is_empty()).into()),
            enabled: self.flag(element, "enabled", &place).unwrap_or(Flag::Yes),
            permission: permission.filter(|permission| !permission.is_empty()),
            launch_mode: launch_mode(&self.value(element, "launchMode", &place).unwrap_or_default()),
            filters,
            place,
        }
    }

    fn filters(&mut self, element: &Element, path: &str) -> Vec<Filter> {
        let found = children(element, path, &["intent-filter"]);
        found.into_iter().map(|(filter, place)| self.filter(filter, place)).collect()
    }

    fn filter(&mut self, element: &Element, place: Place) -> Filter {
        let names = |reading: &mut Self, name: &str| -> Vec<String> {
            let found = children(element, &place.path, &[name]);
            found.into_iter().filter_map(|(child, place)| reading.value(child, "name", &place)).collect()
        };
        let (actions, categories) = (names(self, "action"), names(self, "category"));
        let data = children(element, &place.path, &["data"]).into_iter();
        let data = data.map(|(data, place)| {
            let mut value = |name| self.value(data, name, &place).filter(|value| !value.is_empty());
            DataElement {
                scheme: value("scheme"),
                host: value("host"),
                port: value("port"),
                path: value("path"),
                path_prefix: value("pathPrefix"),
                path_pattern: value("pathPattern"),
                path_suffix: value("pathSuffix"),
                path_advanced_pattern: value("pathAdvancedPattern"),
                mime_type: value("mimeType"),
            }
        });
        let data = data.collect();
        let verified = self.flag(element, "autoVerify", &place) == Some(Flag::Yes);
        let priority = self.value(element, "priority", &place).and_then(|text| text.parse().ok());
        Filter { actions, categories, data, verified, priority: priority.unwrap_or(0), place }
    }

    /// `android:NAME`, with what is known put in. What stays open is kept as it is, and noted.
    fn value(&mut self, element: &Element, name: &str, place: &Place) -> Option<String> {
        let given = element.android(name)?;
        let mut value = given.to_owned();
        if let Some(id) = self.application_id.as_deref().or(self.namespace.as_deref()) {
            value = value.replace("${applicationId}", id).replace("${packageName}", id);
        }
        if value.starts_with('@')
            && let Some(resolved) = (self.resolve)(&value)
        {
            value = resolved;
        }
        if is_unresolved(&value) {
            let text = format!("android:{name}=\"{value}\"");
            self.unresolved.push(Unresolved { text, place: place.clone() });
        }
        Some(value)
    }

    fn flag(&mut self, element: &Element, name: &str, place: &Place) -> Option<Flag> {
        let value = self.value(element, name, place)?;
        Some(match value.as_str() {
            "true" | "1" => Flag::Yes,
            "false" | "0" => Flag::No,
            _ => Flag::Unknown(value),
        })
    }

    /// A class name in full: `.Name` and `Name` belong to the namespace.
    fn class(&mut self, element: &Element, name: &str, place: &Place) -> Option<String> {
        let class = self.value(element, name, place)?;
        Some(match &self.namespace {
            Some(namespace) if class.starts_with('.') => format!("{namespace}{class}"),
            Some(namespace) if !class.contains('.') && !is_unresolved(&class) => {
                format!("{namespace}.{class}")
            }
            _ => class,
        })
    }
}

/// In binary form the mode is a number.
fn launch_mode(text: &str) -> LaunchMode {
    match text {
        "singleTop" | "1" => LaunchMode::SingleTop,
        "singleTask" | "2" => LaunchMode::SingleTask,
        "singleInstance" | "3" => LaunchMode::SingleInstance,
        "singleInstancePerTask" | "4" => LaunchMode::SingleInstancePerTask,
        _ => LaunchMode::Standard,
    }
}

/// What a source manifest tells the merge to do.
fn markers(element: &Element, path: &str, found: &mut Vec<Unresolved>) {
    for name in ["node", "replace", "remove", "selector"] {
        if let Some(value) = element.tools(name).filter(|value| *value != "merge") {
            let place = Place { line: element.line, path: path.to_owned() };
            found.push(Unresolved { text: format!("tools:{name}=\"{value}\""), place });
        }
    }
    for child in &element.children {
        let before = if path.is_empty() { String::new() } else { format!("{path}/") };
        markers(child, &format!("{before}{}", child.name), found);
    }
}
