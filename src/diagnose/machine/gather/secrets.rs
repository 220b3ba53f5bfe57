//! Gets each secret of the current profile, as a push would, and lets it go at once.
//! Whether others can read it belongs to `files`.

use super::super::evidence::SecretSeen;
use crate::config::{APP_SECRET, Configuration, Environment, Profile};

/// Its secrets, in the order of its certificates, the IM server's key last.
pub(crate) fn secrets(
    configuration: &Configuration,
    profile: &Profile,
    env: &Environment,
) -> Vec<SecretSeen> {
    let seen = profile.secrets().map(|secret| {
        let what = match secret.certificate {
            Some(id) if secret.key == APP_SECRET => format!("the AppSecret of certificate {id}"),
            Some(id) => format!("the MasterSecret of certificate {id}"),
            None => "the IM server's secret_key".to_owned(),
        };
        let got = configuration.resolve(profile, secret.reference, env).map(|_| secret.reference.describe());
        SecretSeen { what, needed: secret.key != APP_SECRET, got }
    });
    seen.collect()
}
