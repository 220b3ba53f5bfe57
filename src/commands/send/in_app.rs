//! What a push opens and which channel it names, judged by the app file.

use super::super::context::Ctx;
use super::super::judged::{Named, judge};
use super::args::{Args, MessageFlags};
use crate::config::Profile;
use crate::failure::{Failure, Problem};
use crate::notification::{self, Checked};

/// What would open nothing, of each notification once; a message of the sandbox is sent as it was captured.
pub(super) fn in_app<'n>(
    args: &Args,
    ctx: &Ctx,
    profile: &Profile,
    notifications: impl IntoIterator<Item = &'n Checked>,
) -> Result<Vec<Problem>, Failure> {
    if args.captured.is_some() {
        return Ok(Vec::new());
    }
    message_in_app(&args.message, ctx, profile, notifications)
}

/// The same for a message that is not captured.
pub(crate) fn message_in_app<'n>(
    flags: &MessageFlags,
    ctx: &Ctx,
    profile: &Profile,
    notifications: impl IntoIterator<Item = &'n Checked>,
) -> Result<Vec<Problem>, Failure> {
    let Some(app) = flags.app.beside(ctx, profile)? else { return Ok(Vec::new()) };
    let package = profile.package.as_ref().map(|package| package.value.as_str());
    let mut problems: Vec<Problem> = Vec::new();
    let mut seen = Vec::new();
    for wire in notifications.into_iter().map(Checked::wire) {
        let target = notification::click_target(wire);
        let channel = wire.get("channel_id").and_then(serde_json::Value::as_str);
        if seen.contains(&(target.clone(), channel)) {
            continue;
        }
        problems.extend(judge(ctx, &app, &Named { package, click: target.as_ref(), channel })?);
        seen.push((target, channel));
    }
    Ok(problems)
}
