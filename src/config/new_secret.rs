//! Secrets that a command was given for a certificate: where each is kept, and no file of one left behind when saving fails.

use std::path::{Path, PathBuf};

use super::pending_secrets::Pending;
use super::secret_files::write_secret;
use super::{CertificateId, Paths, Secret, SecretFile, SecretRef, Which};
use crate::failure::Problem;

/// A secret as it came in.
#[derive(Clone, Debug)]
pub(crate) enum NewSecret {
    /// Kept elsewhere, in an environment variable.
    Env(String),
    /// Kept elsewhere, in this file; absolute.
    File(PathBuf),
    /// The secret itself, typed or piped in; to be kept as a private file.
    Typed(Secret),
}

impl NewSecret {
    pub(crate) fn typed(&self) -> Option<&str> {
        match self {
            NewSecret::Typed(secret) => Some(secret.reveal()),
            _ => None,
        }
    }
}

/// The files written so far. When it is dropped, those that the configuration refers to stay.
pub(crate) struct NewSecrets<'p> {
    paths: &'p Paths,
    written: Vec<Pending>,
    /// Only plans: names the file, writes nothing.
    dry_run: bool,
}

impl<'p> NewSecrets<'p> {
    pub(crate) fn new(paths: &'p Paths, dry_run: bool) -> Self {
        NewSecrets { paths, written: Vec::new(), dry_run }
    }

    /// The reference to write into this configuration.
    pub(crate) fn refer(
        &mut self,
        secret: &NewSecret,
        configuration: &Path,
        profile: &str,
        id: CertificateId,
        which: Which,
    ) -> Result<SecretRef, Problem> {
        let base = configuration.parent().unwrap_or(&self.paths.cwd);
        let at = |path: &Path| SecretRef::File(SecretFile::at(path, base, self.paths.home.as_deref()));
        match secret {
            NewSecret::Env(name) => Ok(SecretRef::Env(name.clone())),
            NewSecret::File(path) => Ok(at(path)),
            NewSecret::Typed(_) if self.dry_run => {
                Ok(at(&self.paths.secrets().join(format!("{profile}-{id}.new"))))
            }
            NewSecret::Typed(secret) => {
                let (reference, pending) =
                    write_secret(self.paths, configuration, profile, id, which, secret)?;
                self.written.push(pending);
                Ok(reference)
            }
        }
    }
}

impl Drop for NewSecrets<'_> {
    fn drop(&mut self) {
        for pending in self.written.drain(..) {
            pending.settle();
        }
    }
}
