//! Keeps secrets that were typed or piped in: as private files, and without leaving one behind when saving fails.
//! Where those files lie belongs to `config`.

use std::path::Path;

use super::fields::Entered;
use crate::config::{
    self, CertificateId, Configuration, Paths, SecretFile, SecretRef, Which, discard_secret, write_secret,
};
use crate::failure::Problem;

/// The files written so far; removed on drop unless [`Keeper::keep`] was called.
pub(crate) struct Keeper<'p> {
    paths: &'p Paths,
    written: Vec<SecretRef>,
    /// Only plans: names the file, writes nothing.
    dry_run: bool,
}

impl<'p> Keeper<'p> {
    pub(crate) fn new(paths: &'p Paths, dry_run: bool) -> Self {
        Keeper { paths, written: Vec::new(), dry_run }
    }

    /// The reference to write into a configuration in the folder `base`.
    pub(crate) fn refer(
        &mut self,
        secret: &Entered,
        base: &Path,
        profile: &str,
        id: CertificateId,
        which: Which,
    ) -> Result<SecretRef, Problem> {
        let at = |path: &Path| SecretRef::File(SecretFile::at(path, base, self.paths.home.as_deref()));
        match secret {
            Entered::Env(name) => Ok(SecretRef::Env(name.clone())),
            Entered::File(path) => Ok(at(path)),
            Entered::Typed(_) if self.dry_run => {
                Ok(at(&self.paths.secrets().join(format!("{profile}-{id}.new"))))
            }
            Entered::Typed(secret) => {
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

impl Drop for Keeper<'_> {
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
    for file in config::orphans(paths, before, after) {
        let shown = paths.friendly(&file.path);
        if discard_secret(paths, &SecretRef::File(file))? {
            gone.push(shown);
        }
    }
    Ok(gone)
}
