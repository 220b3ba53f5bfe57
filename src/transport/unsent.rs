//! Why a request did not leave this machine, and what a person can do about it.
//! Failures after that belong to whoever knows what the request was for.

use crate::failure::{Explain, Kind, Problem};

/// What to do about plain http to another machine.
pub(crate) const INSECURE: &str = "use https; plain http is for 127.0.0.1, [::1] and localhost only, since it shows the secrets to everyone on the way";

/// Nothing was sent. `host` is host and port, `why` the words of the system or the TLS library.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsent {
    #[error("{url} is neither https, nor http to this machine itself")]
    Insecure { url: String },
    #[error("the HTTP client could not be set up: {why}")]
    Setup { why: String },
    #[error("no connection to {host}: {why}")]
    Unreachable { host: String, why: String },
    #[error("no secure connection to {host}: {why}")]
    Tls { host: String, why: String },
}

impl Explain for Unsent {
    fn explain(self) -> Problem {
        let message = self.to_string();
        let (kind, hint) = match self {
            Unsent::Insecure { .. } => (Kind::InsecureEndpoint, INSECURE),
            Unsent::Setup { .. } => (
                Kind::Unreachable,
                "check the proxy variables (HTTPS_PROXY, ALL_PROXY) and this machine's root certificates (SSL_CERT_FILE)",
            ),
            Unsent::Unreachable { .. } => (
                Kind::Unreachable,
                "nothing was sent; check the network, the proxy variables (HTTPS_PROXY, NO_PROXY), and the profile's region and endpoint",
            ),
            Unsent::Tls { .. } => (
                Kind::Tls,
                "nothing was sent; if a proxy of your own re-encrypts the traffic, name its root certificate in SSL_CERT_FILE",
            ),
        };
        Problem::new(kind, message, hint)
    }
}
