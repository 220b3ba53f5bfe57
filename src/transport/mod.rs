//! One request over HTTP, once: TLS verified, no redirects, bounded in time and size, and honest about what may have left.
//! What is sent, what the answer means, and whether to try again belong to `oppo` and `im`.

mod probe;

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use url::{Host, Url};

use crate::failure::{Explain, Kind, Problem};

pub(crate) use probe::{Probed, Step, probe};

/// Sent with every request.
pub(crate) const USER_AGENT: &str = concat!("opush/", env!("CARGO_PKG_VERSION"));

/// No answer of a vendor is anywhere near this long.
pub(crate) const MAX_ANSWER: usize = 1024 * 1024;

/// A connection to one host, kept alive between calls. Needs a tokio runtime with time and io.
#[derive(Debug)]
pub(crate) struct Transport {
    client: reqwest::Client,
    host: String,
}

/// How a request is made, and what it carries.
#[derive(Debug)]
pub(crate) enum Outgoing {
    /// Everything is in the URL.
    Get,
    Post(String),
    /// A body that is not text.
    Upload(Vec<u8>),
}

/// An answer, as it came.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) date: Option<String>,
    pub(crate) content_type: Option<String>,
    /// For a redirect, where to; never followed.
    pub(crate) redirect: Option<String>,
    pub(crate) body: Vec<u8>,
    /// `false` if the body was longer than [`MAX_ANSWER`] and is cut.
    pub(crate) whole: bool,
}

/// Why there is no complete answer.
#[derive(Debug)]
pub(crate) enum Fault {
    /// There was no connection, so not a byte of the request left. The flag: another try could find one.
    NotSent(Unsent, bool),
    /// The request may have arrived; no whole answer came.
    TimedOut,
    /// The request may have arrived; the connection broke before the answer was complete.
    Lost(String),
    /// The request may have arrived; what came back is not HTTP.
    Garbled(String),
}

impl Transport {
    /// For the host of `base`, which may have a certificate of one of these authorities (DER) too; a connection may take as
    /// long as `connect`.
    pub(crate) fn new(base: &Url, authorities: &[Vec<u8>], connect: Duration) -> Result<Transport, Unsent> {
        let loopback = is_loopback(base);
        let secure = base.scheme() == "https";
        if !secure && !loopback {
            return Err(Unsent::Insecure { url: base.to_string() });
        }
        // A second call finds one installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(reqwest::redirect::Policy::none())
            // Retrying is decided where it is known whether a repeat is harmless.
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_title_case_headers()
            .connect_timeout(connect);
        if no_proxy_at_all() {
            builder = builder.no_proxy();
        }
        if loopback {
            // A proxy could not reach this machine, and "localhost" may mean no other machine.
            let here = [(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()];
            builder = builder.no_proxy().resolve_to_addrs("localhost", &here);
        }
        if secure {
            let roots = authorities.iter().map(|der| reqwest::Certificate::from_der(der));
            let roots = roots.collect::<Result<Vec<_>, _>>();
            let roots = roots.map_err(|error| Unsent::Setup { why: deepest(&error) })?;
            builder = builder.tls_certs_merge(roots);
        } else {
            // Reading the system's root certificates takes longer than a whole send to a sandbox. With none at all, no
            // TLS connection could succeed; nothing is let through unverified.
            builder = builder.tls_certs_only([]);
        }
        let client = builder.build().map_err(|error| Unsent::Setup { why: deepest(&error) })?;
        Ok(Transport { client, host: host_of(base) })
    }

    /// Host and port, for messages.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Sends the request once and waits for the answer, `limit` in all. `head` is given the status as soon as it is known,
    /// also where the rest never comes.
    pub(crate) async fn send(
        &self,
        url: &Url,
        headers: &[(&str, &str)],
        outgoing: Outgoing,
        limit: Duration,
        head: impl FnOnce(u16),
    ) -> Result<Reply, Fault> {
        let mut request = match outgoing {
            Outgoing::Get => self.client.get(url.clone()),
            Outgoing::Post(body) => self.client.post(url.clone()).body(body),
            Outgoing::Upload(body) => self.client.post(url.clone()).body(body),
        };
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.timeout(limit).send().await.map_err(|error| self.fault(error))?;
        let status = response.status().as_u16();
        head(status);
        let header =
            |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let date = header("date");
        let content_type = header("content-type");
        let redirect =
            (300..400).contains(&status).then(|| header("location").unwrap_or_else(|| "nowhere".into()));

        let mut body = Vec::new();
        let mut whole = true;
        while let Some(chunk) = response.chunk().await.map_err(|error| self.fault(error))? {
            let room = MAX_ANSWER - body.len();
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                whole = false;
                break;
            }
        }
        Ok(Reply { status, date, content_type, redirect, body, whole })
    }

