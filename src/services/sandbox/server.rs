//! A sandbox for a command's own requests: the one that runs, else one served by this process for as long as it lasts.
//! The state is the same file either way.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tempfile::TempDir;

use super::refusal::broken_state;
use super::running::{control, running};
use super::{apps, im_apps, state};
use crate::config::{Origin, Profile, files};
use crate::failure::{Failure, Kind, Problem};
use crate::sandbox::app::App;
use crate::sandbox::control::Control;
use crate::sandbox::glance;
use crate::sandbox::rules::Rules;
use crate::sandbox::state::State;
use crate::sandbox::{self, Options, Running};
use crate::session::Session;

/// Where the documents' sandbox is, for requests that are only shown.
pub(crate) const DOCUMENTED_URL: &str = "http://127.0.0.1:8765";

/// What is done to a sandbox before it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setup {
    /// It gets the profile's apps and certificates.
    Register,
    /// One that runs gets nothing.
    AsItIs,
    /// Nothing: what it knows is what is looked at. Where none runs, a copy of the file on disk answers.
    LookOnly,
}

/// A sandbox that answers at `url`.
pub(crate) struct SandboxServer {
    url: String,
    own: Option<Running>,
    /// Of the copy that is served, if one is.
    folder: Option<TempDir>,
}

impl SandboxServer {
    /// The sandbox that runs on this state, else one started here until `close`.
    pub(crate) async fn find(session: &Session, profile: &Profile, setup: Setup) -> Result<Self, Failure> {
        if let Some(url) = running(session) {
            // A running sandbox knows the built-in app from its start; the file may have changed since.
            let known = profile.origin == Origin::BuiltIn && !apps::has_rival(session)?;
            if setup == Setup::Register && !known {
                register(session, &control(session, profile, &url)?, profile).await?;
            }
            return Ok(SandboxServer { url, own: None, folder: None });
        }
        let file = state::file(session);
        if setup != Setup::LookOnly {
            return Self::start(state::of_profile(session, profile, Some(&file))?).await;
        }
        let folder =
            tempfile::tempdir().map_err(|error| files::disk("make", &std::env::temp_dir(), &error))?;
        let copy = folder.path().join("sandbox.db");
        let there = glance::copy(&file, &copy).map_err(|error| broken_state(&error))?;
        let state = state::of_profile(session, profile, there.then_some(copy.as_path()))?;
        Ok(SandboxServer { folder: Some(folder), ..Self::start(state).await? })
    }

    /// One in memory, for these apps alone; nothing is left of it.
    pub(crate) async fn in_memory(session: &Session, apps: &[App]) -> Result<Self, Failure> {
        Self::start(state::open(session, None, Rules::default(), None, apps)?).await
    }

    /// Serves this state on a free loopback port.
    async fn start(state: State) -> Result<Self, Failure> {
        let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let running = sandbox::start(Options::new(anywhere, Arc::new(state))).await.map_err(|error| {
            let message = format!("the sandbox can't be started: {error}");
            Problem::new(Kind::Sandbox, message, "see that loopback works")
        })?;
        Ok(SandboxServer { url: running.url().to_owned(), own: Some(running), folder: None })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Stops it if it was started here.
    pub(crate) async fn close(self) {
        if let Some(running) = self.own {
            running.stop().await;
        }
        drop(self.folder);
    }
}

/// Makes sure that a running sandbox knows the profile's apps and certificates.
pub(super) async fn register(session: &Session, control: &Control, profile: &Profile) -> Result<(), Failure> {
    for app in apps::of_profile(session, profile)? {
        control.put_app(&app).await?;
    }
    im_apps::update(session, control, profile).await
}
