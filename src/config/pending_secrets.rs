//! Secret files of a change under way. A mark beside each names the configuration that decides whether it stays, so that the
//! next run can remove what a killed one left behind.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::Paths;
use super::files::{self, hold};
use crate::failure::Problem;

const SUFFIX: &str = ".pending";

/// The mark of one secret file, locked for as long as it is held.
#[derive(Debug)]
pub(super) struct Pending {
    secret: PathBuf,
    mark: PathBuf,
    _lock: File,
}

impl Pending {
    /// Marks the secret file, which need not exist. `None`: another run has marked it.
    pub(super) fn mark(secret: &Path, configuration: &Path) -> Result<Option<Pending>, Problem> {
        let mark = mark_of(secret);
        let lock = files::create_locked(&mark, configuration.as_os_str().as_encoded_bytes())?;
        Ok(lock.map(|lock| Pending { secret: secret.to_owned(), mark, _lock: lock }))
    }

    /// The configuration is as it is to be: removes the secret file if that does not refer to it; whether it did.
    pub(super) fn settle(self) -> bool {
        settle(&self.secret, &self.mark)
    }
}

/// Settles the marks of runs that were killed.
pub(super) fn settle_abandoned(paths: &Paths) {
    for (secret, mark) in marks(paths) {
        if let Some(_held) = hold(&mark) {
            settle(&secret, &mark);
        }
    }
}

/// Secret files whose change was broken off.
pub(crate) fn abandoned_secrets(paths: &Paths) -> Vec<PathBuf> {
    let left = marks(paths).into_iter().filter(|(_, mark)| files::is_free(mark));
    left.map(|(secret, _)| secret).filter(|secret| secret.exists()).collect()
}

fn mark_of(secret: &Path) -> PathBuf {
    let name = secret.file_name().unwrap_or_default().to_string_lossy();
    secret.with_file_name(format!(".{name}{SUFFIX}"))
}

/// Each secret file with a mark, and the mark.
fn marks(paths: &Paths) -> Vec<(PathBuf, PathBuf)> {
    let entries = std::fs::read_dir(paths.secrets()).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let secret = name.strip_prefix('.')?.strip_suffix(SUFFIX)?;
        Some((paths.secrets().join(secret), entry.path()))
    });
    named.collect()
}

fn settle(secret: &Path, mark: &Path) -> bool {
    let named =
        std::fs::read_to_string(mark).map(|configuration| is_named(Path::new(&configuration), secret));
    // Where it can't be told, the secret stays, and so does its mark.
    let Ok(Some(named)) = named else { return false };
    let removed = !named && std::fs::remove_file(secret).is_ok();
    let _ = std::fs::remove_file(mark);
    removed
}

/// Whether the configuration names the file. A reference ends with the name and a quote, however it begins.
fn is_named(configuration: &Path, secret: &Path) -> Option<bool> {
    let name = secret.file_name()?.to_str()?;
    match std::fs::read_to_string(configuration) {
        Ok(text) => Some(text.contains(&format!("{name}\"")) || text.contains(&format!("{name}'"))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(false),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;

    #[test]
    fn what_a_killed_run_left_is_removed_unless_a_configuration_names_it() {
        let world = World::new();
        let secret = |name: &str| world.file(&format!("home/.config/opush/secrets/{name}"), "s");
        let (kept, left, alive) = (secret("demo-1"), secret("demo-12"), secret("demo-2"));
        let configuration =
            world.file("work/opush.toml", "master_secret = { file = \"~/.config/opush/secrets/demo-1\" }");
        let mark = |secret: &Path| Pending::mark(secret, &configuration).unwrap().unwrap();
        drop((mark(&kept), mark(&left)));
        let held = mark(&alive);
        assert_eq!(abandoned_secrets(&world.paths).len(), 2);
        settle_abandoned(&world.paths);
        assert!(kept.exists() && !left.exists() && alive.exists());
        assert_eq!(marks(&world.paths).len(), 1);
        assert!(Pending::mark(&alive, &configuration).unwrap().is_none(), "it is another's");
        assert!(held.settle() && !alive.exists());
    }
}
