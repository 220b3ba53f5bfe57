//! The sandbox's apps: the certificates of the profiles with region `sandbox`, with the credentials written there.
//! The sandbox shares no types with the configuration, so this is where one becomes the other.

use std::collections::BTreeSet;

use crate::click::Target;
use crate::config::{Certificate, Profile, Region, sandbox_profile};
use crate::failure::Failure;
use crate::sandbox::app::App;
use crate::sandbox::control::NewPhone;
use crate::sandbox::im::{self, ImApp};
use crate::sandbox::phone::Click;
use crate::session::Session;

/// Phones need a package; a profile that names none gets this one.
const NO_PACKAGE: &str = "com.example.app";

/// One certificate as an app that OPPO knows.
pub(crate) fn app_of(
    session: &Session,
    profile: &Profile,
    certificate: &Certificate,
) -> Result<App, Failure> {
    Ok(App {
        app_id: certificate.app_id.value.clone(),
        app_key: certificate.app_key.value.clone(),
        master_secret: session.secret(profile, &certificate.master_secret)?.reveal().to_owned(),
        package: package(profile),
    })
}

/// What a tap is to open, in the sandbox's words.
pub(super) fn click_of(target: &Target) -> Click {
    match target {
        Target::OpenApp => Click::OpenApp,
        Target::Url(_) => Click::Url,
        Target::Activity(class) => Click::Activity(class.clone()),
        Target::Intent(action) => Click::Intent(action.clone()),
        Target::Scheme(url) => Click::Scheme(url.clone()),
    }
}

/// The package that the phones run.
pub(crate) fn package(profile: &Profile) -> String {
    profile.package.as_ref().map_or_else(|| NO_PACKAGE.to_owned(), |package| package.value.clone())
}

/// An IM app with its certificates.
pub(crate) struct ImSettings {
    pub(crate) app: ImApp,
    /// The profile's.
    pub(crate) certificates: Vec<im::Certificate>,
    /// The IDs of every certificate that the configuration has for this app, other profiles' too: the IM server has no
    /// others.
    pub(crate) ids: BTreeSet<i64>,
}

/// The IDs of the certificates of an IM app in these profiles.
pub(super) fn ids_of<'a>(profiles: impl IntoIterator<Item = &'a Profile>, sdk_app_id: u32) -> BTreeSet<i64> {
    let of_app = |profile: &&Profile| profile.im.as_ref().is_some_and(|im| im.sdk_app_id.value == sdk_app_id);
    let profiles = profiles.into_iter().filter(of_app);
    profiles.flat_map(|profile| &profile.certificates).map(|certificate| certificate.id.get()).collect()
}

/// The profile's IM app and certificates, if it has one.
pub(super) fn im_of_profile(session: &Session, profile: &Profile) -> Result<Option<ImSettings>, Failure> {
    let Some(im) = &profile.im else { return Ok(None) };
    let app = ImApp {
        sdk_app_id: im.sdk_app_id.value.into(),
        admin: im.admin.value.clone(),
        secret_key: session.secret(profile, &im.secret_key)?.reveal().to_owned(),
    };
    let certificates =
        profile.certificates.iter().map(|certificate| im_certificate(app.sdk_app_id, certificate)).collect();
    let (built_in, others) = (sandbox_profile(), sandbox_profiles(session)?);
    let ids = ids_of(others.iter().chain([&built_in, profile]), im.sdk_app_id.value);
    Ok(Some(ImSettings { app, certificates, ids }))
}

/// One certificate as the IM server knows it. Where the configuration has no time of saving, it is in effect.
fn im_certificate(sdk_app_id: i64, certificate: &Certificate) -> im::Certificate {
    im::Certificate {
        sdk_app_id,
        certificate_id: certificate.id.value.get(),
        app_id: certificate.app_id.value.clone(),
        channel_id: certificate.channel_id.as_ref().map(|channel| channel.value.clone()),
        click: match &certificate.click.value {
            // The console's form has no scheme URL (IM reference, section 3): its default is left there.
            Target::OpenApp | Target::Scheme(_) => im::Click::OpenApp,
            Target::Url(url) => im::Click::Url(url.clone()),
            Target::Activity(class) => im::Click::Activity(class.clone()),
            Target::Intent(action) => im::Click::Intent(action.clone()),
        },
        saved_at: certificate.saved_at.as_ref().map(|saved_at| saved_at.value.as_millisecond()),
    }
}

/// The apps of one profile. A secret that can't be had now leaves its app out, with a warning, if there are others.
pub(crate) fn of_profile(session: &Session, profile: &Profile) -> Result<Vec<App>, Failure> {
    let all: Vec<_> =
        profile.certificates.iter().map(|certificate| app_of(session, profile, certificate)).collect();
    if all.iter().all(Result::is_err) {
        return all.into_iter().collect();
    }
    Ok(all.into_iter().filter_map(|app| app.map_err(|failure| warn_of(session, &failure)).ok()).collect())
}

fn warn_of(session: &Session, failure: &Failure) {
    failure.problems().iter().for_each(|problem| session.add_warning(problem));
}

/// Whether a profile of the file has the built-in app's AppId: OPPO knows an app once, so the sandbox knows the one of the
/// two that was used last.
pub(super) fn has_rival(session: &Session) -> Result<bool, Failure> {
    let built_in = sandbox_profile();
    let known = |certificate: &Certificate| {
        built_in.certificates.iter().any(|own| own.app_id.value == certificate.app_id.value)
    };
    let profiles = session.configuration()?.profiles.iter();
    let mut sandboxes = profiles.filter(|profile| profile.region.value == Region::Sandbox);
    Ok(sandboxes.any(|profile| profile.certificates.iter().any(known)))
}

/// The configured profiles with region `sandbox`, without the built-in one.
pub(crate) fn sandbox_profiles(session: &Session) -> Result<Vec<Profile>, Failure> {
    let configuration = session.configuration()?;
    let environment = configuration.named("env", &session.environment).and_then(Result::ok);
    let profiles = configuration.profiles.iter().cloned().chain(environment);
    Ok(profiles.filter(|profile| profile.region.value == Region::Sandbox).collect())
}

/// Every sandbox profile's apps, the built-in one's first. A secret that can't be had now leaves its app out, with a
/// warning: the others are no worse for it.
pub(crate) fn of_configuration(session: &Session) -> Result<Vec<App>, Failure> {
    let mut apps = of_profile(session, &sandbox_profile())?;
    for profile in sandbox_profiles(session)? {
        for certificate in &profile.certificates {
            match app_of(session, &profile, certificate) {
                Ok(app) => apps.push(app),
                Err(failure) => warn_of(session, &failure),
            }
        }
    }
    Ok(apps)
}

/// A phone on which pushes with this certificate work.
pub(crate) fn phone_for(certificate: &Certificate, name: Option<String>) -> NewPhone {
    NewPhone {
        app_id: certificate.app_id.value.clone(),
        channel_id: certificate.channel_id.as_ref().map(|channel| channel.value.clone()),
        click: Some(click_of(&certificate.click.value)),
        name,
        ..NewPhone::default()
    }
}
