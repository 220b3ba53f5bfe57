//! The sandbox's apps: the certificates of the profiles whose region is `sandbox`, with the credentials written there.
//! The sandbox shares no types with the configuration, so this is where one becomes the other.

use super::super::context::Ctx;
use crate::click::Target;
use crate::config::{Certificate, Profile, Region, sandbox_profile};
use crate::failure::Failure;
use crate::sandbox::app::App;
use crate::sandbox::phone::Click;

/// Phones need a package; a profile that names none gets this one.
const NO_PACKAGE: &str = "com.example.app";

/// One certificate as an app that OPPO knows.
pub fn app_of(ctx: &Ctx, profile: &Profile, certificate: &Certificate) -> Result<App, Failure> {
    Ok(App {
        app_id: certificate.app_id.value.clone(),
        app_key: certificate.app_key.value.clone(),
        master_secret: ctx.secret(&certificate.master_secret)?.reveal().to_owned(),
        package: package(profile),
    })
}

/// What a tap is to open, in the sandbox's words.
pub fn click_of(target: &Target) -> Click {
    match target {
        Target::OpenApp => Click::OpenApp,
        Target::Url(_) => Click::Url,
        Target::Activity(class) => Click::Activity(class.clone()),
        Target::Intent(action) => Click::Intent(action.clone()),
    }
}

/// The package that the phones run.
pub fn package(profile: &Profile) -> String {
    profile.package.as_ref().map_or_else(|| NO_PACKAGE.to_owned(), |package| package.value.clone())
}

/// The apps of one profile.
pub fn of_profile(ctx: &Ctx, profile: &Profile) -> Result<Vec<App>, Failure> {
    profile.certificates.iter().map(|certificate| app_of(ctx, profile, certificate)).collect()
}

/// Whether a profile of the file has the built-in app's AppId: OPPO knows an app once, so the sandbox knows the one of the
/// two that was used last.
pub fn has_rival(ctx: &Ctx) -> Result<bool, Failure> {
    let built_in = sandbox_profile();
    let known = |certificate: &Certificate| {
        built_in.certificates.iter().any(|own| own.app_id.value == certificate.app_id.value)
    };
    let profiles = ctx.configuration()?.profiles.iter();
    let mut sandboxes = profiles.filter(|profile| profile.region.value == Region::Sandbox);
    Ok(sandboxes.any(|profile| profile.certificates.iter().any(known)))
}

/// Every sandbox profile's apps, the built-in one's first. A secret that can't be had now leaves its app out, with a
/// warning: the others are no worse for it.
pub fn of_configuration(ctx: &Ctx) -> Result<Vec<App>, Failure> {
    let configuration = ctx.configuration()?;
    let environment = configuration.named("env", &ctx.environment).and_then(Result::ok);
    let profiles = configuration.profiles.iter().cloned().chain(environment);
    let mut apps = of_profile(ctx, &sandbox_profile())?;
    for profile in profiles.filter(|profile| profile.region.value == Region::Sandbox) {
        for certificate in &profile.certificates {
            match app_of(ctx, &profile, certificate) {
                Ok(app) => apps.push(app),
                Err(failure) => failure.problems().iter().for_each(|problem| ctx.warn(problem)),
            }
        }
    }
    Ok(apps)
}
