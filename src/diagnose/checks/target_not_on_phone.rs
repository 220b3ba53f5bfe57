//! Whether the phone itself finds what a tap should open.

use crate::click::Target;
use crate::device::Resolved;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the phone finds the click target in the app";
pub(super) const REMEDY: Remedy = Remedy::run(
    "declare the click target in the app, exported, and install that build",
    "click explain --app <FILE> --click <TARGET>",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let (on_phone, _) = evidence.app_on_phone()?;
    let target = on_phone.target.as_ref().ok_or_else(|| Skipped::because("no click target is known"))?;
    let found = on_phone.phone.target.as_ref();
    let found = found.ok_or_else(|| Skipped::because("the phone does not say what it would open"))?;
    Ok(judge(target, found.as_ref(), &on_phone.phone.package))
}

fn judge(target: &Target, found: Option<&Resolved>, package: &str) -> Finding {
    let fail = |seen: String, cause: &str| {
        let found = Finding::fail(seen, cause).remedy(REMEDY.with("TARGET", target));
        found.plainly("a tap on the notification opens nothing")
    };
    let Some(found) = found else {
        return fail(
            format!("the phone finds nothing for {target}"),
            "the app on the phone has no such Activity, or no filter that takes it",
        );
    };
    let class = &found.class;
    if found.is_chooser() {
        let cause = "several Activities take it, so that a tap asks which of them is meant";
        return Finding::warn(format!("the phone asks what to open for {target}"), cause);
    }
    if found.package != package {
        if matches!(target, Target::Url(_)) {
            return Finding::pass(format!("{target} opens {class} of {}", found.package));
        }
        let cause = "another app takes it, and not this one";
        return fail(format!("{target} opens {class} of {}", found.package), cause);
    }
    if found.enabled == Some(false) {
        return fail(format!("{class} is disabled on the phone"), "a disabled Activity can't be started");
    }
    if found.exported == Some(false) {
        let cause = "OPPO's service is another app, and can start only what is exported";
        return fail(format!("{class} is not exported on the phone"), cause);
    }
    if let Some(permission) = &found.permission {
        let cause = "OPPO's service does not hold it";
        return fail(format!("{class} asks its caller for {permission}"), cause);
    }
    Finding::pass(format!("{target} opens {class} on the phone"))
}
