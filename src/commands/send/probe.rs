//! A test notification that `diagnose --probe` sends: a plain one to a regId, as `send --reg-id` would.
//! What came of it is in the history, where the diagnosis looks.

use std::time::Duration;

use super::super::context::Ctx;
use super::args::Args;
use super::{Whom, direct};
use crate::config::Profile;
use crate::failure::Failure;
use crate::flags::TargetFlags;

/// What a probe needs to know.
pub(crate) struct Probe<'a> {
    pub(crate) reg_id: &'a str,
    pub(crate) certificate: Option<i64>,
    pub(crate) callback_url: Option<&'a str>,
    /// How long its receipt is waited for.
    pub(crate) wait: Option<Duration>,
}

/// Sends it. What OPPO refuses, or what keeps the probe from going out, is said as a failure.
///
/// # Errors
/// Where nothing could be sent at all: a secret missing, no callback URL to wait with.
pub(crate) fn send(ctx: &Ctx, profile: &Profile, probe: &Probe<'_>) -> Result<Option<Failure>, Failure> {
    let args = Args {
        target: TargetFlags { reg_id: Some(probe.reg_id.to_owned()), ..TargetFlags::default() },
        title: Some("opush".into()),
        content: Some("a test notification that looks for a broken link".into()),
        certificate: probe.certificate,
        callback_url: probe.callback_url.map(str::to_owned),
        wait: probe.wait,
        ..Args::default()
    };
    let whom = Whom::RegId(probe.reg_id.to_owned());
    Ok(direct::run_with_what_the_sandbox_knows(&args, ctx, profile, &whom)?.failure)
}
