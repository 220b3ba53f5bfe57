//! The lock that lets one process at a time authenticate for a certificate: a lock on a file, gone with its process.
//! What is done under it belongs to `auth`.

use super::TokenKey;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Holds the lock until it is dropped; the system frees it if the process dies.
#[derive(Debug)]
pub struct Guard {
    _file: Option<File>,
}

impl Guard {
    /// The right to authenticate where no other process can see the cache.
    pub(crate) fn unshared() -> Guard {
        Guard { _file: None }
    }
}

/// Takes the lock of this key in `folder`, which must exist, without waiting; `None` while somebody else holds it. The
/// file is left behind on purpose: removing it would let two processes hold locks on two files of one name.
pub fn try_lock(folder: &Path, key: &TokenKey) -> io::Result<Option<Guard>> {
    let path = folder.join(format!("auth-{}.lock", &key.digest()[..16]));
    let mut options = OpenOptions::new();
    options.create(true).append(true).mode(0o600);
    let file = options.open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Guard { _file: Some(file) })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Credentials, Endpoints, Overrides};
    use super::*;
    use crate::config::{Region, Secret};
    use std::sync::atomic::{AtomicU32, Ordering};

    fn key(app_key: &str) -> TokenKey {
        let credentials = Credentials {
            app_id: "1".to_owned(),
            app_key: app_key.to_owned(),
            master_secret: Secret::new("s"),
        };
        TokenKey::new(&Endpoints::resolve(Region::Cn, &Overrides::default()).expect("known"), &credentials)
    }

    #[test]
    fn one_holder_at_a_time_and_keys_do_not_hinder_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = try_lock(folder.path(), &key("a")).expect("no error");
        assert!(first.is_some());
        assert!(try_lock(folder.path(), &key("a")).expect("no error").is_none());
        assert!(try_lock(folder.path(), &key("b")).expect("no error").is_some());
        drop(first);
        assert!(try_lock(folder.path(), &key("a")).expect("no error").is_some());
    }

    #[test]
    fn threads_that_open_the_file_by_themselves_exclude_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = AtomicU32::new(0);
        let entered = AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let guard = loop {
                            if let Some(guard) = try_lock(folder.path(), &key("a")).expect("no error") {
                                break guard;
                            }
                            std::thread::yield_now();
                        };
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        entered.fetch_add(1, Ordering::SeqCst);
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(guard);
                    }
                });
            }
        });
        assert_eq!(entered.load(Ordering::SeqCst), 160);
    }

    #[test]
    fn a_missing_folder_is_an_error_and_not_a_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(try_lock(&folder.path().join("none"), &key("a")).is_err());
    }
}
