//! A certificate authority for the hosts of OPPO and the IM server alone, kept while it is valid.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use serde::{Deserialize, Serialize};

use super::files::put;
use super::hosts;

const FILE: &str = "authority.json";
const LOCK: &str = "authority.lock";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const VALID_DAYS: i64 = 30;

/// As it is kept: certificate and key in PEM.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Authority {
    pub(super) certificate: String,
    key: String,
    pub(super) expires_at_ms: i64,
    hosts: Vec<String>,
}

impl Authority {
    /// The one that is kept in this folder, else a new one.
    pub(super) fn open(folder: &Path, now: i64) -> io::Result<Authority> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let lock = OpenOptions::new().create(true).append(true).mode(0o600).open(folder.join(LOCK))?;
        lock.lock()?;
        if let Some(kept) = kept(folder, now) {
            return Ok(kept);
        }
        let made = make(now).map_err(io::Error::other)?;
        put(&folder.join(FILE), &serde_json::to_vec(&made)?, 0o600)?;
        Ok(made)
    }

    /// Whether it is to be used no longer: a new one is made a day before this one ends.
    pub(super) fn is_over(&self, now: i64) -> bool {
        self.expires_at_ms - now < DAY_MS
    }

    /// One certificate for all the hosts, for as long as the authority is valid.
    pub(super) fn served(&self) -> io::Result<Served> {
        let certified = self.certify().map_err(io::Error::other)?;
        Ok(Served(RwLock::new(Arc::new(certified))))
    }

    fn certify(&self) -> Result<CertifiedKey, rcgen::Error> {
        let issuer = Issuer::new(params(self.expires_at_ms), KeyPair::from_pem(&self.key)?);
        let mut params = CertificateParams::new(hosts::all())?;
        params.distinguished_name = common_name(hosts::OPPO[0]);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        // Python 3.13 and later ask for it.
        params.use_authority_key_identifier_extension = true;
        valid_until(&mut params, self.expires_at_ms);
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &issuer)?;
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let key =
            ring::sign::any_supported_type(&key.into()).map_err(|_| rcgen::Error::CouldNotParseKeyPair)?;
        Ok(CertifiedKey::new(vec![certificate.der().clone()], key))
    }
}

/// The certificate for every host, which may be replaced; a client that asks for another name gets none.
#[derive(Debug)]
pub(super) struct Served(RwLock<Arc<CertifiedKey>>);

impl Served {
    pub(super) fn config(self: &Arc<Served>) -> io::Result<Arc<ServerConfig>> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_cert_resolver(self.clone());
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    /// From now on connections get a certificate of this authority.
    pub(super) fn replace(&self, authority: &Authority) -> io::Result<()> {
        let certified = Arc::new(authority.certify().map_err(io::Error::other)?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = certified;
        Ok(())
    }

    fn current(&self) -> Arc<CertifiedKey> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ResolvesServerCert for Served {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let is_other = hello.server_name().is_some_and(|name| hosts::service(name).is_none());
        (!is_other).then(|| self.current())
    }
}

/// `None` where none is kept that holds for another day, for these hosts, and that no other user could read.
fn kept(folder: &Path, now: i64) -> Option<Authority> {
    let path = folder.join(FILE);
    let is_private = std::fs::metadata(&path).ok()?.permissions().mode() & 0o077 == 0;
    let kept: Authority = serde_json::from_slice(&std::fs::read(&path).ok()?).ok()?;
    // One that begins in the future was made while the clock was ahead.
    let is_valid = !kept.is_over(now) && kept.expires_at_ms - now <= VALID_DAYS * DAY_MS;
    let usable = is_private && is_valid && kept.hosts == hosts::all() && KeyPair::from_pem(&kept.key).is_ok();
    usable.then_some(kept)
}

fn make(now: i64) -> Result<Authority, rcgen::Error> {
    let expires_at_ms = now + VALID_DAYS * DAY_MS;
    let key = KeyPair::generate()?;
    let certificate = params(expires_at_ms).self_signed(&key)?.pem();
    Ok(Authority { certificate, key: key.serialize_pem(), expires_at_ms, hosts: hosts::all() })
}

fn params(expires_at_ms: i64) -> CertificateParams {
    let any_address = [CidrSubnet::V4([0; 4], [0; 4]), CidrSubnet::V6([0; 16], [0; 16])];
    let mut params = CertificateParams::default();
    params.distinguished_name = common_name("opush sandbox, for tests alone");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: hosts::all().into_iter().map(GeneralSubtree::DnsName).collect(),
        excluded_subtrees: any_address.map(GeneralSubtree::IpAddress).into(),
    });
    valid_until(&mut params, expires_at_ms);
    params
}

