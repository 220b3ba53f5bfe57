//! A sandbox for a command's own requests: the one that runs, else one served by this process for as long as it lasts.
//! The state is the same file either way.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use super::super::context::Ctx;
use super::{apps, im_side, place};
use crate::config::{Origin, Profile, sandbox_profile};
use crate::failure::{Failure, Kind, Problem};
use crate::sandbox::app::{self, App};
use crate::sandbox::control::{self, Control};
use crate::sandbox::phone::{self, New};
use crate::sandbox::rules::Rules;
use crate::sandbox::state::{Clock, State, StateError};
use crate::sandbox::{self, Options, Running};

/// The name of the phone that the built-in app has from the beginning.
pub(crate) const BUILT_IN_PHONE: &str = "demo";

/// A sandbox that answers at `url`.
pub(crate) struct Embedded {
    url: String,
    running: Option<Running>,
}

impl Embedded {
    /// Finds the sandbox that runs, or starts one, and makes sure that it knows the profile's apps.
    async fn find_or_start(ctx: &Ctx, profile: &Profile) -> Result<Embedded, Failure> {
        if let Some(url) = Self::registered(ctx) {
            // A running sandbox knows the built-in app from its start; the file may have changed since.
            if profile.origin != Origin::BuiltIn || apps::has_rival(ctx)? {
                let control = Control::new(&url);
                for app in apps::of_profile(ctx, profile)? {
                    control.put_app(&place::entry(&app)).await.map_err(place::explain)?;
                }
                im_side::tell(ctx, &control, profile).await?;
            }
        }
        Self::find_untold(ctx, profile).await
    }

    /// The same where `tell`; else a sandbox that runs is told nothing, for whoever looks at what it knows.
    pub(crate) async fn find(ctx: &Ctx, profile: &Profile, tell: bool) -> Result<Embedded, Failure> {
        if tell { Self::find_or_start(ctx, profile).await } else { Self::look(ctx, profile).await }
    }

    async fn find_untold(ctx: &Ctx, profile: &Profile) -> Result<Embedded, Failure> {
        if let Some(url) = Self::registered(ctx) {
            return Ok(Embedded { url, running: None });
        }
        let running = serve(state(ctx, profile)?).await?;
        Ok(Embedded { url: running.url().to_owned(), running: Some(running) })
    }

    /// The same, but where no sandbox ever ran, none is left behind either.
    async fn look(ctx: &Ctx, profile: &Profile) -> Result<Embedded, Failure> {
        if Self::registered(ctx).is_some() || file(ctx).exists() {
            return Self::find_untold(ctx, profile).await;
        }
        let running = serve(state_at(ctx, profile, None)?).await?;
        Ok(Embedded { url: running.url().to_owned(), running: Some(running) })
    }

    /// One in memory, for these apps alone; nothing is left of it.
    pub(crate) async fn in_memory(ctx: &Ctx, apps: &[App]) -> Result<Embedded, Failure> {
        let running = serve(open(ctx, None, Rules::default(), apps)?).await?;
        Ok(Embedded { url: running.url().to_owned(), running: Some(running) })
    }

    /// The address of the sandbox that runs on this state, if one does.
    pub(crate) fn registered(ctx: &Ctx) -> Option<String> {
        control::find(&ctx.paths.state_home).map(|running| running.url)
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Stops it if it was started here.
    pub(crate) async fn close(self) {
        if let Some(running) = self.running {
            running.stop().await;
        }
    }
}

/// Serves this state on a free loopback port.
pub(crate) async fn serve(state: State) -> Result<Running, Failure> {
    let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    sandbox::start(Options::new(anywhere, Arc::new(state))).await.map_err(|error| {
        Problem::new(
            Kind::Sandbox,
            format!("the sandbox can't be started: {error}"),
            "see that loopback works",
        )
        .into()
    })
}

/// The state on disk, with the built-in app and the profile's.
pub(crate) fn state(ctx: &Ctx, profile: &Profile) -> Result<State, Failure> {
    state_at(ctx, profile, Some(&file(ctx)))
}

fn state_at(ctx: &Ctx, profile: &Profile, path: Option<&Path>) -> Result<State, Failure> {
    let mut all = apps::of_profile(ctx, &sandbox_profile())?;
    if profile.origin != Origin::BuiltIn {
        all.extend(apps::of_profile(ctx, profile)?);
    }
    let state = open(ctx, path, Rules::default(), &all)?;
    if profile.origin != Origin::BuiltIn {
        im_side::know(ctx, &state, profile)?;
    }
    Ok(state)
}

/// Where the sandbox's state lies.
pub(crate) fn file(ctx: &Ctx) -> std::path::PathBuf {
    ctx.paths.state_home.join("sandbox.db")
}

/// Opens a state, registers the apps, and sees to it that the built-in app has its phone.
pub(crate) fn open(ctx: &Ctx, path: Option<&Path>, rules: Rules, apps: &[App]) -> Result<State, Failure> {
    let clock = ctx.clock.clone();
    let state = State::open(path, Clock::new(move || clock.now().as_millisecond()), rules);
    let state = state.map_err(|error| broken(&error))?;
    settle(&state, apps)?;
    let built_in = sandbox_profile();
    if apps.iter().any(|app| built_in.certificates.iter().any(|own| own.app_id.value == app.app_id)) {
        im_side::know(ctx, &state, &built_in)?;
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
            let fitting = New::fitting(app, channel, &apps::click_of(&certificate.click.value));
            phone::add(tx, state.now(), &New { name: Some(BUILT_IN_PHONE.into()), ..fitting })?;
        }
        Ok(())
    });
    done.map_err(|error| broken(&error))
}

pub(crate) fn broken(error: &StateError) -> Failure {
    let hint = match error {
        StateError::Version { .. } => "opush sandbox reset starts anew; what was in it is lost",
        _ => "see that the state folder is yours; opush sandbox reset starts anew",
    };
    Problem::new(Kind::Sandbox, error.to_string(), hint).into()
}
