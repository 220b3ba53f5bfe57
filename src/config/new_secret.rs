//! Secrets that a command was given for a certificate: where each is kept, and no file of one left behind when saving fails.

use std::path::{Path, PathBuf};

use super::{
    CertificateId, Configuration, Paths, Secret, SecretFile, SecretRef, Which, discard_secret, orphans,
    write_secret,
};
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

/// The files written so far; removed on drop unless [`NewSecrets::keep`] was called.
pub(crate) struct NewSecrets<'p> {
    paths: &'p Paths,
    written: Vec<SecretRef>,
    /// Only plans: names the file, writes nothing.
    dry_run: bool,
}

impl<'p> NewSecrets<'p> {
    pub(crate) fn new(paths: &'p Paths, dry_run: bool) -> Self {
        NewSecrets { paths, written: Vec::new(), dry_run }
    }

    /// The reference to write into a configuration in the folder `base`.
    pub(crate) fn refer(
        &mut self,
        secret: &NewSecret,
        base: &Path,
        profile: &str,
        id: CertificateId,
        which: Which,
    ) -> Result<SecretRef, Problem> {
        let at = |path: &Path| SecretRef::File(SecretFile::at(path, base, self.paths.home.as_deref()));
        match secret {
            NewSecret::Env(name) => Ok(SecretRef::Env(name.clone())),
            NewSecret::File(path) => Ok(at(path)),
            NewSecret::Typed(_) if self.dry_run => {
                Ok(at(&self.paths.secrets().join(format!("{profile}-{id}.new"))))
            }
            NewSecret::Typed(secret) => {
                let reference = write_secret(self.paths, base, profile, id, which, secret)?;
                self.written.push(reference.clone());
                Ok(reference)
            }
        }
    }

    /// The configuration refers to them now.
    pub(crate) fn keep(mut self) {
        self.written.clear();
    }
}

impl Drop for NewSecrets<'_> {
    fn drop(&mut self) {
        for reference in &self.written {
            // Saving has failed already; that a file stays behind is not worth hiding why.
            let _ = discard_secret(self.paths, reference);
        }
    }
}

/// Removes the private files that nothing refers to since the change; gives their paths.
pub(crate) fn discard_orphans(
    paths: &Paths,
    before: &Configuration,
    after: &Configuration,
) -> Result<Vec<String>, Problem> {
    let mut gone = Vec::new();
    for file in orphans(paths, before, after) {
        let shown = paths.friendly(&file.path);
        if discard_secret(paths, &SecretRef::File(file))? {
            gone.push(shown);
        }
    }
    Ok(gone)
}
