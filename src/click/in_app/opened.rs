//! Whether another app, OPPO's service, may start an Activity of this one.

use super::super::finding::Finding;
use super::super::rules::Severity;
use super::rules;
use super::story::Judged;
use crate::app::{Activity, ActivityKind, AppFile, Flag, LaunchMode};

/// Follows the start of an Activity or alias that the app declares.
pub(super) fn follow(app: &AppFile, activity: &Activity, story: &mut Judged) {
    let place = app.place(&activity.place);
    let kind: &str = activity.kind.into();
    story.step_at(format!("{} is declared as <{kind}>", activity.name), place.clone());
    let opened = match activity.kind {
        ActivityKind::Activity => Some(activity),
        ActivityKind::ActivityAlias => target(app, activity, &place, story),
    };
    enabled(app, activity, &place, story);
    exported(app, activity, &place, story);
    if let Some(permission) = &activity.permission {
        let evidence = format!("{} asks its caller for the permission {permission}", activity.name);
        story.find(Finding::new(&rules::ACTIVITY_NEEDS_PERMISSION, evidence).at(place));
    }
    let Some(opened) = opened.filter(|_| !story.has(Severity::Error)) else { return };
    story.opens = Some(opened.name.clone());
    if opened.launch_mode != LaunchMode::Standard {
        let mode: &str = opened.launch_mode.into();
        let evidence = format!("{} has the launch mode {mode}", opened.name);
        story.find(Finding::new(&rules::EXTRAS_IN_NEW_INTENT, evidence).at(app.place(&opened.place)));
    }
}

/// The Activity behind an alias. An alias has its own `exported`, `enabled` and permission.
fn target<'a>(app: &'a AppFile, alias: &Activity, place: &str, story: &mut Judged) -> Option<&'a Activity> {
    let named = alias.target.as_deref().unwrap_or_default();
    let found = app.activity(named).filter(|found| found.kind == ActivityKind::Activity);
    match found {
        Some(found) => story.step_at(format!("it opens {named}"), app.place(&found.place)),
        None => {
            let evidence =
                format!("the alias {} opens \"{named}\", which the app does not declare", alias.name);
            story.find(Finding::new(&rules::ALIAS_TARGET_MISSING, evidence).at(place.to_owned()));
        }
    }
    found
}

fn enabled(app: &AppFile, activity: &Activity, place: &str, story: &mut Judged) {
    for (what, flag) in [("the application", &app.enabled), (activity.name.as_str(), &activity.enabled)] {
        match flag {
            Flag::Yes => {}
            Flag::No => {
                let evidence = format!("{what} has enabled=false");
                story.find(Finding::new(&rules::ACTIVITY_NOT_ENABLED, evidence).at(place.to_owned()));
            }
            Flag::Unknown(text) => unresolved(&format!("{what} has enabled={text}"), place, story),
        }
    }
}

fn exported(app: &AppFile, activity: &Activity, place: &str, story: &mut Judged) {
    let name = &activity.name;
    let kind: &str = activity.kind.into();
    let xml = format!("<{kind} android:name=\"{name}\" android:exported=\"true\">");
    match &activity.exported {
        Flag::No => {
            let evidence = match activity.exported_is_given {
                true => format!("{name} is declared with exported=false"),
                false => format!("{name} has neither exported=true nor a filter"),
            };
            let finding = Finding::new(&rules::ACTIVITY_NOT_EXPORTED, evidence);
            story.find(finding.at(place.to_owned()).pasting(xml));
        }
        Flag::Unknown(text) => unresolved(&format!("{name} has exported={text}"), place, story),
        Flag::Yes if activity.exported_is_given => {
            story.step_at("it is exported, so that OPPO's service may start it", place.to_owned());
        }
        Flag::Yes => {
            let evidence = format!("{name} has a filter and no android:exported");
            let rule = match app.target_sdk {
                Some(31..) => &rules::EXPORTED_NOT_GIVEN,
                _ => &rules::EXPORTED_BY_DEFAULT,
            };
            story.find(Finding::new(rule, evidence).at(place.to_owned()).pasting(xml));
        }
    }
}

fn unresolved(evidence: &str, place: &str, story: &mut Judged) {
    story.find(Finding::new(&rules::VALUE_NOT_RESOLVED, evidence).at(place.to_owned()));
}
