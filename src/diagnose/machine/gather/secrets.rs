//! Gets each secret of the current profile, as a push would, and lets it go at once.
//! Whether others can read it belongs to `files`.

use super::super::evidence::SecretSeen;
use crate::config::{Configuration, Environment, Profile, SecretRef, Sourced};

/// Its secrets, in the order of its certificates, the IM server's key last.
pub(crate) fn secrets(
    configuration: &Configuration,
    profile: &Profile,
    env: &Environment,
) -> Vec<SecretSeen> {
    let get = |secret: &Sourced<SecretRef>, what: String, needed| {
        let got = configuration.resolve(secret, env).map(|_| secret.value.describe());
        SecretSeen { what, needed, got }
    };
    let mut seen = Vec::new();
    for certificate in &profile.certificates {
        let id = certificate.id.value;
        seen.push(get(&certificate.master_secret, format!("the MasterSecret of certificate {id}"), true));
        if let Some(secret) = &certificate.app_secret {
            seen.push(get(secret, format!("the AppSecret of certificate {id}"), false));
        }
    }
    if let Some(im) = &profile.im {
        seen.push(get(&im.secret_key, "the IM server's secret_key".to_owned(), true));
    }
    seen
}
