//! Where a tap lands: the click action against the activities and filters that the app declares.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::model::{Activity, DEFAULT, Filter, LAUNCHER, MAIN, Phone};
use super::reasons::TapFailure;
use super::{intent, link};

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
        Some(1) => by_action(phone, given("click_action_activity"), None).map(opened),
        Some(2) => {
            let url = given("click_action_url");
            if !link::is_web(url) {
                return Err(TapFailure::UrlNotHttp);
            }
            Ok(TapTarget { target: link::with_parameters(url, &parameters), extras: BTreeMap::new() })
        }
        Some(4) => by_class(phone, given("click_action_activity")).map(opened),
        Some(5) => {
            let intent = intent::parse(given("click_action_url")).ok_or(TapFailure::UnsupportedIntentUrl)?;
            let activity = match &intent.component {
                Some((package, class)) if *package == phone.package => by_class(phone, class)?,
                Some(_) => return Err(TapFailure::ActivityMissing),
                None => by_action(
                    phone,
                    intent.action.as_deref().unwrap_or_default(),
                    intent.data_scheme.as_deref(),
                )?,
            };
            let mut landing = opened(activity);
            landing.extras.extend(intent.extras);
            Ok(landing)
        }
        _ => Err(TapFailure::UnknownClickAction),
    }
}

/// The action parameters, where they are what they should be: a JSON object in a string.
fn parameters(notification: &Map<String, Value>) -> Map<String, Value> {
    let text = notification.get("action_parameters").and_then(Value::as_str).unwrap_or_default();
    serde_json::from_str(text).unwrap_or_default()
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

/// The first activity that takes the action; otherwise what is wrong with the one that comes closest.
fn by_action<'a>(phone: &'a Phone, action: &str, scheme: Option<&str>) -> Result<&'a Activity, TapFailure> {
    let mut closest = TapFailure::NoActivityForAction;
    for activity in &phone.activities {
        for filter in activity.filters.iter().filter(|filter| has(&filter.actions, action)) {
            match takes(activity, filter, scheme) {
                Ok(activity) => return Ok(activity),
                Err(reason) if closest == TapFailure::NoActivityForAction => closest = reason,
                Err(_) => {}
            }
        }
    }
    Err(closest)
}

/// Android's rules for an implicit intent and a filter that has its action.
fn takes<'a>(
    activity: &'a Activity,
    filter: &Filter,
    scheme: Option<&str>,
) -> Result<&'a Activity, TapFailure> {
    if !has(&filter.categories, DEFAULT) {
        return Err(TapFailure::FilterLacksDefaultCategory);
    }
    match scheme {
        None if !filter.data_schemes.is_empty() => return Err(TapFailure::FilterHasData),
        Some(scheme) if !has(&filter.data_schemes, scheme) => return Err(TapFailure::FilterLacksDataScheme),
        _ => {}
    }
    exported(activity)
}

/// The tap starts the activity from another process, OPPO's.
fn exported(activity: &Activity) -> Result<&Activity, TapFailure> {
    if activity.exported { Ok(activity) } else { Err(TapFailure::ActivityNotExported) }
}

fn has(list: &[String], wanted: &str) -> bool {
    list.iter().any(|entry| entry == wanted)
}
