//! The folder of the CA: what lies where, and files put there whole.

use std::fs::Permissions;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

pub(super) struct Files(pub(super) PathBuf);

impl Files {
    /// The certificate of the authority.
    pub(super) fn ca(&self) -> PathBuf {
        self.0.join("ca.pem")
    }

    /// The system's authorities and this one.
    pub(super) fn bundle(&self) -> PathBuf {
        self.0.join("bundle.pem")
    }

    /// The same as a trust store.
    pub(super) fn java(&self) -> PathBuf {
        self.0.join("java.p12")
    }

    pub(super) fn node(&self) -> PathBuf {
        self.0.join("node.cjs")
    }

    /// A folder of settings for PHP.
    pub(super) fn php(&self) -> PathBuf {
        self.0.join("php")
    }
}

/// Puts a file in place of the one that is there, whole.
pub(super) fn put(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(Permissions::from_mode(mode))?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