/// A day longer than it is meant for, at its beginning: clocks differ.
fn valid_until(params: &mut CertificateParams, expires_at_ms: i64) {
    let at = |ms: i64| date_time_ymd(1970, 1, 1) + Duration::from_millis(ms.max(0).unsigned_abs());
    params.not_before = at(expires_at_ms - (VALID_DAYS + 1) * DAY_MS);
    params.not_after = at(expires_at_ms);
}

fn common_name(name: &str) -> DistinguishedName {
    let mut all = DistinguishedName::new();
    all.push(DnType::CommonName, name);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::RootCertStore;
    use rustls::client::WebPkiServerVerifier;
    use rustls::client::danger::ServerCertVerifier;
    use rustls::pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject};

    const NOW: i64 = 1_800_000_000_000;

    fn trusting(authority: &Authority) -> Arc<WebPkiServerVerifier> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(authority.certificate.as_bytes()).unwrap()).unwrap();
        let provider = Arc::new(ring::default_provider());
        WebPkiServerVerifier::builder_with_provider(roots.into(), provider).build().unwrap()
    }

    fn verifies(authority: &Authority, certificate: &CertificateDer, name: &str, at_ms: i64) -> bool {
        let at = UnixTime::since_unix_epoch(Duration::from_millis(at_ms as u64));
        let name = ServerName::try_from(name.to_owned()).unwrap();
        trusting(authority).verify_server_cert(certificate, &[], &name, &[], at).is_ok()
    }

    #[test]
    fn its_certificate_is_for_every_host_for_thirty_days() {
        let authority = make(NOW).unwrap();
        let certified = authority.certify().unwrap();
        for name in hosts::all() {
            assert!(verifies(&authority, &certified.cert[0], &name, NOW), "{name}");
        }
        let first = hosts::OPPO[0];
        assert!(!verifies(&authority, &certified.cert[0], "example.com", NOW));
        assert!(verifies(&authority, &certified.cert[0], first, NOW + 30 * DAY_MS - 1000));
        assert!(!verifies(&authority, &certified.cert[0], first, NOW + 30 * DAY_MS + 1000));
        assert!(!verifies(&make(NOW).unwrap(), &certified.cert[0], first, NOW));
    }

    #[test]
    fn whoever_gets_its_key_can_pass_for_no_other_host() {
        let authority = make(NOW).unwrap();
        let issuer = Issuer::new(params(NOW), KeyPair::from_pem(&authority.key).unwrap());
        for name in ["example.com", "oppomobile.com", "www.qq.com", "127.0.0.1", "::1"] {
            let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
            let forged = params.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap();
            assert!(!verifies(&authority, forged.der(), name, NOW), "{name}");
        }
    }

    #[test]
    fn what_is_served_is_replaced_by_what_a_new_one_has_signed() {
        let (old, new) = (make(NOW).unwrap(), make(NOW + 29 * DAY_MS).unwrap());
        let served = Arc::new(old.served().unwrap());
        let verified = |by: &Authority, at| verifies(by, &served.current().cert[0], hosts::OPPO[0], at);
        let later = NOW + 40 * DAY_MS;
        assert_eq!((verified(&old, NOW), verified(&new, later)), (true, false));
        served.replace(&new).unwrap();
        assert_eq!((verified(&old, NOW), verified(&new, later)), (false, true));
    }

    #[test]
    fn it_is_kept_while_it_is_valid_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let folder = &folder.path().join("deep");
        let open = |now| Authority::open(folder, now).unwrap().certificate;
        let first = open(NOW);
        assert_eq!(std::fs::metadata(folder.join(FILE)).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(open(NOW + 29 * DAY_MS), first);
        let second = open(NOW + 29 * DAY_MS + 1);
        assert_ne!(second, first);
        // The clock was far ahead: valid from a time that has not come.
        let third = open(NOW);
        assert_ne!(third, second);
        std::fs::set_permissions(folder.join(FILE), std::fs::Permissions::from_mode(0o640)).unwrap();
        let fourth = open(NOW);
        assert_ne!(fourth, third);
        put(&folder.join(FILE), b"{\"certificate\":", 0o600).unwrap();
        assert_ne!(open(NOW), fourth);
    }
}
