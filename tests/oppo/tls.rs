//! TLS is always verified: a server that cannot prove its name gets no request.
//! The certificate under `untrusted/` is for localhost, signed by nobody but itself, and used nowhere else.

use crate::setup::{AMPLE, MemoryCache, client, push, reg_id};
use opush::failure::{Explain, Kind};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;

/// Serves one connection, and says which port, and later what `serve` made of it.
fn serve_one<T: Send + 'static>(serve: impl FnOnce(TcpStream) -> T + Send + 'static) -> (u16, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    let server = std::thread::spawn(move || serve(listener.accept().expect("a connection").0));
    (port, server)
}

fn refused_at(url: &str) -> String {
    let error = push(&client(url, AMPLE), &MemoryCache::empty(), &reg_id()).expect_err("no TLS");
    assert_eq!(error.exchanges.len(), 1, "a certificate is not asked for twice");
    let shown = error.to_string();
    assert_eq!(error.explain().kind, Kind::Tls, "{shown}");
    shown
}

#[test]
fn a_tls_certificate_without_a_trusted_issuer_gets_no_request() {
    let (port, server) = serve_one(|stream| {
        let certificate = CertificateDer::from(include_bytes!("untrusted/certificate.der").as_slice());
        let key = PrivatePkcs8KeyDer::from(include_bytes!("untrusted/key.der").as_slice());
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the usual versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key.into())
            .expect("a pair");
        let connection = ServerConnection::new(Arc::new(config)).expect("a server");
        let mut received = Vec::new();
        let _ = StreamOwned::new(connection, stream).read_to_end(&mut received);
        received
    });
    let shown = refused_at(&format!("https://localhost:{port}"));
    assert!(shown.contains("invalid peer certificate"), "{shown}");
    assert_eq!(server.join().expect("served"), b"");
}

#[test]
fn plain_text_where_tls_is_expected_is_a_tls_failure() {
    let (port, server) = serve_one(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        let _ = stream.read_to_end(&mut Vec::new());
    });
    refused_at(&format!("https://127.0.0.1:{port}"));
    server.join().expect("served");
}
