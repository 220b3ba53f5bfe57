//! The 0600 files that hold secrets typed at a prompt or piped in.

use super::pending_secrets::Pending;
use super::secret_ref::{SecretFile, SecretRef};
use super::{Configuration, Paths, Secret, Trust, files};
use crate::failure::{Kind, Problem};
use std::collections::BTreeSet;
use std::path::Path;

/// Writes a secret to `secrets/NAME`, marked until the configuration is changed, and
/// returns the reference to write into that configuration. No file is ever overwritten: a certificate that was given another ID may still
/// use it, and until the configuration is changed too, the old secret is the right one.
pub(super) fn write_secret(
    paths: &Paths,
    configuration: &Path,
    name: &str,
    secret: &Secret,
) -> Result<(SecretRef, Pending), Problem> {
    let folder = paths.secrets();
    for attempt in 1..=1000 {
        let path = match attempt {
            1 => folder.join(name),
            _ => folder.join(format!("{name}.{attempt}")),
        };
        if path.exists() {
            continue;
        }
        let Some(pending) = Pending::mark(&path, configuration)? else { continue };
        if files::create(&path, secret.reveal().as_bytes())? {
            let base = configuration.parent().unwrap_or(&paths.cwd);
            return Ok((SecretRef::File(SecretFile::at(&path, base, paths.home.as_deref())), pending));
        }
    }
    Err(Problem::new(
        Kind::Disk,
        format!("{} holds a thousand secrets for {name}", folder.display()),
        "remove those that no configuration refers to",
    )
    .at(folder.display().to_string()))
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
        let configuration = world.file("work/opush.toml", "file = \"~/.config/opush/secrets/demo-1\"");
        let write =
            |text: &str| write_secret(&world.paths, &configuration, "demo-1", &Secret::new(text)).unwrap();
        let ((first, kept), (second, unused)) = (write("one"), write("two"));
        assert_eq!(first.describe(), "set (file ~/.config/opush/secrets/demo-1)");
        assert_eq!(second.describe(), "set (file ~/.config/opush/secrets/demo-1.2)");
        let resolved = first.resolve(&world.env).unwrap();
        assert_eq!((resolved.secret.reveal(), resolved.warning), ("one", None));
        assert_eq!(world.paths.secrets().metadata().unwrap().permissions().mode() & 0o777, 0o700);
        assert!(!kept.settle() && unused.settle());
        assert!(first.resolve(&world.env).is_ok());
        assert!(second.resolve(&world.env).is_err());
        assert_eq!(std::fs::read_dir(world.paths.secrets()).unwrap().count(), 1);
    }
}
