//! `click list` against what aapt prints of the same APK: package, Activities, aliases, exported, filters.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::harness::Home;

/// An element of aapt's tree: its indentation, tag, attributes, children.
struct Element {
    indent: usize,
    tag: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn all(&self, tags: &[&str]) -> Vec<&Element> {
        self.children.iter().filter(|child| tags.contains(&child.tag.as_str())).collect()
    }
}

/// The manifest as `aapt dump xmltree` prints it.
fn dumped(apk: &Path) -> Element {
    let dump =
        Command::new("aapt").args(["dump", "xmltree"]).arg(apk).arg("AndroidManifest.xml").output().unwrap();
    let mut open: Vec<Element> = Vec::new();
    let close = |open: &mut Vec<Element>, indent: usize| {
        while open.len() > 1 && open.last().unwrap().indent >= indent {
            let closed = open.pop().unwrap();
            open.last_mut().unwrap().children.push(closed);
        }
    };
    for line in String::from_utf8(dump.stdout).unwrap().lines() {
        let indent = line.len() - line.trim_start().len();
        if let Some(element) = line.trim_start().strip_prefix("E: ") {
            close(&mut open, indent);
            let tag = element.split(' ').next().unwrap().to_owned();
            open.push(Element { indent, tag, attributes: Vec::new(), children: Vec::new() });
        } else if let Some((name, value)) =
            line.trim_start().strip_prefix("A: ").and_then(|rest| rest.split_once('='))
        {
            let name = name.split('(').next().unwrap().trim_start_matches("android:").to_owned();
            let value = match value.strip_prefix('"') {
                Some(text) => text.split('"').next().unwrap().to_owned(),
                None if value.starts_with("(type 0x12)") => (!value.ends_with(")0x0")).to_string(),
                None => value.to_owned(),
            };
            open.last_mut().unwrap().attributes.push((name, value));
        }
    }
    close(&mut open, 0);
    open.pop().unwrap()
}

/// What opush should list of an APK without references.
fn expected(apk: &Path) -> Value {
    let manifest = dumped(apk);
    let package = manifest.get("package").unwrap();
    let full = |name: &str| match name {
        _ if name.starts_with('.') => format!("{package}{name}"),
        _ if !name.contains('.') => format!("{package}.{name}"),
        _ => name.to_owned(),
    };
    let names = |of: &Element, tag: &str| -> Vec<String> {
        of.all(&[tag]).iter().map(|child| child.get("name").unwrap().to_owned()).collect()
    };
    let application = manifest.all(&["application"])[0];
    let activities = application.all(&["activity", "activity-alias"]).into_iter().map(|activity| {
        let filters = activity.all(&["intent-filter"]);
        let exported = activity.get("exported").map_or(!filters.is_empty(), |value| value == "true");
        let filters =
            filters.into_iter().map(|filter| json!([names(filter, "action"), names(filter, "category")]));
        json!({
            "name": full(activity.get("name").unwrap()),
            "kind": activity.tag,
            "target": activity.get("targetActivity").map(full),
            "exported": exported,
            "filters": filters.collect::<Vec<_>>(),
        })
    });
    json!({ "package": package, "activities": activities.collect::<Vec<_>>() })
}

/// Fails unless opush and aapt see the same app.
#[track_caller]
fn assert_same(apk: &Path) {
    let home = Home::new();
    let (code, listed) = home.json(&["click", "list", "--app", apk.to_str().unwrap()]);
    assert_eq!(code, 0, "{listed:#}");
    let activities = listed["activities"].as_array().unwrap().iter().map(|activity| {
        let filters = activity["filters"].as_array().unwrap().iter();
        let filters: Vec<Value> =
            filters.map(|filter| json!([filter["actions"], filter["categories"]])).collect();
        json!({
            "name": activity["name"], "kind": activity["kind"], "target": activity["target"],
            "exported": activity["exported"], "filters": filters,
        })
    });
    let found = json!({ "package": listed["package"], "activities": activities.collect::<Vec<_>>() });
    assert_eq!(found, expected(apk), "{}", apk.display());
}

/// The resources of Debian's Android, and the APKs of npm's packages, as far as they are installed.
#[test]
fn opush_and_aapt_see_the_same_app() {
    let framework = PathBuf::from("/usr/share/android-framework-res/framework-res.apk");
    if framework.exists() {
        assert_same(&framework);
    }
    let apks = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node_modules");
    for package in ["io.appium.settings", "appium-uiautomator2-server"] {
        for apk in std::fs::read_dir(apks.join(package).join("apks")).into_iter().flatten() {
            let apk = apk.unwrap().path();
            if apk.extension().is_some_and(|ending| ending == "apk") {
                assert_same(&apk);
            }
        }
    }
}
