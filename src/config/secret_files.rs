//! The 0600 files that hold secrets typed at a prompt or piped in.

use super::secret_ref::{SecretFile, SecretRef};
use super::{CertificateId, Configuration, Paths, Secret, Trust, files};
use crate::failure::{Kind, Problem};
use std::collections::BTreeSet;
use std::path::Path;

/// Which of a certificate's two secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    Master,
    App,
}

/// Writes a secret to `secrets/PROFILE-ID` (`PROFILE-ID-app` for AppSecret) and returns the reference to write into a
/// configuration in the folder `base`. No file is ever overwritten: a certificate that was given another ID may still
/// use it, and until the configuration is changed too, the old secret is the right one.
pub(crate) fn write_secret(
    paths: &Paths,
    base: &Path,
    profile: &str,
    id: CertificateId,
    which: Which,
    secret: &Secret,
) -> Result<SecretRef, Problem> {
    let folder = paths.secrets();
    let name = match which {
        Which::Master => format!("{profile}-{id}"),
        Which::App => format!("{profile}-{id}-app"),
    };
    for attempt in 1..=1000 {
        let path = match attempt {
            1 => folder.join(&name),
            _ => folder.join(format!("{name}.{attempt}")),
        };
        if files::create(&path, secret.reveal().as_bytes())? {
            return Ok(SecretRef::File(SecretFile::at(&path, base, paths.home.as_deref())));
        }
    }
    Err(Problem::new(
        Kind::Disk,
        format!("{} holds a thousand secrets for {name}", folder.display()),
        "remove those that no configuration refers to",
    )
    .at(folder.display().to_string()))
}

/// Removes a secret that [`write_secret`] wrote and nothing refers to any more; files elsewhere are left alone.
pub(crate) fn discard_secret(paths: &Paths, reference: &SecretRef) -> Result<bool, Problem> {
    match reference {
        SecretRef::File(file) if file.path.parent() == Some(paths.secrets().as_path()) => {
            match std::fs::remove_file(&file.path) {
                Ok(()) => Ok(true),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
                Err(error) => Err(files::disk("remove", &file.path, &error)),
            }
        }
        _ => Ok(false),
    }
}

/// The files of [`write_secret`] that a configuration referred to before a change and does not refer to after it.
pub(crate) fn orphans(paths: &Paths, before: &Configuration, after: &Configuration) -> Vec<SecretFile> {
    let kept = paths.secrets();
    // A stranger's file may name secrets that are the user's.
    let trusted = before.file.as_ref().is_some_and(|file| file.trust == Trust::Granted);
    let mut seen: BTreeSet<&Path> = referred(after).map(|file| file.path.as_path()).collect();
    referred(before)
        .filter(|file| trusted && file.path.parent() == Some(kept.as_path()) && seen.insert(&file.path))
        .cloned()
        .collect()
}

fn referred(configuration: &Configuration) -> impl Iterator<Item = &SecretFile> {
    configuration.secrets().filter_map(|secret| match &secret.reference.value {
        SecretRef::File(file) => Some(file),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_secret_is_private_and_never_overwritten() {
        let world = World::new();
        let id = CertificateId::new(1).unwrap();
        let write = |text: &str| {
            write_secret(&world.paths, &world.paths.cwd, "demo", id, Which::Master, &Secret::new(text))
                .unwrap()
        };
        let (first, second) = (write("one"), write("two"));
        assert_eq!(first.describe(), "set (file ~/.config/opush/secrets/demo-1)");
        assert_eq!(second.describe(), "set (file ~/.config/opush/secrets/demo-1.2)");
        let resolved = first.resolve(&world.env).unwrap();
        assert_eq!((resolved.secret.reveal(), resolved.warning), ("one", None));
        assert_eq!(world.paths.secrets().metadata().unwrap().permissions().mode() & 0o777, 0o700);
        assert!(discard_secret(&world.paths, &first).unwrap());
        assert!(first.resolve(&world.env).is_err());
        let elsewhere = SecretFile::written("x", &world.paths.cwd, None);
        world.file("work/x", "mine");
        assert!(!discard_secret(&world.paths, &SecretRef::File(elsewhere)).unwrap());
    }
}
