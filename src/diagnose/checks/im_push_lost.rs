//! Where the IM server's own trace of the push breaks off, and what its push service counts as lost.
//! The trace is of one push; the losses are of the whole app, and name no cause.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::im::trace::{self, Instance, Loss};

pub(super) const TITLE: &str = "the IM server handed the push on";
pub(super) const REMEDY: Remedy = Remedy::run("see the whole way of the push", "im trace <PUSH-ID>");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.subject()?;
    if let Ok(instances) = evidence.trace.answered() {
        return Ok(of_trace(evidence, instances));
    }
    if let Some(push_id) = &evidence.question.push_id {
        let why = evidence.trace.answered().err().map(|Skipped(why)| why).unwrap_or_default();
        return Ok(Finding::unknown(
            format!("the push {push_id} can't be traced: {why}"),
            Remedy::run("the IM server's trace of the push", "im trace <PUSH-ID>").with("PUSH-ID", push_id),
        ));
    }
    let losses = evidence.losses.answered()?;
    let lost: Vec<String> =
        of_oppo(losses).map(|loss| format!("{} times {} ({})", loss.count, loss.code, loss.info)).collect();
    if lost.is_empty() {
        return Ok(Finding::pass("the push service counts no loss of the whole app in the last 24 h"));
    }
    Ok(Finding::warn(
        format!("in the last 24 h the push service lost pushes of the whole app: {}", lost.join(", ")),
        "whether one of them was this user's, the count does not tell",
    ))
}

/// Each loss once: the answer counts it for its platform, and again for all of them.
fn of_oppo(losses: &[Loss]) -> impl Iterator<Item = &Loss> {
    let counted_by_platform =
        |loss: &Loss| losses.iter().any(|one| one.platform.is_some() && one.code == loss.code);
    losses.iter().filter(move |loss| match loss.platform.as_deref() {
        Some(platform) => platform == "OPPO",
        None => !counted_by_platform(loss),
    })
}

fn of_trace(evidence: &Evidence, instances: &[Instance]) -> Finding {
    let broken =
        instances.iter().find_map(|one| one.links.iter().find(|link| lost(link)).map(|link| (one, link)));
    let Some((instance, link)) = broken else {
        return match instances.len() {
            0 => no_trace(evidence),
            _ => Finding::pass("the IM server's trace of the push has no broken link"),
        };
    };
    let code =
        link.code.as_deref().filter(|code| *code != "0").map(|code| format!(" {code}")).unwrap_or_default();
    let info = link.info.as_deref().map(|info| format!(" {info}")).unwrap_or_default();
    let text = format!(
        "the IM server's trace breaks at {}:{code}{info}{}",
        link.shown(),
        instance.push_time.as_deref().map(|at| format!(" (push of {at})")).unwrap_or_default()
    );
    let cause = "the link named is where the push ended";
    // A push that was not asked about may be older than what was fixed since.
    match evidence.question.push_id {
        Some(_) => {
            Finding::fail(text, cause).plainly("the push was lost between the IM server and the phone")
        }
        None => Finding::warn(text, cause),
    }
}

/// Nothing is known of a push that was asked about: the PushID is mistyped, or older than 7 days.
fn no_trace(evidence: &Evidence) -> Finding {
    match &evidence.question.push_id {
        Some(push_id) => Finding::unknown(
            format!("the IM server has no trace of push {push_id}; traces are kept for 7 days"),
            Remedy::run("the PushID from the server's own log, or from its webhook", "im webhook listen"),
        ),
        None => Finding::warn("the IM server has no trace of the push", "traces are kept for 7 days"),
    }
}

/// The phone's and the click's links are evidence of `phone_display`, not of a loss before it.
fn lost(link: &trace::Link) -> bool {
    !link.is_on_phone() && link.status.is_some_and(|status| status != 1)
}
