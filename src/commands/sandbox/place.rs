//! Which sandbox a command means, and with which profile: the one at the profile's endpoint, the one that runs, or none,
//! and then the state on disk is used by this process itself.
//! What is said to it belongs to `sandbox/control`.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::embedded;
use super::{apps, im_side};
use crate::config::{Certificate, Profile, Region, sandbox_profile};
use crate::failure::{Failure, Kind, Problem};
use crate::sandbox::control::{self, AppEntry, Control, ControlError, FieldTold};

/// A sandbox to talk to, and the profile that says which app is meant.
pub(crate) struct Place {
    pub(crate) control: Control,
    pub(crate) profile: Profile,
}

/// The profile that a result is about.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Whose {
    pub(crate) profile: String,
    region: String,
}

impl Place {
    pub(crate) fn whose(&self) -> Whose {
        Whose { profile: self.profile.name.clone(), region: self.profile.region.to_string() }
    }

    /// Finds it and makes sure that it knows the profile's apps.
    pub(crate) async fn find(ctx: &Ctx) -> Result<Place, Failure> {
        let profile = profile(ctx)?;
        if let Some(endpoint) = &profile.endpoints.push {
            return Ok(Place { control: Control::new(&endpoint.value), profile });
        }
        let control = match control::find(&ctx.paths.state_home) {
            Some(running) => {
                let control = Control::new(&running.url);
                for app in apps::of_profile(ctx, &profile)? {
                    control.put_app(&entry(&app)).await.map_err(explain)?;
                }
                im_side::tell(ctx, &control, &profile).await?;
                control
            }
            None => Control::embedded(Arc::new(embedded::state(ctx, &profile)?)),
        };
        Ok(Place { control, profile })
    }

    pub(crate) fn certificate(&self, asked: Option<i64>) -> Result<&Certificate, Failure> {
        self.profile.certificate(asked.and_then(crate::config::CertificateId::new))
    }
}

/// The profile in force if its region is `sandbox`, else the built-in one; says which.
fn profile(ctx: &Ctx) -> Result<Profile, Failure> {
    let in_force = match ctx.profile() {
        Ok(profile) => Some(profile),
        // No profile at all is no mistake here, and neither is an incomplete one that was not asked for.
        Err(failure) => match failure.problems().first().map(|problem| problem.kind) {
            Some(Kind::NoProfile | Kind::IncompleteEnvironment) if ctx.asked().is_none() => None,
            _ => return Err(failure),
        },
    };
    match in_force {
        Some(profile) if profile.region.value == Region::Sandbox => {
            let at = profile.endpoints.push.as_ref();
            let at = at.map(|endpoint| format!(", the sandbox at {}", endpoint.value)).unwrap_or_default();
            ctx.note(&format!("profile {}{at}", profile.name));
            Ok(profile)
        }
        Some(other) => {
            ctx.note(&format!("profile sandbox (built in; {} has region {})", other.name, other.region));
            Ok(sandbox_profile())
        }
        None => {
            ctx.note("profile sandbox (built in)");
            Ok(sandbox_profile())
        }
    }
}

pub(crate) fn entry(app: &crate::sandbox::app::App) -> AppEntry {
    AppEntry {
        app_id: app.app_id.clone(),
        app_key: app.app_key.clone(),
        master_secret: app.master_secret.clone(),
        package: app.package.clone(),
    }
}

/// A refusal or failure of the control API, for a person.
pub(crate) fn explain(error: ControlError) -> Failure {
    let message = error.to_string();
    let problem = match error {
        ControlError::Unreachable { url, .. } => Problem::new(
            Kind::Unreachable,
            message,
            "start one there: opush sandbox run --listen ADDRESS; or correct the profile's endpoint",
        )
        .at(url),
        ControlError::NotASandbox { url, .. } => {
            Problem::new(Kind::BadAnswer, message, "the profile's endpoint must be an opush sandbox").at(url)
        }
        ControlError::Refused { fields, .. } if !fields.is_empty() => {
            return Failure::all(fields.iter().map(flaw).collect());
        }
        ControlError::Refused { id, message, .. } => match id.as_str() {
            "unknown-phone" => {
                Problem::new(Kind::NotFound, message, "opush sandbox phone list shows those there are")
                    .at("NAME")
            }
            "unknown-app" => Problem::new(
                Kind::Sandbox,
                message,
                "start that sandbox with this configuration, so that it knows the profile's certificates",
            ),
            "name-taken" => Problem::new(
                Kind::DuplicateId,
                message,
                "choose another name, or remove that one: opush sandbox phone remove NAME",
            )
            .at("--name"),
            "unknown-im-app" => Problem::new(
                Kind::Sandbox,
                message,
                "log in on a phone whose app belongs to a certificate of an IM app, such as the built-in demo",
            ),
            "not-logged-in" => Problem::new(
                Kind::Sandbox,
                message,
                "log in first: opush sandbox phone login NAME --user USER",
            )
            .at("NAME"),
            "app-not-running" => {
                Problem::new(Kind::Sandbox, message, "open it: opush sandbox phone open NAME").at("NAME")
            }
            "phone-offline" => {
                Problem::new(Kind::Sandbox, message, "give it a network: opush sandbox phone online NAME")
                    .at("NAME")
            }
            "kicked-while-away" => {
                Problem::new(Kind::Sandbox, message, "run the same command once more").at("NAME")
            }
            "bad-value" => Problem::new(Kind::OutOfRange, message, "correct the value"),
            _ => Problem::new(Kind::Sandbox, message, "see docs/sandbox-control-api.md"),
        },
    };
    problem.into()
}

const KNOWN: &str = "opush sandbox fault list --known shows the faults, and what each strikes";

/// A field of a phone's description or of a fault, as the flag that gave it.
fn flaw(told: &FieldTold) -> Problem {
    let (kind, flag, hint) = match told.field.as_str() {
        "name" => (Kind::BadName, "--name", "give another name"),
        "alias" => (Kind::BadAlias, "--alias", "give the alias that the app's server sets"),
        "android" => (Kind::OutOfRange, "--android", "give another Android version"),
        "channels" => (Kind::BadName, "--channel", "give each channel once, by its id"),
        "activities" => (Kind::BadActivity, "--activity", "give each Activity once, by its full class name"),
        "fault" => (Kind::MalformedFlag, "FAULT", KNOWN),
        "call" => (Kind::MalformedFlag, "--call", KNOWN),
        "app" => (Kind::MalformedFlag, "--app", KNOWN),
        "reg_id" => (Kind::MalformedFlag, "--reg-id", KNOWN),
        "user" => (Kind::MalformedFlag, "--user", KNOWN),
        "share" => (Kind::OutOfRange, "--share", "give 1 to 100"),
        "count" => (Kind::OutOfRange, "--count", "give 1 or more, or leave it out"),
        "package" => (Kind::BadName, "--package", "give the app's applicationId"),
        "model" => (Kind::BadName, "--model", "give another model name"),
        other => (Kind::Sandbox, other, "see docs/sandbox-control-api.md"),
    };
    Problem::new(kind, &told.message, hint).at(flag)
}
