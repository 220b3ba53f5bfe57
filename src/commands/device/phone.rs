//! Which phone and which app a command is about.

use super::super::context::Ctx;
use crate::app::AppFile;
use crate::config::{Certificate, CertificateId, Profile};
use crate::failure::{Failure, Kind, Problem};

/// `--serial` and `--package`.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct PhoneFlags {
    /// The phone's serial number, as adb devices lists it [env: ANDROID_SERIAL] [default: the only phone]
    #[arg(long, value_name = "SERIAL")]
    pub(crate) serial: Option<String>,

    /// The app's package [default: that of the app file or of the profile]
    #[arg(long, value_name = "PACKAGE")]
    package: Option<String>,
}

impl PhoneFlags {
    /// The app's package.
    pub(super) fn package(
        &self,
        app: Option<&AppFile>,
        profile: Option<&Profile>,
    ) -> Result<String, Failure> {
        let of_app = || app.and_then(|app| app.package.clone());
        let of_profile = || profile.and_then(|profile| Some(profile.package.as_ref()?.value.clone()));
        let package = self.package.clone().or_else(of_app).or_else(of_profile).ok_or_else(|| {
            let hint = "name it: --package com.example.app, or an app file, or in the profile";
            Problem::new(Kind::MissingFlag, "no package was given", hint).at("--package")
        })?;
        let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
        if package.is_empty() || !package.chars().all(sound) {
            let message = format!("{} is not a package name", crate::click::quoted(&package));
            let hint = "a package has letters, digits, dots and underscores, such as com.example.app";
            return Err(Problem::new(Kind::BadName, message, hint).at("--package").into());
        }
        Ok(package)
    }
}

/// The current profile; none where there is no configuration at all, for commands that need only a package.
pub(super) fn profile(ctx: &Ctx) -> Result<Option<Profile>, Failure> {
    match ctx.profile() {
        Ok(profile) => Ok(Some(profile)),
        Err(failure) if failure.problems().iter().all(|one| one.kind == Kind::NoProfile) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The certificate whose channel and click target count: the one asked for, or the profile's own choice where it has one.
pub(super) fn certificate(
    profile: Option<&Profile>,
    asked: Option<i64>,
) -> Result<Option<&Certificate>, Failure> {
    match (profile, asked.and_then(CertificateId::new)) {
        (Some(profile), Some(id)) => profile.certificate(Some(id)).map(Some),
        (Some(profile), None) => Ok(profile.certificate(None).ok()),
        (None, _) => Ok(None),
    }
}
