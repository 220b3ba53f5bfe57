//! Whether an app file holds what OPPO push needs: permissions, OPPO's services, one generation of OPPO's SDK.

mod channel;
mod code;
mod found;
mod needed;
mod rules;

use super::manifest;
use crate::app::{AppFile, Flag, Service};
use crate::click::{Finding, Rule};
pub(crate) use found::PushInApp;

pub(crate) use channel::{channel_in, examine_channel};
pub(crate) use code::Unreadable;
pub(crate) use needed::{Need, NeedKind, NeedStatus, needs};
pub(crate) use rules::RULES;

/// OPPO's services, each with its permission and actions (OPPO reference, section 10).
const SERVICES: &[(&str, &str, &[&str])] = &[
    (
        "com.heytap.msp.push.service.CompatibleDataMessageCallbackService",
        "com.coloros.mcs.permission.SEND_MCS_MESSAGE",
        &["com.coloros.mcs.action.RECEIVE_MCS_MESSAGE"],
    ),
    (
        "com.heytap.msp.push.service.DataMessageCallbackService",
        "com.heytap.mcs.permission.SEND_PUSH_MESSAGE",
        &["com.heytap.mcs.action.RECEIVE_MCS_MESSAGE", "com.heytap.msp.push.RECEIVE_MCS_MESSAGE"],
    ),
];

/// OPPO spells these two so.
const PERMISSIONS: &[&str] =
    &["com.coloros.mcs.permission.RECIEVE_MCS_MESSAGE", "com.heytap.mcs.permission.RECIEVE_MCS_MESSAGE"];

/// Judges the whole app, whatever a tap opens.
///
/// # Errors
/// If the code in the file can't be read.
pub(crate) fn examine(app: &AppFile) -> Result<PushInApp, Unreadable> {
    let mut push = PushInApp::default();
    permissions(app, &mut push);
    for (name, permission, actions) in SERVICES {
        service(app, name, permission, actions, &mut push);
    }
    code::examine(app, &mut push)?;
    Ok(push)
}

fn permissions(app: &AppFile, push: &mut PushInApp) {
    let holds = |wanted: &str| app.permissions.iter().any(|permission| permission == wanted);
    let xml = |permission: &str| format!("<uses-permission android:name=\"{permission}\" />");
    for permission in PERMISSIONS.iter().filter(|permission| !holds(permission)) {
        let evidence = format!("{} does not ask for {permission}", app.file);
        push.missing(app, &rules::PUSH_PERMISSION_MISSING, evidence, xml(permission));
    }
    const POST: &str = "android.permission.POST_NOTIFICATIONS";
    if app.target_sdk.is_some_and(|target| target >= 33) && !holds(POST) {
        let evidence =
            format!("{} has target {} and not {POST}", app.file, app.target_sdk.unwrap_or_default());
        push.missing(app, &rules::POST_NOTIFICATIONS_MISSING, evidence, xml(POST));
    }
}

fn service(app: &AppFile, name: &str, permission: &str, actions: &[&str], push: &mut PushInApp) {
    let xml = || manifest::service(name);
    let Some(service) = app.services.iter().find(|service| service.name == name) else {
        if let Some(old) = app.services.iter().find(|service| code::is_of_older_sdk(&service.name)) {
            return older(app, old, push);
        }
        let evidence = format!("{} does not declare {name}", app.file);
        return push.missing(app, &rules::PUSH_SERVICE_MISSING, evidence, xml());
    };
    let place = app.place(&service.place);
    let mut find = |rule: &Rule, evidence: String| {
        push.findings.push(Finding::new(rule, evidence).at(place.clone()).pasting(xml()));
    };
    if service.permission.as_deref() != Some(permission) {
        let own = service.permission.as_deref().unwrap_or("no permission");
        find(
            &rules::PUSH_SERVICE_PERMISSION,
            format!("{name} asks for {own}, and OPPO's service holds {permission}"),
        );
    }
    for action in actions.iter().filter(|action| !service.actions.iter().any(|own| own == *action)) {
        find(&rules::PUSH_SERVICE_ACTION, format!("{name} has no filter with the action {action}"));
    }
    if service.enabled == Flag::No || app.enabled == Flag::No {
        find(&rules::PUSH_SERVICE_NOT_ENABLED, format!("{name} has enabled=false"));
    }
    if service.exported == Flag::No {
        find(&rules::PUSH_SERVICE_NOT_EXPORTED, format!("{name} has exported=false"));
    }
}

/// The services of an older SDK are declared in place of today's: said once.
fn older(app: &AppFile, old: &Service, push: &mut PushInApp) {
    let rule = &rules::PUSH_SDK_OLD;
    if !push.findings.iter().any(|finding| finding.id == rule.id) {
        let evidence = format!("{} declares {}, a service of an older SDK", app.file, old.name);
        push.findings.push(Finding::new(rule, evidence).at(app.place(&old.place)));
    }
}
