//! The lock under which a file is changed, so that processes that change it at once lose nothing.
//! It lies among opush's own state, not beside the file: a project's folder is not to be littered.

use super::Paths;
use super::files;
use crate::failure::{Kind, Problem};
use crate::waiting::Wait;
use sha2::{Digest, Sha256};
use std::fs::{File, TryLockError};
use std::path::Path;

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
    /// Waits for the lock of `target`, which need not exist yet.
    pub(crate) fn acquire(paths: &Paths, target: &Path, mut wait: Wait) -> Result<Lock, Problem> {
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
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Lock { _file: file }),
                Err(TryLockError::Error(error)) => return Err(files::disk("lock", &path, &error)),
                Err(TryLockError::WouldBlock) if wait.goes_on() => {}
                Err(TryLockError::WouldBlock) => return Err(busy(&target)),
            }
        }
    }
}

fn busy(target: &Path) -> Problem {
    Problem::new(
        Kind::Disk,
        format!("another opush is still changing {}", target.display()),
        "wait for it to end, or end it; --timeout says how long this command waits",
    )
    .at(target.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;
    use std::time::Duration;

    #[test]
    fn one_at_a_time_whatever_the_path_is_called() {
        let world = World::new();
        let file = world.file("a", "");
        let link = world.folder.path().join("link");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let first = Lock::acquire(&world.paths, &file, Wait::begin()).unwrap();
        let problem = Lock::acquire(&world.paths, &link, Wait::at_most(Duration::ZERO)).unwrap_err();
        assert!(problem.message.starts_with("another opush"), "{problem:?}");
        assert!(Lock::acquire(&world.paths, &world.paths.cwd, Wait::at_most(Duration::ZERO)).is_ok());
        drop(first);
        assert!(Lock::acquire(&world.paths, &link, Wait::at_most(Duration::ZERO)).is_ok());
    }
}
