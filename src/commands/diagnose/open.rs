//! Opens what a diagnosis asks, and lets `diagnose` gather. What can't be opened is evidence too, no failure.
//! Nothing is sent to a sandbox, and no state database is made where there is none.

use std::time::Duration;

use super::super::context::Ctx;
use super::super::send::probe;
use crate::config::{Certificate, Origin, Profile};
use crate::diagnose::Evidence;
use crate::diagnose::evidence::Question;
use crate::diagnose::gather::{self, Credentials};
use crate::failure::{Class, Failure, Kind, Problem};
use crate::push::{self, StoredTokens};
use crate::services::{ImService, OppoService, Setup};
use crate::store::Store;

/// A test notification that goes out before the evidence is gathered.
pub(crate) struct Probe<'a> {
    pub(crate) wanted: bool,
    pub(crate) wait: Option<Duration>,
    pub(crate) callback_url: Option<&'a str>,
}

/// Everything that the checks look at.
pub(crate) fn evidence(ctx: &Ctx, question: Question, probe: &Probe<'_>) -> Result<Evidence, Failure> {
    let problems = question.user.as_deref().map(push::user_problems).unwrap_or_default();
    if !problems.is_empty() {
        return Err(Failure::all(problems));
    }
    let now = ctx.clock.now();
    let profile = match ctx.profile() {
        Ok(profile) => profile,
        // An unknown name is a mistake on the command line, not a broken link.
        Err(failure) if failure.problems().iter().any(|one| one.kind == Kind::UnknownProfile) => {
            return Err(failure);
        }
        Err(failure) => return Ok(gather::nothing(now, question, String::new(), failure.into_problems())),
    };
    let store = store(ctx, probe.wanted)?;
    let kept = |question| gather::kept(&store, now, question, configured_by(ctx, &profile), &profile);
    let mut evidence = kept(question)?;
    if let Some(id) = evidence.question.message_id.as_ref()
        && evidence.deliveries.is_empty()
        && evidence.receipts.is_empty()
    {
        return Err(unknown_message(id).into());
    }
    if probe.wanted && send(ctx, &profile, &evidence, probe)? {
        evidence = kept(evidence.question)?;
    }
    let credentials = evidence.certificate_at_hand().ok().map(|certificate| credentials(ctx, certificate));
    ctx.block_on(async {
        if let Some(credentials) = &credentials {
            let vendor = OppoService::open(ctx, &profile, Setup::LookOnly).await;
            let client = vendor.as_ref().map(|vendor| &vendor.client).map_err(first);
            let tokens = |credentials: &crate::oppo::Credentials| {
                let client = &vendor.as_ref().expect("asked for only with a client").client;
                StoredTokens::new(&store, Some(&ctx.paths.state_home), client, credentials)
            };
            gather::oppo(&mut evidence, credentials, client, tokens).await;
            if let Ok(vendor) = vendor {
                vendor.close().await;
            }
        }
        if profile.im.is_none() {
            gather::im_server(&mut evidence, None).await;
            return Ok(());
        }
        let service = ImService::open(ctx, &profile, Setup::LookOnly).await;
        let client = service.as_ref().map(|service| &service.client).map_err(first);
        gather::im_server(&mut evidence, Some(client)).await;
        if let Ok(service) = service {
            service.close().await;
        }
        Ok(())
    })?;
    Ok(evidence)
}

/// Sends the test notification to the regId in question; `false` if there is none, which the checks explain.
fn send(ctx: &Ctx, profile: &Profile, evidence: &Evidence, probe: &Probe<'_>) -> Result<bool, Failure> {
    let Some(subject) = &evidence.subject else { return Ok(false) };
    if subject.reg_id.is_none() && subject.user.is_none() {
        let message = "--probe sends a test notification and needs a user or a regId";
        let hint = "name the user or the regId: --user USER, --reg-id REGID";
        return Err(Problem::new(Kind::MissingFlag, message, hint).at("--probe").into());
    }
    let Some(reg_id) = &subject.reg_id else {
        ctx.note("no test notification was sent: no regId is known");
        return Ok(false);
    };
    let certificate = subject.certificate.as_ref().map(|certificate| certificate.id.get());
    let one = probe::Probe { reg_id, certificate, callback_url: probe.callback_url, wait: probe.wait };
    match probe::send(ctx, profile, &one) {
        Ok(_) => Ok(true),
        // A flag that is missing is for the person to add; everything else is a link that the checks look at.
        Err(failure) if failure.class() == Class::Usage || failure.class() == Class::Interrupted => {
            Err(failure)
        }
        Err(failure) => {
            let why = failure.problems().first().map(|problem| problem.message.clone()).unwrap_or_default();
            ctx.note(&format!("no test notification was sent: {why}"));
            Ok(false)
        }
    }
}

fn unknown_message(id: &str) -> Problem {
    let message = format!("no push and no receipt has the message_id {id}");
    Problem::new(Kind::NotFound, message, "opush history list shows the pushes made from here")
        .at("--message-id")
}

/// The state database; an empty one in memory where none was made yet.
fn store(ctx: &Ctx, writes: bool) -> Result<Store, Failure> {
    match writes || ctx.paths.state_home.join("state.db").exists() {
        true => ctx.store(),
        false => Ok(Store::in_memory(ctx.clock.clone())?),
    }
}

fn credentials(ctx: &Ctx, certificate: &Certificate) -> Credentials {
    Credentials {
        master: ctx.secret(&certificate.master_secret).map_err(|failure| first(&failure)),
        app_secret: certificate.app_secret.as_ref().and_then(|secret| ctx.secret(secret).ok()),
    }
}

fn configured_by(ctx: &Ctx, profile: &Profile) -> String {
    match &profile.origin {
        Origin::File(file) => file.clone(),
        Origin::Environment => "environment variables".into(),
        Origin::BuiltIn => {
            ctx.detail("the sandbox profile is built in");
            "what is built in".into()
        }
    }
}

fn first(failure: &Failure) -> Problem {
    failure.problems().first().cloned().expect("a failure has at least one problem")
}
