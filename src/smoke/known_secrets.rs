//! The secrets that no scenario may hold: those of every profile, as far as they can be got without running a program.

use crate::config::{Secret, SecretRef, sandbox_profile};
use crate::failure::Failure;
use crate::session::Session;

/// Every secret of the configuration, of the built-in profiles, and of the variables that hold one.
pub(super) fn secrets(session: &Session) -> Result<Vec<Secret>, Failure> {
    let configuration = session.configuration()?;
    let built_in = sandbox_profile();
    let mut known = Vec::new();
    for profile in configuration.profiles.iter().chain([&built_in]) {
        let references = profile.secrets().map(|secret| secret.reference);
        for reference in references.filter(|reference| !matches!(reference.value, SecretRef::Command(_))) {
            let resolved = configuration.resolve(profile, reference, &session.environment);
            known.extend(resolved.ok().map(|resolved| resolved.secret));
        }
    }
    let variables = ["OPUSH_MASTER_SECRET", "OPUSH_IM_SECRET_KEY", "OPUSH_LISTEN_TOKEN"];
    known.extend(variables.iter().filter_map(|name| session.environment.get(name)).map(Secret::new));
    Ok(known)
}
