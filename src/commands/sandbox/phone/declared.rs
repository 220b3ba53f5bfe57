//! What an app file declares, as the sandbox's phones have it. How a tap is resolved with it is the sandbox's own code.

use crate::app::{self, AppFile, DataElement};
use crate::sandbox::phone::{Activity, Filter};

/// The activities and aliases that Android would start; an alias by its own name.
pub(super) fn activities(app: &AppFile) -> Vec<Activity> {
    let startable = |activity: &&app::Activity| activity.enabled.known() != Some(false);
    let declared = app.activities.iter().filter(startable).map(|activity| {
        let exported = activity.exported.known() == Some(true) && activity.permission.is_none();
        let filters = activity.filters.iter().map(filter).collect();
        Activity { name: activity.name.clone(), exported, filters }
    });
    declared.collect()
}

/// The sandbox's filter knows schemes, hosts, whole paths and beginnings of paths.
fn filter(of: &app::Filter) -> Filter {
    let all =
        |value: fn(&DataElement) -> Option<&String>| of.data.iter().filter_map(value).cloned().collect();
    let beginnings = of.data.iter().filter_map(|data| data.path_prefix.as_ref());
    let mut data_paths: Vec<String> = all(|data| data.path.as_ref());
    data_paths.extend(beginnings.map(|beginning| format!("{beginning}*")));
    Filter {
        actions: of.actions.clone(),
        categories: of.categories.clone(),
        data_schemes: all(|data| data.scheme.as_ref()),
        data_hosts: all(|data| data.host.as_ref()),
        data_paths,
    }
}
