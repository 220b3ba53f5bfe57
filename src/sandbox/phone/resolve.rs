//! Where a tap lands: the click action against the activities and filters that the app declares.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::filter::Filter;
use super::intent::{self, Data, Intent};
use super::link;
use super::model::{Activity, Phone};
use super::names::{BROWSABLE, DEFAULT, LAUNCHER, MAIN, VIEW};
use super::reasons::TapFailure;

/// What opened, and the Bundle extras it received.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TapTarget {
    /// A full class name, or a URL.
    pub(crate) target: String,
    pub(crate) extras: BTreeMap<String, String>,
}

/// Follows the notification's click action (OPPO reference, section 5).
pub(super) fn resolve(phone: &Phone, notification: &Map<String, Value>) -> Result<TapTarget, TapFailure> {
    let given = |key: &str| notification.get(key).and_then(Value::as_str).unwrap_or_default();
    let parameters = parameters(notification);
    let opened =
        |activity: &Activity| TapTarget { target: activity.name.clone(), extras: extras(&parameters) };
    match notification.get("click_action_type").map_or(Some(0), Value::as_i64) {
        Some(0) => launcher(phone).map(opened),
        Some(1) => by_filter(phone, &IntentWanted::of_action(given("click_action_activity"))).map(opened),
        Some(2) => {
            let url = given("click_action_url");
            if !link::is_web(url) {
                return Err(TapFailure::UrlNotHttp);
            }
            Ok(TapTarget { target: link::with_parameters(url, &parameters), extras: BTreeMap::new() })
        }
        Some(4) => by_class(phone, given("click_action_activity")).map(opened),
        Some(5) => by_scheme_url(phone, given("click_action_url"), opened),
        _ => Err(TapFailure::UnknownClickAction),
    }
}

/// The action parameters, where they are what they should be: a JSON object in a string.
fn parameters(notification: &Map<String, Value>) -> Map<String, Value> {
    let text = notification.get("action_parameters").and_then(Value::as_str).unwrap_or_default();
    serde_json::from_str(text).unwrap_or_default()
}

/// The extras that a tap on it hands over, if it opens an Activity.
pub(super) fn extras_of(notification: &Map<String, Value>) -> BTreeMap<String, String> {
    extras(&parameters(notification))
}

/// Each top-level key becomes one String extra, a nested value as its JSON text. That numbers and booleans arrive as
/// Strings is unconfirmed.
fn extras(parameters: &Map<String, Value>) -> BTreeMap<String, String> {
    parameters.iter().map(|(key, value)| (key.clone(), link::text(value))).collect()
}

fn launcher(phone: &Phone) -> Result<&Activity, TapFailure> {
    let launches = |filter: &Filter| has(&filter.actions, MAIN) && has(&filter.categories, LAUNCHER);
    let found = phone.activities.iter().find(|activity| activity.filters.iter().any(launches));
    exported(found.ok_or(TapFailure::NoLauncherActivity)?)
}

fn by_class<'a>(phone: &'a Phone, class: &str) -> Result<&'a Activity, TapFailure> {
    let found = phone.activities.iter().find(|activity| activity.name == class);
    exported(found.ok_or(TapFailure::ActivityMissing)?)
}

/// A scheme URL, or an intent URL (OPPO reference, section 5). A web page that no activity takes goes to the browser.
fn by_scheme_url(
    phone: &Phone,
    url: &str,
    opened: impl Fn(&Activity) -> TapTarget,
) -> Result<TapTarget, TapFailure> {
    let intent = intent::parse(url).ok_or(TapFailure::UnsupportedIntentUrl)?;
    if intent.package.as_ref().is_some_and(|package| *package != phone.package) {
        return Err(TapFailure::ActivityMissing);
    }
    let found = match &intent.component {
        Some((package, class)) if *package == phone.package => by_class(phone, class),
        Some(_) => Err(TapFailure::ActivityMissing),
        None => by_filter(phone, &IntentWanted::of(&intent)),
    };
    match found {
        Ok(activity) => {
            let mut landing = opened(activity);
            landing.extras.extend(intent.extras);
            Ok(landing)
        }
        Err(_) if link::is_web(url) => Ok(TapTarget { target: url.to_owned(), extras: BTreeMap::new() }),
        Err(reason) => Err(reason),
    }
}