    /// Sorts a failure by what may have left this machine.
    ///
    /// `is_connect` holds only for failures of the connector, which has done its work (name, TCP, proxy, TLS) before
    /// the first byte of a request is written; hyper's pool hands a request back unwritten, and connects anew, if an idle
    /// connection turns out to be closed. Every other failure is taken as "may have arrived": while writing, while waiting
    /// (also when the try's time ran out), and while reading the answer.
    fn fault(&self, error: reqwest::Error) -> Fault {
        let host = self.host.clone();
        // A URL may carry a secret in its query.
        let error = error.without_url();
        let why = deepest(&error);
        if error.is_builder() {
            Fault::NotSent(Unsent::Setup { why }, false)
        } else if error.is_connect() && find::<rustls::Error>(&error).is_some() {
            // A certificate does not become better by asking again.
            Fault::NotSent(Unsent::Tls { host, why }, false)
        } else if error.is_connect() && error.is_timeout() {
            Fault::NotSent(Unsent::Unreachable { host, why: "it did not answer in time".to_owned() }, true)
        } else if error.is_connect() {
            Fault::NotSent(Unsent::Unreachable { host, why }, true)
        } else if error.is_timeout() {
            Fault::TimedOut
        } else if find::<hyper::Error>(&error).is_some_and(hyper::Error::is_parse) {
            Fault::Garbled(why)
        } else {
            Fault::Lost(why)
        }
    }
}

impl Fault {
    /// For logs and the history.
    pub(crate) fn words(&self) -> String {
        match self {
            Fault::NotSent(unsent, _) => unsent.to_string(),
            Fault::TimedOut => "no complete answer in time".to_owned(),
            Fault::Lost(why) => format!("the connection broke: {why}"),
            Fault::Garbled(why) => format!("the answer is not HTTP: {why}"),
        }
    }
}

/// `NO_PROXY=*` means every host, addresses too, for which the library's matcher takes only names.
pub(crate) fn no_proxy_at_all() -> bool {
    let list = ["NO_PROXY", "no_proxy"].into_iter().find_map(|name| std::env::var(name).ok());
    list.is_some_and(|list| list.split(',').any(|host| host.trim() == "*"))
}

/// Whether the URL can only mean this machine: `localhost`, 127.0.0.0/8 or ::1. (The client resolves `localhost`
/// itself, so that no name server can send it elsewhere.)
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => IpAddr::from(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::from(ip).to_canonical().is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn host_of(url: &Url) -> String {
    match (url.host_str(), url.port_or_known_default()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        _ => url.to_string(),
    }
}

/// The innermost error's words: the layers above only say that a request failed.
fn deepest(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map_or_else(String::new, |error| error.to_string())
}

fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    chain(error).find_map(|error| error.downcast_ref::<E>())
}

/// An error and its sources. An `io::Error` names as its source the source of the error it holds; here, that error itself.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    })
}

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
                "nothing was sent; if a proxy or a server of your own has a certificate of another authority, name that in ca_file of the profile or by --ca-file",
            ),
        };
        Problem::new(kind, message, hint)
    }
}
