//! The lock under which a file is changed, so that processes that change it at once lose nothing.
//! It lies among opush's own state, not beside the file: a project's folder is not to be littered.

use super::Paths;
use super::files;
use crate::failure::{Kind, Problem};
use sha2::{Digest, Sha256};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

/// The digest that a file's content is recognised by.
pub(super) fn digest(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Held until dropped; the system frees it when the process dies.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// How long a command waits for others.
    pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

    /// Waits for the lock of `target`, which need not exist yet.
    pub(crate) fn acquire(paths: &Paths, target: &Path, patience: Duration) -> Result<Lock, Problem> {
        let target = files::follow(target).unwrap_or_else(|_| target.to_owned());
        let folder = paths.state_home.join("locks");
        let path = folder.join(digest(target.as_os_str().as_encoded_bytes()));
        files::make_folder(&folder).map_err(|error| files::disk("make", &folder, &error))?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| files::disk("open", &path, &error))?;
        let deadline = Instant::now() + patience;
        let mut pause = Duration::from_millis(1);
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Lock { _file: file }),
                Err(TryLockError::Error(error)) => return Err(files::disk("lock", &path, &error)),
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => return Err(busy(&target)),
                Err(TryLockError::WouldBlock) => {
                    std::thread::sleep(pause);
                    pause = (pause * 2).min(Duration::from_millis(16));
                }
            }
        }
    }
}

fn busy(target: &Path) -> Problem {
    Problem::new(
        Kind::Disk,
        format!("another opush is still changing {}", target.display()),
        "wait for it to end, or end it, and try again",
    )
    .at(target.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;

    #[test]
    fn one_at_a_time_whatever_the_path_is_called() {
        let world = World::new();
        let file = world.file("a", "");
        let link = world.folder.path().join("link");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let first = Lock::acquire(&world.paths, &file, Lock::PATIENCE).unwrap();
        let problem = Lock::acquire(&world.paths, &link, Duration::ZERO).unwrap_err();
        assert!(problem.message.starts_with("another opush"), "{problem:?}");
        assert!(Lock::acquire(&world.paths, &world.paths.cwd, Duration::ZERO).is_ok());
        drop(first);
        assert!(Lock::acquire(&world.paths, &link, Duration::ZERO).is_ok());
    }
}
