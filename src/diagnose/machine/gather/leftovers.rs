//! Files of opush's own that nothing refers to: temporary ones of runs that were killed, and secrets.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::config::files::abandoned;
use crate::config::{Configuration, Paths, Profile, SecretRef, Trust, abandoned_secrets};

/// Those in the folders where opush keeps something, and beside the configuration. Secrets are judged only where a
/// configuration of the user's own could be read: without it nothing tells which are in use.
pub(crate) fn leftovers(paths: &Paths, configuration: Option<&Configuration>) -> Vec<String> {
    let secrets = paths.secrets();
    let file = configuration.and_then(|configuration| configuration.file.as_ref());
    let beside = file.and_then(|file| file.found.path.parent());
    let folders: BTreeSet<&Path> =
        [Some(paths.state_home.as_path()), Some(&secrets), secrets.parent(), beside]
            .into_iter()
            .flatten()
            .collect();
    let mut found: Vec<PathBuf> = folders.into_iter().flat_map(abandoned).collect();
    found.extend(abandoned_secrets(paths));
    let trusted = file.is_some_and(|file| file.trust == Trust::Granted);
    if let Some(configuration) = configuration.filter(|_| trusted) {
        found.extend(unused(&secrets, configuration));
    }
    found.sort();
    found.dedup();
    found.iter().map(|path| paths.friendly(path)).collect()
}

fn unused(secrets: &Path, configuration: &Configuration) -> Vec<PathBuf> {
    let used: BTreeSet<&Path> = configuration
        .profiles
        .iter()
        .flat_map(Profile::secrets)
        .filter_map(|secret| match &secret.reference.value {
            SecretRef::File(file) => Some(file.path.as_path()),
            _ => None,
        })
        .collect();
    let entries = std::fs::read_dir(secrets).into_iter().flatten().flatten();
    let own = entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    own.map(|entry| entry.path()).filter(|path| path.is_file() && !used.contains(path.as_path())).collect()
}
