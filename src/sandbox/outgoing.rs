//! HTTP clients for what the sandbox itself asks: on this machine alone, or anywhere where a person allowed it.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use rustls::{ClientConfig, RootCertStore};

/// For plain HTTP on this machine. reqwest builds its TLS part all the same and would read the system's certificates for
/// it; with one that trusts no certificate it starts at once, and https never works by accident.
pub(super) fn on_this_machine(connect: Duration) -> Result<Client, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    build(Client::builder().tls_backend_preconfigured(tls).no_proxy(), connect)
}

/// For any host, its certificate verified, proxies of the environment honoured.
pub(super) fn anywhere(connect: Duration) -> Result<Client, String> {
    // Set already means that somebody else in this process was first, with the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    build(Client::builder(), connect)
}

fn build(builder: ClientBuilder, connect: Duration) -> Result<Client, String> {
    let builder = builder.redirect(Policy::none()).connect_timeout(connect);
    builder.build().map_err(|error| innermost(&error))
}

/// What reqwest says of itself adds nothing to the cause.
pub(super) fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
