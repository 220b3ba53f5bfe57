//! Secrets that a command was given for a certificate: where each is kept, and no file of one left behind when saving fails.

use std::path::Path;

use super::files;
use super::pending_secrets::Pending;
use super::secret::{LARGEST, of_output};
use super::secret_files::write_secret;
use super::{CertificateId, Field, NewSecret, Paths, Secret, SecretFile, SecretRef, Values, rules};
use crate::failure::{Kind, Problem};
use zeroize::Zeroizing;

/// The secret that is piped in, and nothing else; `flag` says that it is.
pub(crate) fn piped(flag: &str) -> Result<Secret, Problem> {
    let bytes = Zeroizing::new(files::read_stdin(LARGEST).map_err(|error| {
        Problem::new(Kind::Disk, format!("stdin can't be read: {error}"), "pipe the secret in").at(flag)
    })?);
    if bytes.len() as u64 > LARGEST {
        let message = format!("stdin gives more than {} KiB", LARGEST / 1024);
        return Err(Problem::new(Kind::TooLong, message, "pipe in the secret alone").at(flag));
    }
    if std::str::from_utf8(&bytes).is_err() {
        let hint = "pipe in the secret as UTF-8 text";
        return Err(Problem::new(Kind::NotUtf8, "stdin is not UTF-8", hint).at(flag));
    }
    let secret = of_output(&bytes, "stdin")?;
    rules::opaque(secret.reveal()).map_err(|flaw| flaw.named("the secret", flag))?;
    Ok(secret)
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

    /// The references to write into this configuration, of a profile or of its certificate `id`.
    pub(crate) fn refer(
        &mut self,
        values: Values<NewSecret>,
        configuration: &Path,
        profile: &str,
        id: Option<CertificateId>,
    ) -> Result<Values<SecretRef>, Problem> {
        values.kept(|field, secret| {
            let name = match (field, id) {
                (Field::AppSecret, Some(id)) => format!("{profile}-{id}-app"),
                (_, Some(id)) => format!("{profile}-{id}"),
                (_, None) => format!("{profile}-im"),
            };
            self.reference(&secret, configuration, &name)
        })
    }

    fn reference(
        &mut self,
        secret: &NewSecret,
        configuration: &Path,
        name: &str,
    ) -> Result<SecretRef, Problem> {
        let base = configuration.parent().unwrap_or(&self.paths.cwd);
        let at = |path: &Path| SecretRef::File(SecretFile::at(path, base, self.paths.home.as_deref()));
        match secret {
            NewSecret::Env(name) => Ok(SecretRef::Env(name.clone())),
            NewSecret::File(path) => Ok(at(path)),
            NewSecret::Typed(_) if self.dry_run => Ok(at(&self.paths.secrets().join(format!("{name}.new")))),
            NewSecret::Typed(secret) => {
                let (reference, pending) = write_secret(self.paths, configuration, name, secret)?;
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
