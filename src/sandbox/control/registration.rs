//! How commands find a sandbox that is running: an address and a pid beside its database, believed while a lock is held.
//! What is said over that address belongs to `client`.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

const ENTRY: &str = "sandbox.json";
const LOCK: &str = "sandbox.lock";

/// A sandbox that is running.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Registered {
    pub(crate) url: String,
    pub(crate) pid: u32,
}

/// Holds the lock for as long as the sandbox runs. The system frees it with the process, however that ends.
#[derive(Debug)]
pub(crate) struct Registration {
    entry: PathBuf,
    _lock: File,
}

impl Drop for Registration {
    fn drop(&mut self) {
        // The lock goes after this, with the file: nobody can have written another entry yet.
        let _ = std::fs::remove_file(&self.entry);
    }
}

/// Registers this process as the sandbox of that folder. `None` when another runs there already.
pub(crate) fn register(folder: &Path, url: &str) -> io::Result<Option<Registration>> {
    std::fs::create_dir_all(folder)?;
    let lock = OpenOptions::new().create(true).append(true).mode(0o600).open(folder.join(LOCK))?;
    if !lock_alone(&lock)? {
        return Ok(None);
    }
    let entry = folder.join(ENTRY);
    // An entry that a killed sandbox left must not be believed now that the lock is held again.
    match std::fs::remove_file(&entry) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    let registered = Registered { url: url.to_owned(), pid: std::process::id() };
    serde_json::to_writer(&mut file, &registered)?;
    file.write_all(b"\n")?;
    file.persist(&entry).map_err(|error| error.error)?;
    Ok(Some(Registration { entry, _lock: lock }))
}

/// A command that looks whether a sandbox runs holds the lock for an instant: that is no reason not to start.
fn lock_alone(lock: &File) -> io::Result<bool> {
    const TRIES: u32 = 20;
    for left in (0..TRIES).rev() {
        match lock.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) if left > 0 => std::thread::sleep(Duration::from_millis(5)),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(false)
}

/// The sandbox that runs in that folder. A stale entry, whose process is gone, is ignored.
pub(crate) fn find(folder: &Path) -> Option<Registered> {
    let lock = File::open(folder.join(LOCK)).ok()?;
    match lock.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {}
        Ok(()) | Err(TryLockError::Error(_)) => return None,
    }
    serde_json::from_slice(&std::fs::read(folder.join(ENTRY)).ok()?).ok()
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
        let running = register(folder, URL).unwrap().unwrap();
        assert_eq!(find(folder), Some(Registered { url: URL.into(), pid: std::process::id() }));
        assert_eq!(std::fs::metadata(folder.join(ENTRY)).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(register(folder, "http://127.0.0.1:2").unwrap().is_none());
        assert_eq!(find(folder).unwrap().url, URL);
        drop(running);
        assert_eq!(find(folder), None);
        assert!(!folder.join(ENTRY).exists());
        assert!(register(folder, URL).unwrap().is_some());
    }

    #[test]
    fn an_entry_without_its_process_is_stale() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let mut running = register(folder, URL).unwrap().unwrap();
        // As after a kill: the lock is free, the entry is still there.
        running.entry = folder.join("nothing");
        drop(running);
        assert!(folder.join(ENTRY).exists());
        assert_eq!(find(folder), None);
        let _again = register(folder, "http://127.0.0.1:3").unwrap().unwrap();
        assert_eq!(find(folder).unwrap().url, "http://127.0.0.1:3");
    }

    #[test]
    fn a_broken_entry_is_no_sandbox() {
        let folder = tempfile::tempdir().unwrap();
        let _running = register(folder.path(), URL).unwrap().unwrap();
        File::create(folder.path().join(ENTRY)).unwrap().write_all(b"{\"url\":").unwrap();
        assert_eq!(find(folder.path()), None);
    }
}
