//! A file of certificate authorities that a profile trusts beside the system's: read and checked when it is used.

use super::files;
use super::lock::digest;
use crate::failure::{Kind, Problem};
use rustls::RootCertStore;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use std::path::{Path, PathBuf};

/// All roots of a system are a fifth of this.
const LARGEST: u64 = 1024 * 1024;

/// The authorities of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaFile {
    path: PathBuf,
    /// Each in DER.
    certificates: Vec<Vec<u8>>,
}

impl CaFile {
    /// Reads them. The problem has no place yet: the caller knows what named the file.
    pub(crate) fn read(path: &Path) -> Result<CaFile, Problem> {
        let shown = path.display();
        let unusable =
            |message: String, hint: &'static str| Problem::new(Kind::UnreadableFile, message, hint);
        let bytes = files::read(path, LARGEST).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                Problem::new(Kind::MissingFile, format!("there is no CA file {shown}"), "correct the path")
            }
            _ => unusable(
                format!("the CA file {shown} can't be read: {error}"),
                "see that it is a file that you may read",
            ),
        })?;
        if bytes.len() as u64 > LARGEST {
            let message = format!("the CA file {shown} is larger than 1 MiB");
            return Err(unusable(message, "leave only the certificates in it that are needed"));
        }
        let mut roots = RootCertStore::empty();
        let mut certificates = Vec::new();
        for certificate in CertificateDer::pem_slice_iter(&bytes) {
            let added = certificate.map_err(|error| error.to_string()).and_then(|certificate| {
                certificates.push(certificate.to_vec());
                roots.add(certificate).map_err(|error| error.to_string())
            });
            added.map_err(|why| {
                let message = format!(
                    "certificate {} of the CA file {shown} can't be used: {why}",
                    certificates.len().max(1)
                );
                unusable(message, "get the file again from whoever runs the authority")
            })?;
        }
        if certificates.is_empty() {
            let message = format!("the CA file {shown} has no certificate in PEM form");
            return Err(unusable(message, "name a file with lines -----BEGIN CERTIFICATE-----"));
        }
        Ok(CaFile { path: path.to_owned(), certificates })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    /// Of the certificates, whatever the file is called.
    pub(crate) fn digest(&self) -> String {
        digest(&self.certificates.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;
    use base64::{Engine, engine::general_purpose::STANDARD};

    /// The certificate of the tests of TLS, as PEM.
    fn pem() -> String {
        let der = include_bytes!("../../tests/oppo/untrusted/certificate.der");
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", STANDARD.encode(der))
    }

    #[test]
    fn the_certificates_of_a_file_are_read_and_its_name_does_not_matter() {
        let world = World::new();
        let one = CaFile::read(&world.file("one.pem", pem())).unwrap();
        let same = CaFile::read(&world.file("same.pem", format!("a comment\n{}", pem()))).unwrap();
        let two = CaFile::read(&world.file("two.pem", [pem(), pem()].concat())).unwrap();
        assert_eq!((one.certificates().len(), two.certificates().len()), (1, 2));
        assert_eq!(one.digest(), same.digest());
        assert_ne!(one.digest(), two.digest());
    }

    #[test]
    fn what_is_no_certificate_is_said() {
        let world = World::new();
        let problem = |content: &[u8]| CaFile::read(&world.file("ca.pem", content)).unwrap_err();
        let junk = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        for (content, says) in [
            ("", "has no certificate in PEM form"),
            ("hello", "has no certificate in PEM form"),
            (junk, "certificate 1 of the CA file"),
            (&[pem(), junk.to_owned()].concat(), "certificate 2 of the CA file"),
            ("-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n", "certificate 1 of the CA file"),
            ("-----BEGIN CERTIFICATE-----\nAAAA\n", "certificate 1 of the CA file"),
        ] {
            let problem = problem(content.as_bytes());
            assert_eq!(problem.kind, Kind::UnreadableFile, "{problem}");
            assert!(problem.message.contains(says), "{problem}");
        }
        assert!(problem(&vec![b' '; 2 << 20]).message.contains("larger than 1 MiB"));
        assert_eq!(CaFile::read(&world.folder.path().join("no")).unwrap_err().kind, Kind::MissingFile);
        assert_eq!(CaFile::read(world.folder.path()).unwrap_err().kind, Kind::UnreadableFile);
    }
}
