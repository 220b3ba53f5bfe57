//! `--dry-run`: the exact request, secrets masked, without any network.
//! The request itself is made by `oppo`, as for a real send.

use super::super::context::Ctx;
use super::args::Args;
use super::printed::{PushJson, RequestJson};
use crate::config::{Certificate, Profile, Secret};
use crate::failure::{Failure, Warning};
use crate::notification::Checked;
use crate::oppo::{Exchange, Push, Request, Target};
use crate::push::app_message_id;
use crate::services::endpoints_without_network;

/// What is on stdout can be pasted; the target is on stderr.
pub(super) fn say(ctx: &Ctx, profile: &Profile) {
    ctx.note(&format!("dry run with profile {} ({}): nothing is sent", profile.name, profile.region));
}

pub(super) fn item(
    args: &Args,
    ctx: &Ctx,
    profile: &Profile,
    certificate: &Certificate,
    target: &Target,
    notification: &Checked,
    warnings: &[Warning],
) -> Result<PushJson, Failure> {
    let endpoints = endpoints_without_network(ctx, profile)?;
    let mut wire = notification.wire().clone();
    let id = app_message_id::ensure(&mut wire, ctx.clock.now());
    let push = Push { target, notification: &wire, verify_registration_id: false };
    let planned = Exchange::planned(&Request::unicast(&endpoints, &Secret::new(""), &push));
    let curl = args.curl.then(|| planned.to_curl());
    Ok(PushJson {
        certificate_id: Some(certificate.id.get()),
        app_message_id: Some(id),
        warnings: warnings.to_vec(),
        request: Some(RequestJson {
            method: planned.method.to_owned(),
            url: planned.url,
            headers: planned.headers,
            form: planned.form,
            curl,
        }),
        ..PushJson::frame(profile, Some(target))
    })
}
