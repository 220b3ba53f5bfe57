//! Which names a listener answers to: a web page that points a name of its own at this machine must not reach it.

use std::net::IpAddr;

use hyper::{HeaderMap, Uri, header};

use super::exchange::Fault;

/// Characters of a foreign name that are shown.
pub(super) const SHOWN: usize = 100;

/// The names in the Host header that are answered.
#[derive(Clone, Debug)]
pub(super) enum Hosts {
    /// Other machines reach the listener, by whatever name.
    Any,
    /// An address, `localhost`, or one of these names.
    Here(Vec<String>),
}

impl Hosts {
    /// These names are answered too.
    pub(super) fn add(&mut self, more: &[String]) {
        if let Hosts::Here(names) = self {
            names.extend_from_slice(more);
        }
    }

    pub(super) fn check(&self, headers: &HeaderMap, uri: &Uri) -> Result<(), Fault> {
        let Hosts::Here(names) = self else { return Ok(()) };
        let mut given = headers.get_all(header::HOST).iter();
        let host = match (given.next(), given.next()) {
            (Some(host), None) => host.to_str().unwrap_or_default(),
            (None, _) => uri.authority().map(|authority| authority.as_str()).unwrap_or_default(),
            _ => "",
        };
        let name = without_port(host);
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        let same = |known: &str| bare.trim_end_matches('.').eq_ignore_ascii_case(known);
        // A page can't be led to this machine by an address or by localhost, only by a name of its own (DNS rebinding).
        if bare.parse::<IpAddr>().is_ok() || same("localhost") || names.iter().any(|known| same(known)) {
            return Ok(());
        }
        Err(Fault::ForeignHost { host: host.chars().take(SHOWN).collect() })
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(hosts: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, host.parse().unwrap());
        }
        Hosts::Here(vec!["push.example.com".into()]).check(&headers, &Uri::from_static("/")).is_ok()
    }

    #[test]
    fn addresses_localhost_and_allowed_names_pass() {
        for host in [
            "127.0.0.1:8765",
            "127.0.0.1",
            "[::1]:80",
            "[::1]",
            "localhost:1",
            "LOCALHOST",
            "10.0.0.7:80",
            "push.example.com",
            "Push.Example.com.:443",
        ] {
            assert!(admits(&[host]), "{host}");
        }
        let uri = Uri::from_static("http://127.0.0.1:1/x");
        assert!(Hosts::Here(Vec::new()).check(&HeaderMap::new(), &uri).is_ok());
        assert!(Hosts::Any.check(&HeaderMap::new(), &Uri::from_static("/")).is_ok());
    }

    #[test]
    fn other_names_none_and_two_do_not() {
        for host in [
            "evil.example",
            "localhost.evil.example:80",
            "127.0.0.1.evil.example",
            "a.push.example.com",
            "user@127.0.0.1",
            "",
        ] {
            assert!(!admits(&[host]), "{host}");
        }
        assert!(!admits(&[]));
        assert!(!admits(&["127.0.0.1", "127.0.0.1"]));
    }
}
