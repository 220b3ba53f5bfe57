//! Temporary files: locked by who writes them, so that those of a process that was killed are known and removed.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const PREFIX: &str = ".opush-";
const SUFFIX: &str = ".tmp";

/// An empty 0600 file in the folder, locked for as long as it is open. What others left there is removed on the way.
pub(super) fn temporary_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    for path in abandoned(folder) {
        remove(&path);
    }
    loop {
        let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
        // Between the two, another process may have taken it for abandoned. A file system without locks keeps what is left.
        if !matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock)) && is_linked(file.as_file()) {
            return Ok(file);
        }
    }
}

/// The temporary files in the folder that nobody writes any more.
pub(crate) fn abandoned(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with(PREFIX) && name.ends_with(SUFFIX)
    });
    let mut paths: Vec<PathBuf> = named.map(|entry| entry.path()).filter(|path| is_free(path)).collect();
    paths.sort();
    paths
}

/// Whether no process holds the file's lock.
pub(crate) fn is_free(path: &Path) -> bool {
    hold(path).is_some()
}

/// The file, locked, unless another process holds it.
pub(crate) fn hold(path: &Path) -> Option<File> {
    // A pipe of that name would not let go of who opens it.
    path.symlink_metadata().ok().filter(|found| found.is_file())?;
    let file = File::open(path).ok()?;
    file.try_lock().ok().map(|()| file)
}

fn remove(path: &Path) {
    if let Some(_held) = hold(path) {
        // Where it can't be removed, `doctor` names it.
        let _ = std::fs::remove_file(path);
    }
}

fn is_linked(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|found| found.nlink() > 0)
}
