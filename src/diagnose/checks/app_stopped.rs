//! Whether Android hands the app anything: not where somebody stopped it by force or disabled it.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the app is enabled, and was not stopped by force";
pub(super) const REMEDY: Remedy = Remedy::run(
    "open the app once; in a test end it as Android does, never by force",
    "device kill --no-send",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let (_, app) = evidence.app_on_phone()?;
    if !app.enabled {
        let cause = "a disabled app gets nothing until it is enabled again";
        let found = Finding::fail("the app is disabled on the phone", cause);
        return Ok(found.remedy("enable the app in the phone's settings, and open it once"));
    }
    if app.stopped {
        let cause = "somebody stopped it by force, or never opened it: Android hands such an app nothing until it is opened";
        let found = Finding::fail("Android has the app as stopped", cause);
        return Ok(found.plainly("the app was stopped by force"));
    }
    Ok(Finding::pass("the app is enabled, and not stopped"))
}
