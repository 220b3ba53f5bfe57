//! How far a host can be reached, step by step: name, connection, TLS, an answer in HTTP. One harmless GET, nothing secret.
//! What a failed step means, and what to do about it, belongs to whoever asked.

use std::time::{Duration, Instant};

use hyper::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use url::Url;

use super::{Fault, Outgoing, Transport, Unsent, host_of, is_loopback, no_proxy_at_all};

/// One step of the way. The texts are for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Step {
    /// What was seen.
    Done(String),
    Failed(String),
    /// An earlier step failed.
    #[default]
    NotReached,
    /// The way has no such step: an address needs no name server, plain http no TLS.
    NotNeeded,
}

impl Step {
    pub(crate) fn failed(&self) -> Option<&str> {
        match self {
            Step::Failed(why) => Some(why),
            _ => None,
        }
    }
}

/// What came of a probe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Probed {
    /// Host and port.
    pub(crate) host: String,
    /// Host and port of the proxy on the way, without its credentials. Name and connection are then the proxy's.
    pub(crate) proxy: Option<String>,
    pub(crate) name: Step,
    pub(crate) connection: Step,
    pub(crate) tls: Step,
    pub(crate) answer: Step,
    /// The answer's Date header.
    pub(crate) date: Option<String>,
    /// From the first step to the answer.
    pub(crate) took: Duration,
}

impl Probed {
    /// Name or connection where they are the endpoint's own, not the proxy's.
    pub(crate) fn own<'a>(&self, step: &'a Step) -> &'a Step {
        if self.proxy.is_some() { &Step::NotNeeded } else { step }
    }
}

/// All of them at once, in their order. Each goes as far as it gets; each step may take `limit`. Needs a tokio runtime with
/// time and io.
pub(crate) async fn probe(urls: Vec<Url>, authorities: &[Vec<u8>], limit: Duration) -> Vec<Probed> {
    let mut running = tokio::task::JoinSet::new();
    for (number, url) in urls.into_iter().enumerate() {
        let authorities = authorities.to_vec();
        running.spawn(async move {
            let started = Instant::now();
            let probed = one(&url, &authorities, limit).await;
            (number, Probed { took: started.elapsed(), ..probed })
        });
    }
    let mut done = running.join_all().await;
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, probed)| probed).collect()
}

async fn one(url: &Url, authorities: &[Vec<u8>], limit: Duration) -> Probed {
    let proxy = proxy_for(url);
    let (target, shown) = match &proxy {
        Some(proxy) => (authority(proxy), Some(authority(proxy))),
        None => (host_of(url), None),
    };
    let mut probed = Probed { host: host_of(url), proxy: shown, ..Probed::default() };
    let Some(addresses) = name(&target, limit, &mut probed).await else { return probed };
    probed.connection = connection(&addresses, limit).await;
    if probed.connection.failed().is_none() {
        request(url, authorities, limit, &mut probed).await;
    }
    probed
}

/// The proxy that requests to this URL go through: the same choice as the client's.
fn proxy_for(url: &Url) -> Option<Uri> {
    if is_loopback(url) || no_proxy_at_all() {
        return None;
    }
    let destination: Uri = url.as_str().parse().ok()?;
    Matcher::from_system().intercept(&destination).map(|intercepted| intercepted.uri().clone())
}

/// Host and port, never the user and password that may be before them.
fn authority(proxy: &Uri) -> String {
    let port = proxy.port_u16().unwrap_or(match proxy.scheme_str() {
        Some("https") => 443,
        Some(scheme) if scheme.starts_with("socks") => 1080,
        _ => 80,
    });
    format!("{}:{port}", proxy.host().unwrap_or_default())
}

async fn name(target: &str, limit: Duration, probed: &mut Probed) -> Option<Vec<std::net::SocketAddr>> {
    if let Ok(address) = target.parse() {
        probed.name = Step::NotNeeded;
        return Some(vec![address]);
    }
    let why = match timeout(limit, lookup_host(target)).await {
        Err(_) => "the name server did not answer in time".to_owned(),
        Ok(Err(error)) => error.to_string().replace("failed to lookup address information: ", ""),
        Ok(Ok(found)) => {
            let addresses: Vec<_> = found.collect();
            let mut ips: Vec<String> = addresses.iter().map(|address| address.ip().to_string()).collect();
            ips.dedup();
            if !ips.is_empty() {
                probed.name = Step::Done(ips.join(", "));
                return Some(addresses);
            }
            "the name has no address".to_owned()
        }
    };
    probed.name = Step::Failed(why);
    None
}

/// To the first address that takes one.
async fn connection(addresses: &[std::net::SocketAddr], limit: Duration) -> Step {
    let mut why = String::new();
    for address in addresses {
        match timeout(limit, TcpStream::connect(address)).await {
            Ok(Ok(_)) => return Step::Done(address.to_string()),
            Ok(Err(error)) => why = format!("{address}: {error}"),
            Err(_) => why = format!("{address}: no answer in time"),
        }
    }
    Step::Failed(why)
}

async fn request(url: &Url, authorities: &[Vec<u8>], limit: Duration, probed: &mut Probed) {
    let secure = url.scheme() == "https";
    let tls = if secure { Step::Done("the certificate is valid".to_owned()) } else { Step::NotNeeded };
    let reply = match Transport::new(url, authorities, limit) {
        Ok(transport) => transport.send(url, &[], Outgoing::Get, limit, |_| ()).await,
        Err(unsent) => Err(Fault::NotSent(unsent, false)),
    };
    match reply {
        Ok(reply) => {
            probed.tls = tls;
            probed.answer = Step::Done(format!("HTTP {}", reply.status));
            probed.date = reply.date;
        }
        Err(Fault::NotSent(Unsent::Tls { why, .. }, _)) => probed.tls = Step::Failed(why),
        Err(Fault::NotSent(unsent, _)) => {
            let why = match unsent {
                Unsent::Unreachable { why, .. } | Unsent::Setup { why } => why,
                other => other.to_string(),
            };
            // The connection itself was just seen to work; what failed is what comes next on the way.
            match (&probed.proxy, secure) {
                (Some(_), _) => probed.connection = Step::Failed(format!("it did not let through: {why}")),
                (None, true) => probed.tls = Step::Failed(why),
                (None, false) => probed.connection = Step::Failed(why),
            }
        }
        Err(fault) => {
            probed.tls = tls;
            probed.answer = Step::Failed(fault.words());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxys_password_is_not_shown() {
        let shown = |proxy: &str| authority(&proxy.parse().unwrap());
        assert_eq!(shown("http://me:pa55@proxy.example:3128"), "proxy.example:3128");
        assert_eq!(shown("http://proxy.example"), "proxy.example:80");
        assert_eq!(shown("socks5://proxy.example"), "proxy.example:1080");
    }
}
