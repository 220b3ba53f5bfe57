//! The permissions of every file and folder that holds a secret or the state.
//! What they should be belongs to the checks.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::super::evidence::{FileSeen, Role};
use crate::config::{Configuration, Paths, Profile, SecretRef};

/// Those that exist. A configuration counts if it holds a secret.
pub(crate) fn files(paths: &Paths, configuration: Option<&Configuration>, state: &Path) -> Vec<FileSeen> {
    let mut wanted: Vec<(Role, PathBuf)> = Vec::new();
    let mut known = BTreeSet::new();
    for secret in configuration.into_iter().flat_map(|found| &found.profiles).flat_map(Profile::secrets) {
        match &secret.reference.value {
            SecretRef::Plain(_) => {
                let file = configuration.and_then(|configuration| configuration.file.as_ref());
                if let Some(file) = file.filter(|file| known.insert(file.found.path.clone())) {
                    wanted.push((Role::ConfigurationWithSecrets, file.found.path.clone()));
                }
            }
            SecretRef::File(file) if known.insert(file.path.clone()) => {
                wanted.push((Role::Secret, file.path.clone()));
            }
            _ => {}
        }
    }
    let folder = paths.secrets();
    wanted.push((Role::SecretsFolder, folder.clone()));
    let mut kept: Vec<PathBuf> =
        std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    kept.sort();
    wanted
        .extend(kept.into_iter().filter(|path| known.insert(path.clone())).map(|path| (Role::Secret, path)));
    wanted.push((Role::State, state.to_owned()));
    wanted.push((Role::StateFolder, paths.state_home.clone()));
    wanted.into_iter().filter_map(|(role, path)| seen(paths, role, &path)).collect()
}

fn seen(paths: &Paths, role: Role, path: &Path) -> Option<FileSeen> {
    // The file that is meant, also where a symlink leads to it.
    let found = std::fs::metadata(path).ok()?;
    let folder = matches!(role, Role::SecretsFolder | Role::StateFolder);
    if found.is_dir() != folder {
        return None;
    }
    let mode = found.permissions().mode() & 0o777;
    Some(FileSeen { role, shown: paths.friendly(path), mode })
}
