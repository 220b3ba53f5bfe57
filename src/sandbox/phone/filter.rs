//! The intent filters of an app's manifest: what they take, and how a flag writes them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::intent::{Data, Intent};
use super::names::{BROWSABLE, DEFAULT, VIEW};

/// An `<intent-filter>` of the manifest. `data_schemes` not empty means that it has a `<data>` element; hosts count only
/// beside schemes, and paths only beside hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Filter {
    #[serde(default)]
    pub(crate) actions: Vec<String>,
    #[serde(default)]
    pub(crate) categories: Vec<String>,
    #[serde(default)]
    pub(crate) data_schemes: Vec<String>,
    #[serde(default)]
    pub(crate) data_hosts: Vec<String>,
    /// Whole paths; one that ends with `*` is the beginning of a path.
    #[serde(default)]
    pub(crate) data_paths: Vec<String>,
}

impl Filter {
    pub(super) fn of(action: &str, category: &str) -> Filter {
        Filter { actions: vec![action.into()], categories: vec![category.into()], ..Filter::default() }
    }

    /// Reads what a flag says of a filter, such as `ACTION`, `data=command://test/path`,
    /// `action=A,category=BROWSABLE,data=scheme`. Data alone means a link: VIEW, DEFAULT and BROWSABLE.
    pub(crate) fn read(text: &str) -> Filter {
        let mut filter = Filter::default();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            match part.split_once('=') {
                Some(("category", name)) if name.contains('.') => filter.categories.push(name.into()),
                Some(("category", name)) => {
                    filter.categories.push(format!("android.intent.category.{name}"));
                }
                Some(("data", uri)) => filter.add_data(&Data::of(uri)),
                Some(("action", action)) => filter.actions.push(action.into()),
                _ => filter.actions.push(part.into()),
            }
        }
        let link = !filter.data_schemes.is_empty();
        if filter.actions.is_empty() && link {
            filter.actions.push(VIEW.into());
        }
        if filter.categories.is_empty() {
            filter.categories.push(DEFAULT.into());
            filter.categories.extend(link.then(|| BROWSABLE.into()));
        }
        filter
    }

    /// The filter that takes exactly this intent.
    pub(super) fn taking(intent: &Intent) -> Filter {
        let mut filter = Filter::of(&intent.action, DEFAULT);
        filter.categories.extend((intent.action == VIEW).then(|| BROWSABLE.into()));
        filter.categories.extend(intent.categories.iter().cloned());
        intent.data.iter().for_each(|data| filter.add_data(data));
        filter
    }

    fn add_data(&mut self, data: &Data) {
        // A scheme alone is written without a colon.
        let bare = data.scheme.is_none() && data.host.is_none();
        self.data_schemes.extend(if bare { data.path.clone() } else { data.scheme.clone() });
        self.data_hosts.extend(data.host.clone());
        let path = data.path.clone().filter(|path| !bare && !path.is_empty());
        self.data_paths.extend(path.filter(|_| data.host.is_some()));
    }
}
