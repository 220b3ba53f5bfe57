//! How commands find a sandbox that is running: an address and a pid beside its database, believed while a lock is held.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::token::ControlToken;

const ENTRY: &str = "sandbox.json";
const LOCK: &str = "sandbox.lock";
/// How long a sandbox that starts waits for processes that only look.
const PATIENCE: Duration = Duration::from_secs(10);

/// A sandbox that is running. The file is readable by its user alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Registered {
    pub(crate) url: String,
    pub(crate) pid: u32,
    /// What its control API asks for, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) token: Option<ControlToken>,
}

/// Holds the lock for as long as the sandbox runs. The system frees it with the process, however that ends.
#[derive(Debug)]
pub(crate) struct Registration {
    entry: PathBuf,
    _lock: File,
}

impl Drop for Registration {
    fn drop(&mut self) {
        // The lock goes after this, with the file: no other process can have written an entry yet.
        let _ = std::fs::remove_file(&self.entry);
    }
}

/// Registers this process as the sandbox of that folder. `None` when another runs there already.
pub(crate) fn register(
    folder: &Path,
    url: &str,
    token: Option<ControlToken>,
) -> io::Result<Option<Registration>> {
    std::fs::create_dir_all(folder)?;
    let entry = folder.join(ENTRY);
    let lock = OpenOptions::new().create(true).append(true).mode(0o600).open(folder.join(LOCK))?;
    if !lock_alone(&lock, &entry)? {
        return Ok(None);
    }
    // An entry that a killed sandbox left must not be believed now that the lock is held again.
    remove(&entry)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    let registered = Registered { url: url.to_owned(), pid: std::process::id(), token };
    serde_json::to_writer(&mut file, &registered)?;
    file.write_all(b"\n")?;
    file.persist(&entry).map_err(|error| error.error)?;
    Ok(Some(Registration { entry, _lock: lock }))
}

/// False when another sandbox holds the lock. A command that looks for a sandbox shares the lock for an instant, as it
/// only does where there is an entry: that is no reason not to start.
fn lock_alone(lock: &File, entry: &Path) -> io::Result<bool> {
    let began = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        match lock.try_lock_shared() {
            // Only those that look hold it. No sandbox runs, so that an entry is one that a killed sandbox left; without
            // it no process takes the lock to look.
            Ok(()) => remove(entry)?,
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        lock.unlock()?;
        if began.elapsed() > PATIENCE {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "other processes kept the lock"));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn remove(entry: &Path) -> io::Result<()> {
    match std::fs::remove_file(entry) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The sandbox that runs in that folder. A stale entry, of a process that is gone, is ignored.
pub(crate) fn find(folder: &Path) -> Option<Registered> {
    let entry = folder.join(ENTRY);
    if !entry.exists() {
        return None;
    }
    let lock = File::open(folder.join(LOCK)).ok()?;
    match lock.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {}
        Ok(()) | Err(TryLockError::Error(_)) => return None,
    }
    serde_json::from_slice(&std::fs::read(entry).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    const URL: &str = "http://127.0.0.1:1";

    #[test]
    fn a_running_one_is_found_until_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let folder = &folder.path().join("deep");
        assert_eq!(find(folder), None);
        let running = register(folder, URL, None).unwrap().unwrap();
        assert_eq!(find(folder), Some(Registered { url: URL.into(), pid: std::process::id(), token: None }));
        assert_eq!(std::fs::metadata(folder.join(ENTRY)).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(register(folder, "http://127.0.0.1:2", None).unwrap().is_none());
        assert_eq!(find(folder).unwrap().url, URL);
        drop(running);
        assert_eq!(find(folder), None);
        assert!(!folder.join(ENTRY).exists());
        assert!(register(folder, URL, None).unwrap().is_some());
    }

    #[test]
    fn an_entry_without_its_process_is_stale() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let mut running = register(folder, URL, None).unwrap().unwrap();
        // As after a kill: the lock is free, the entry is still there.
        running.entry = folder.join("nothing");
        drop(running);
        assert!(folder.join(ENTRY).exists());
        assert_eq!(find(folder), None);
        let _again = register(folder, "http://127.0.0.1:3", None).unwrap().unwrap();
        assert_eq!(find(folder).unwrap().url, "http://127.0.0.1:3");
    }

    #[test]
    fn a_sandbox_starts_while_other_processes_look_for_one() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        // As after a kill, so that those that look take the lock.
        let mut killed = register(folder, URL, None).unwrap().unwrap();
        killed.entry = folder.join("nothing");
        drop(killed);
        let shared = File::open(folder.join(LOCK)).unwrap();
        shared.lock_shared().unwrap();
        std::thread::scope(|scope| {
            let starting = scope.spawn(|| register(folder, URL, None).unwrap().is_some());
            // It has seen the shared lock once it has removed the stale entry; only then is the lock let go.
            while folder.join(ENTRY).exists() {
                std::thread::yield_now();
            }
            shared.unlock().unwrap();
            assert!(starting.join().unwrap());
        });
    }

    #[test]
    fn a_broken_entry_is_no_sandbox() {
        let folder = tempfile::tempdir().unwrap();
        let _running = register(folder.path(), URL, None).unwrap().unwrap();
        File::create(folder.path().join(ENTRY)).unwrap().write_all(b"{\"url\":").unwrap();
        assert_eq!(find(folder.path()), None);
    }
}
