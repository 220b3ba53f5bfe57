//! The secrets that no scenario may hold: those of every profile, as far as they can be got without running a program.

use crate::config::{Profile, Secret, SecretRef, Sourced, sandbox_profile};
use crate::failure::Failure;
use crate::session::Session;

/// Every secret of the configuration, of the built-in profiles, and of the variables that hold one.
pub(super) fn secrets(session: &Session) -> Result<Vec<Secret>, Failure> {
    let configuration = session.configuration()?;
    let built_in = sandbox_profile();
    let references = configuration.profiles.iter().chain([&built_in]).flat_map(of_profile);
    let programs_stay = references.filter(|reference| !matches!(reference.value, SecretRef::Command(_)));
    let mut known: Vec<Secret> = programs_stay
        .filter_map(|reference| configuration.resolve(reference, &session.environment).ok())
        .map(|resolved| resolved.secret)
        .collect();
    let variables = ["OPUSH_MASTER_SECRET", "OPUSH_IM_SECRET_KEY", "OPUSH_LISTEN_TOKEN"];
    known.extend(variables.iter().filter_map(|name| session.environment.get(name)).map(Secret::new));
    Ok(known)
}

fn of_profile(profile: &Profile) -> impl Iterator<Item = &Sourced<SecretRef>> {
    let certificates = profile.certificates.iter();
    certificates
        .flat_map(|certificate| [Some(&certificate.master_secret), certificate.app_secret.as_ref()])
        .flatten()
        .chain(profile.im.as_ref().map(|im| &im.secret_key))
}
