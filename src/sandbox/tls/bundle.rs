//! The system's authorities with one more, for programs that take a single file in the place of the system's.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::{CertificateDer, pem::PemObject};

/// The system's, as far as they can be read, and this one, which is in PEM.
pub(super) fn with_system_roots(own: &str) -> io::Result<Vec<CertificateDer<'static>>> {
    let own = CertificateDer::from_pem_slice(own.as_bytes()).map_err(io::Error::other)?;
    let mut all = rustls_native_certs::load_native_certs().certs;
    all.push(own);
    Ok(all)
}

pub(super) fn pem(certificates: &[CertificateDer<'_>]) -> String {
    let mut text = String::new();
    for certificate in certificates {
        let encoded = STANDARD.encode(certificate);
        text.push_str("-----BEGIN CERTIFICATE-----\n");
        let mut rest = encoded.as_str();
        while !rest.is_empty() {
            let (line, after) = rest.split_at(rest.len().min(64));
            text.push_str(line);
            text.push('\n');
            rest = after;
        }
        text.push_str("-----END CERTIFICATE-----\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read_again() {
        let certificates = [CertificateDer::from(vec![1; 100]), CertificateDer::from(vec![2; 48])];
        let text = pem(&certificates);
        let read: Vec<_> = CertificateDer::pem_slice_iter(text.as_bytes()).collect::<Result<_, _>>().unwrap();
        assert_eq!(read, certificates);
        assert!(text.lines().all(|line| line.len() <= 64));
    }
}