/// What an implicit intent asks of a filter.
struct IntentWanted<'a> {
    action: &'a str,
    categories: Vec<&'a str>,
    data: Option<&'a Data>,
}

impl<'a> IntentWanted<'a> {
    fn of_action(action: &'a str) -> Self {
        IntentWanted { action, categories: vec![DEFAULT], data: None }
    }

    /// What is viewed comes from outside of the app, as a link does: BROWSABLE.
    fn of(intent: &'a Intent) -> Self {
        let link = (intent.action == VIEW).then_some(BROWSABLE);
        let named = intent.categories.iter().map(String::as_str);
        let categories = std::iter::once(DEFAULT).chain(link).chain(named).collect();
        IntentWanted { action: &intent.action, categories, data: intent.data.as_ref() }
    }
}

/// The first activity that takes the intent; otherwise what is wrong with the filter that comes closest.
fn by_filter<'a>(phone: &'a Phone, wanted: &IntentWanted<'_>) -> Result<&'a Activity, TapFailure> {
    let mut closest = (0, TapFailure::NoActivityForAction);
    for activity in &phone.activities {
        for filter in activity.filters.iter().filter(|filter| has(&filter.actions, wanted.action)) {
            let obstacles = obstacles(activity, filter, wanted);
            match obstacles.iter().position(|(there, _)| *there) {
                None => return Ok(activity),
                Some(at) if at >= closest.0 => closest = (at + 1, obstacles[at].1),
                Some(_) => {}
            }
        }
    }
    Err(closest.1)
}

/// Android's rules for an implicit intent and a filter that has its action, in the order in which they are looked at.
fn obstacles(activity: &Activity, filter: &Filter, wanted: &IntentWanted<'_>) -> [(bool, TapFailure); 8] {
    use TapFailure::*;
    let lacks = |category: &str| wanted.categories.contains(&category) && !has(&filter.categories, category);
    let data = wanted.data.cloned().unwrap_or_default();
    let scheme = |schemes: &[String]| data.scheme.as_ref().is_some_and(|scheme| schemes.contains(scheme));
    let hosts = &filter.data_hosts;
    let paths = if hosts.is_empty() { &[] } else { filter.data_paths.as_slice() };
    let equal = |host: &String| data.host.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(host));
    let path = data.path.as_deref().unwrap_or_default();
    let matches = |wanted: &String| match wanted.strip_suffix('*') {
        Some(beginning) => path.starts_with(beginning),
        None => path == wanted,
    };
    [
        (lacks(DEFAULT), FilterLacksDefaultCategory),
        (lacks(BROWSABLE), FilterLacksBrowsableCategory),
        (wanted.categories.iter().any(|category| lacks(category)), FilterLacksCategory),
        (wanted.data.is_none() && !filter.data_schemes.is_empty(), FilterHasData),
        (wanted.data.is_some() && !scheme(&filter.data_schemes), FilterLacksDataScheme),
        (!hosts.is_empty() && !hosts.iter().any(equal), FilterLacksDataHost),
        (!paths.is_empty() && !paths.iter().any(matches), FilterLacksDataPath),
        (!activity.exported, ActivityNotExported),
    ]
}

/// The tap starts the activity from another process, OPPO's.
fn exported(activity: &Activity) -> Result<&Activity, TapFailure> {
    if activity.exported { Ok(activity) } else { Err(TapFailure::ActivityNotExported) }
}

fn has(list: &[String], wanted: &str) -> bool {
    list.iter().any(|entry| entry == wanted)
}
