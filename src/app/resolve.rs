//! Which activities take an intent, and what is in the way of the others: Android's rules for filters.

use super::intent::{Data, Intent};
use super::model::{Activity, AppFile, DataElement, Filter};
use super::pattern;

pub(crate) const MAIN: &str = "android.intent.action.MAIN";
pub(crate) const LAUNCHER: &str = "android.intent.category.LAUNCHER";
pub(crate) const DEFAULT: &str = "android.intent.category.DEFAULT";
pub(crate) const BROWSABLE: &str = "android.intent.category.BROWSABLE";

/// A filter that has the intent's action, and why it does not take the intent; nothing where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate<'a> {
    pub(crate) activity: &'a Activity,
    pub(crate) filter: &'a Filter,
    /// In the order in which Android looks.
    pub(crate) obstacles: Vec<Obstacle>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// The filter lacks this category.
    LacksCategory(String),
    /// The filter asks for data, and the intent has none.
    HasData,
    LacksScheme,
    LacksHost,
    LacksPort,
    LacksPath,
    /// The filter asks for a MIME type, or the intent has one that the filter lacks.
    OtherType,
    /// A value of the filter is not in the file.
    Unresolved(String),
}

/// Every filter with the intent's action, in the order of the manifest.
pub(crate) fn candidates<'a>(app: &'a AppFile, intent: &Intent) -> Vec<Candidate<'a>> {
    let filters = |activity: &'a Activity| activity.filters.iter().map(move |filter| (activity, filter));
    let having =
        app.activities.iter().flat_map(filters).filter(|(_, filter)| filter.actions.contains(&intent.action));
    having
        .map(|(activity, filter)| Candidate { activity, filter, obstacles: obstacles(filter, intent) })
        .collect()
}

/// What the icon of the app opens.
pub(crate) fn launchers(app: &AppFile) -> impl Iterator<Item = &Activity> {
    app.activities.iter().filter(|activity| activity.filters.iter().any(Filter::is_launcher))
}

impl Filter {
    pub(crate) fn is_launcher(&self) -> bool {
        self.actions.iter().any(|action| action == MAIN) && self.has_category(LAUNCHER)
    }

    pub(crate) fn has_category(&self, wanted: &str) -> bool {
        self.categories.iter().any(|category| category == wanted)
    }

    fn all(&self, of: impl Fn(&DataElement) -> Option<&String>) -> Vec<&str> {
        self.data.iter().filter_map(|data| of(data).map(String::as_str)).collect()
    }
}

fn obstacles(filter: &Filter, intent: &Intent) -> Vec<Obstacle> {
    if let Some(text) = filter.unresolved() {
        return vec![Obstacle::Unresolved(text.to_owned())];
    }
    let asked = std::iter::once(DEFAULT).chain(intent.categories.iter().map(String::as_str));
    let lacking = asked.filter(|category| !filter.has_category(category));
    let mut found: Vec<Obstacle> =
        lacking.map(|category| Obstacle::LacksCategory(category.to_owned())).collect();
    let schemes = filter.all(|data| data.scheme.as_ref());
    let types = filter.all(|data| data.mime_type.as_ref());
    match &intent.data {
        None if !schemes.is_empty() || (!types.is_empty() && intent.mime_type.is_none()) => {
            found.push(Obstacle::HasData);
        }
        None => {}
        Some(data) => found.extend(of_data(filter, &schemes, !types.is_empty(), data)),
    }
    let takes_type = match &intent.mime_type {
        Some(wanted) => types.iter().any(|own| mime_matches(own, wanted)),
        None => types.is_empty() || found.contains(&Obstacle::HasData),
    };
    if !takes_type {
        found.push(Obstacle::OtherType);
    }
    found
}

/// Hosts count only where there are schemes, and paths only where a host is right.
fn of_data(filter: &Filter, schemes: &[&str], typed: bool, data: &Data) -> Option<Obstacle> {
    let without_scheme = typed && matches!(data.scheme.as_str(), "" | "content" | "file");
    let right = if schemes.is_empty() { without_scheme } else { schemes.contains(&data.scheme.as_str()) };
    if !right {
        return Some(Obstacle::LacksScheme);
    }
    let authorities: Vec<&DataElement> = filter.data.iter().filter(|data| data.host.is_some()).collect();
    if authorities.is_empty() {
        return None;
    }
    let own = data.host.as_deref().unwrap_or_default();
    let host = |element: &&&DataElement| host_matches(element.host.as_deref().unwrap_or_default(), own);
    let mut hosts = authorities.iter().filter(host).peekable();
    if data.host.is_none() || hosts.peek().is_none() {
        return Some(Obstacle::LacksHost);
    }
    if !hosts.any(|element| element.port.is_none() || element.port == data.port) {
        return Some(Obstacle::LacksPort);
    }
    let mut paths = filter.data.iter().filter(|element| has_path(element)).peekable();
    if paths.peek().is_some() && !paths.any(|element| path_matches(element, &data.path)) {
        return Some(Obstacle::LacksPath);
    }
    None
}

/// `*` is any host, `*.example.com` those that end so.
fn host_matches(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix('*') {
        Some(end) => host.to_ascii_lowercase().ends_with(&end.to_ascii_lowercase()),
        None => pattern.eq_ignore_ascii_case(host),
    }
}

fn has_path(element: &DataElement) -> bool {
    let exact = element.path.is_some() || element.path_prefix.is_some() || element.path_suffix.is_some();
    exact || element.path_pattern.is_some() || element.path_advanced_pattern.is_some()
}

fn path_matches(element: &DataElement, path: &str) -> bool {
    let is = |own: &Option<String>, matches: &dyn Fn(&str) -> bool| own.as_deref().is_some_and(matches);
    is(&element.path, &|own| own == path)
        || is(&element.path_prefix, &|own| path.starts_with(own))
        || is(&element.path_suffix, &|own| path.ends_with(own))
        || is(&element.path_pattern, &|own| pattern::simple(own, path))
        || is(&element.path_advanced_pattern, &|own| pattern::advanced(own, path))
}

fn mime_matches(own: &str, wanted: &str) -> bool {
    own == wanted || own == "*/*" || own.strip_suffix('*').is_some_and(|base| wanted.starts_with(base))
}
