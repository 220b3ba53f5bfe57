//! What a sandbox's IM server gets from the configuration: the profile's IM app, and exactly the certificates there are.
//! What it does with them belongs to `sandbox/im`.

use std::collections::BTreeSet;

use super::apps::{self, ImSettings};
use super::refusal::broken_state;
use super::running::{control, running};
use crate::config::{Configuration, Profile, Region, sandbox_profile};
use crate::failure::Failure;
use crate::sandbox::control::{Control, ControlError};
use crate::sandbox::im;
use crate::sandbox::state::State;
use crate::session::Session;

/// Makes the state's IM server know the profile's IM app and certificates, and forget those that were removed.
pub(crate) fn add_to_state(session: &Session, state: &State, profile: &Profile) -> Result<(), Failure> {
    let Some(ImSettings { app, certificates, ids }) = apps::im_of_profile(session, profile)? else {
        return Ok(());
    };
    let done = state.with(|tx| {
        im::set_up(state.moment(tx), &app, &certificates)?;
        for known in im::certificates(tx)?.iter().filter(|known| known.sdk_app_id == app.sdk_app_id) {
            if !ids.contains(&known.certificate_id) {
                im::delete_certificate(tx, known.sdk_app_id, known.certificate_id)?;
            }
        }
        Ok(())
    });
    done.map_err(|error| broken_state(&error))
}

/// Makes sure that a running sandbox's IM server knows the profile's IM app and certificates, and no longer those that
/// were removed.
pub(crate) async fn update(session: &Session, control: &Control, profile: &Profile) -> Result<(), Failure> {
    let Some(ImSettings { app, certificates, ids }) = apps::im_of_profile(session, profile)? else {
        return Ok(());
    };
    control.put_im_app(&app).await?;
    for certificate in &certificates {
        control.put_im_certificate(certificate).await?;
    }
    Ok(forget(control, app.sdk_app_id, &ids).await?)
}

/// Tells the sandbox that runs that a certificate was removed from the configuration, which is now this one. Where none
/// runs, the next command that uses its state does.
pub(crate) async fn certificate_removed(
    session: &Session,
    configuration: &Configuration,
    profile: &Profile,
) -> Result<(), Failure> {
    let (Some(im), Some(url)) = (&profile.im, running(session)) else {
        return Ok(());
    };
    if profile.region.value != Region::Sandbox {
        return Ok(());
    }
    let built_in = sandbox_profile();
    let sandboxes = configuration.profiles.iter().filter(|profile| profile.region.value == Region::Sandbox);
    let ids = apps::ids_of(sandboxes.chain([&built_in]), im.sdk_app_id.value);
    let control = control(session, profile, &url)?;
    Ok(forget(&control, im.sdk_app_id.value.into(), &ids).await?)
}

async fn forget(control: &Control, sdk_app_id: i64, ids: &BTreeSet<i64>) -> Result<(), ControlError> {
    for known in control.im_certificates().await? {
        let id = known.certificate_id;
        if known.sdk_app_id == sdk_app_id && !ids.contains(&id) {
            match control.delete_im_certificate(sdk_app_id, id).await {
                // Another process was faster.
                Err(ControlError::Refused { id, .. }) if id == "unknown-certificate" => {}
                done => done?,
            }
        }
    }
    Ok(())
}
