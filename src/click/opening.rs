//! The click targets that open an Activity of an app.

use super::Target;
use super::in_app::judge;
use crate::app::{Activity, AppFile, DEFAULT, DataElement, Filter, MAIN, VIEW};

/// Every target that opens it: as the app's icon does, by its class, by an action of a filter, by a URL of a filter.
pub(crate) fn opening(app: &AppFile, activity: &Activity) -> Vec<Target> {
    let mut targets = Vec::new();
    if activity.filters.iter().any(Filter::is_launcher) {
        targets.push(Target::OpenApp);
    }
    targets.push(Target::Activity(activity.name.clone()));
    for filter in activity.filters.iter().filter(|filter| filter.has_category(DEFAULT)) {
        if filter.data.is_empty() {
            let actions = filter.actions.iter().filter(|action| *action != MAIN);
            targets.extend(actions.cloned().map(Target::Intent));
        } else if filter.actions.iter().any(|action| action == VIEW) {
            targets.extend(url(filter).map(Target::Scheme));
        }
    }
    // A target that several Activities share is named with the one that Android takes first.
    let opened = activity.target.as_ref().unwrap_or(&activity.name);
    targets.retain(|target| judge(app, target).opens.as_ref() == Some(opened));
    targets
}

/// A URL that the filter takes.
fn url(filter: &Filter) -> Option<String> {
    let first = |of: fn(&DataElement) -> Option<&String>| filter.data.iter().find_map(of);
    let scheme = first(|data| data.scheme.as_ref())?;
    let host = first(|data| data.host.as_ref()).map_or("page", String::as_str).trim_start_matches("*.");
    let port = filter.data.iter().find(|data| data.host.is_some()).and_then(|data| data.port.as_ref());
    let port = port.map_or(String::new(), |port| format!(":{port}"));
    let path = first(|data| data.path.as_ref().or(data.path_prefix.as_ref())).map_or("", String::as_str);
    Some(format!("{scheme}://{host}{port}{path}"))
}
