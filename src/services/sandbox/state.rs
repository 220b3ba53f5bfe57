//! The sandbox's state: where it is, and opened with the apps and the phone that it is to have.

use std::path::{Path, PathBuf};

use super::apps::{self, click_of};
use super::im_apps;
use super::refusal::broken_state;
use crate::config::{Origin, Profile, files, sandbox_profile};
use crate::failure::Failure;
use crate::sandbox::app::{self, App};
use crate::sandbox::phone::{self, PhoneSpec};
use crate::sandbox::rules::Rules;
use crate::sandbox::state::{Clock, State};
use crate::session::Session;

/// The name of the phone that the built-in app has from the beginning.
pub(crate) const BUILT_IN_PHONE: &str = "demo";

/// The state with the built-in app and the profile's; in memory where there is no path.
pub(super) fn of_profile(
    session: &Session,
    profile: &Profile,
    path: Option<&Path>,
) -> Result<State, Failure> {
    let mut all = apps::of_profile(session, &sandbox_profile())?;
    if profile.origin != Origin::BuiltIn {
        all.extend(apps::of_profile(session, profile)?);
    }
    let state = open(session, path, Rules::default(), None, &all)?;
    if profile.origin != Origin::BuiltIn {
        im_apps::add_to_state(session, &state, profile)?;
    }
    Ok(state)
}

/// Where the sandbox's state lies.
pub(crate) fn file(session: &Session) -> PathBuf {
    session.paths.state_home.join("sandbox.db")
}

/// What a sandbox that is run begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    /// Milliseconds since 1970-01-01 UTC; where its clock was, if not given.
    pub(crate) time: Option<i64>,
    pub(crate) seed: Option<u32>,
}

/// Opens a state, registers the apps, and sees to it that the built-in app has its phone. `start` is of a sandbox that is
/// run; other commands leave its clock and seed as they are.
pub(crate) fn open(
    session: &Session,
    path: Option<&Path>,
    rules: Rules,
    start: Option<Start>,
    apps: &[App],
) -> Result<State, Failure> {
    let clock = session.clock.clone();
    let state = State::open(path, Clock::new(move || clock.now().as_millisecond()), rules);
    let state = state.map_err(|error| broken_state(&error))?;
    if let Some(Start { time, seed }) = start {
        state.start(time, seed).map_err(|error| broken_state(&error))?;
    }
    settle(&state, apps)?;
    let built_in = sandbox_profile();
    if apps.iter().any(|app| built_in.certificates.iter().any(|own| own.app_id.value == app.app_id)) {
        im_apps::add_to_state(session, &state, &built_in)?;
    }
    Ok(state)
}

/// Registers the apps that are not known as they are, and makes the built-in app's phone if it never had one.
fn settle(state: &State, apps: &[App]) -> Result<(), Failure> {
    let built_in = sandbox_profile();
    let certificate = built_in.certificate(None)?;
    let done = state.with(|tx| {
        for app in apps {
            if app::by_id(tx, &app.app_id)?.as_ref() != Some(app) {
                app::register(tx, app)?;
            }
        }
        let own = apps.iter().find(|app| app.app_id == certificate.app_id.value);
        if let Some(app) = own
            && !phone::has_ever_registered(tx, &app.app_id)?
        {
            let channel = certificate.channel_id.as_ref().map(|channel| channel.value.as_str());
            let fitting = PhoneSpec::fitting(app, channel, &click_of(&certificate.click.value));
            phone::add(tx, state.now(), &PhoneSpec { name: Some(BUILT_IN_PHONE.into()), ..fitting })?;
        }
        Ok(())
    });
    done.map_err(|error| broken_state(&error))
}

/// Removes the file, such as one that this version can't read.
pub(crate) fn remove_file(session: &Session) -> Result<(), Failure> {
    for ending in ["", "-wal", "-shm"] {
        let path = file(session).with_file_name(format!("sandbox.db{ending}"));
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(files::disk("remove", &path, &error).into());
            }
            _ => {}
        }
    }
    Ok(())
}
