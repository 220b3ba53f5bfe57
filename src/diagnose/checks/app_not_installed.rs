//! Whether the app is on the phone on the cable.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the app is on the phone";
pub(super) const REMEDY: Remedy =
    Remedy::say("install the app on the phone (adb install), open it and log in once");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let phone = &evidence.on_phone()?.phone;
    let package = &phone.package;
    let Some(app) = &phone.app else {
        let cause = "a regId belongs to one installation: it ends when the app is removed";
        let found = Finding::fail(format!("{package} is not installed on the phone"), cause);
        return Ok(found.plainly("the app is not on the phone"));
    };
    let version = app.version_name.as_ref().map_or(String::new(), |version| format!(" {version}"));
    let process = match phone.process {
        Some(number) => format!("its process runs ({number})"),
        None => "no process of it runs".to_owned(),
    };
    Ok(Finding::pass(format!("{package}{version} is installed, and {process}")))
}
