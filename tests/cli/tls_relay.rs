//! A server with a certificate of an authority made for the test, in front of a vendor that speaks plain HTTP.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::TlsAcceptor;

/// Answers on this port of `localhost` for as long as the test runs.
pub struct TlsRelay {
    port: u16,
    /// The authority, as PEM.
    pub authority: String,
}

impl TlsRelay {
    pub fn before(vendor: SocketAddr) -> TlsRelay {
        let params = |name: &str| CertificateParams::new(vec![name.to_owned()]).unwrap();
        let mut of_authority = params("authority.test");
        of_authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(of_authority, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = params("localhost").signed_by(&key, &authority).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || serve(listener, TlsAcceptor::from(Arc::new(config)), vendor));
        TlsRelay { port, authority: authority.pem() }
    }

    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }
}

fn serve(listener: TcpListener, acceptor: TlsAcceptor, vendor: SocketAddr) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        listener.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let mut client = acceptor.accept(stream).await.ok()?;
                let mut behind = tokio::net::TcpStream::connect(vendor).await.ok()?;
                tokio::io::copy_bidirectional(&mut client, &mut behind).await.ok()
            });
        }
    });
}
