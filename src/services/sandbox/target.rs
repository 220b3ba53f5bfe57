//! Which sandbox a command means, and with which profile: the one at the profile's endpoint, the one that runs, or none,
//! and then this process uses the state on disk itself.

use std::sync::Arc;

use super::running::{control, running};
use super::server::register;
use super::state;
use crate::config::{Certificate, Profile, Region, sandbox_profile};
use crate::failure::{Failure, Kind};
use crate::sandbox::control::Control;
use crate::session::Session;

/// A sandbox to talk to, and the profile that says which app is meant.
pub(crate) struct SandboxTarget {
    pub(crate) control: Control,
    pub(crate) profile: Profile,
    /// Its address; none where this process uses the state on disk itself.
    pub(crate) url: Option<String>,
}

impl SandboxTarget {
    /// Finds it and makes sure that it knows the profile's apps.
    pub(crate) async fn find(session: &Session) -> Result<SandboxTarget, Failure> {
        let profile = profile(session)?;
        if let Some(endpoint) = &profile.endpoints.push {
            let url = endpoint.value.clone();
            return Ok(SandboxTarget { control: control(session, &profile, &url)?, profile, url: Some(url) });
        }
        let url = running(session);
        let control = match &url {
            Some(url) => {
                let control = control(session, &profile, url)?;
                register(session, &control, &profile).await?;
                control
            }
            None => Control::embedded(Arc::new(state::of_profile(
                session,
                &profile,
                Some(&state::file(session)),
            )?)),
        };
        Ok(SandboxTarget { control, profile, url })
    }

    pub(crate) fn certificate(&self, asked: Option<i64>) -> Result<&Certificate, Failure> {
        self.profile.certificate(asked.and_then(crate::config::CertificateId::new))
    }
}

/// The current profile if its region is `sandbox`, else the built-in one; says which.
fn profile(session: &Session) -> Result<Profile, Failure> {
    let current = match session.profile() {
        Ok(profile) => Some(profile),
        // No profile at all is not a mistake here, and neither is an incomplete one that was not asked for.
        Err(failure) => match failure.problems().first().map(|problem| problem.kind) {
            Some(Kind::NoProfile | Kind::IncompleteEnvironment) if session.profile_choice().is_none() => None,
            _ => return Err(failure),
        },
    };
    match current {
        Some(profile) if profile.region.value == Region::Sandbox => {
            let at = profile.endpoints.push.as_ref();
            let at = at.map(|endpoint| format!(", the sandbox at {}", endpoint.value)).unwrap_or_default();
            session.add_note(format!("profile {}{at}", profile.name));
            Ok(profile)
        }
        Some(other) => {
            session
                .add_note(format!("profile sandbox (built in; {} has region {})", other.name, other.region));
            Ok(sandbox_profile())
        }
        None => {
            session.add_note("profile sandbox (built in)");
            Ok(sandbox_profile())
        }
    }
}
