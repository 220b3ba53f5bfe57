//! Keeps web pages out: the sandbox listens on the same machine as a browser, and a page in it could drive the sandbox.

use std::net::IpAddr;

use hyper::{HeaderMap, Uri, header};

use super::refusal::Refusal;

pub(super) fn check(headers: &HeaderMap, uri: &Uri) -> Result<(), Refusal> {
    let refuse = |id, message: &str| Err(Refusal::new(403, id, message));
    if headers.contains_key(header::ORIGIN) {
        return refuse("forbidden-origin", "the control API does not answer web pages (Origin header)");
    }
    let site = headers.get("sec-fetch-site").map(|value| value.as_bytes());
    if site.is_some_and(|site| site != b"none") {
        return refuse(
            "forbidden-origin",
            "the control API does not answer web pages (Sec-Fetch-Site header)",
        );
    }
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().unwrap_or_default(),
        (None, _) => uri.authority().map(|authority| authority.as_str()).unwrap_or_default(),
        _ => "",
    };
    if is_address(host) {
        return Ok(());
    }
    refuse("forbidden-host", "the Host header must be the IP address the sandbox listens on, or localhost")
}

/// A name other than localhost could be a page's own, pointed at this machine (DNS rebinding); an address can't.
fn is_address(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    bare.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(headers: &[(&'static str, &'static str)]) -> Result<(), &'static str> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        check(&map, &Uri::from_static("/_sandbox/v1/info")).map_err(|refusal| refusal.id())
    }

    #[test]
    fn addresses_and_localhost_pass() {
        for host in
            ["127.0.0.1:8765", "127.0.0.1", "[::1]:80", "[::1]", "localhost:1", "LOCALHOST", "10.0.0.7:80"]
        {
            let mut map = HeaderMap::new();
            map.insert(header::HOST, host.parse().unwrap());
            assert!(check(&map, &Uri::from_static("/")).is_ok(), "{host}");
        }
        assert!(check(&HeaderMap::new(), &Uri::from_static("http://127.0.0.1:1/x")).is_ok());
        assert_eq!(verdict(&[("host", "127.0.0.1"), ("sec-fetch-site", "none")]), Ok(()));
    }

    #[test]
    fn names_and_pages_do_not() {
        for host in
            ["evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "", "user@127.0.0.1"]
        {
            let mut map = HeaderMap::new();
            map.insert(header::HOST, host.parse().unwrap());
            assert!(check(&map, &Uri::from_static("/")).is_err(), "{host}");
        }
        assert_eq!(verdict(&[]), Err("forbidden-host"));
        assert_eq!(verdict(&[("host", "127.0.0.1"), ("host", "127.0.0.1")]), Err("forbidden-host"));
        assert_eq!(verdict(&[("host", "127.0.0.1"), ("origin", "null")]), Err("forbidden-origin"));
        assert_eq!(
            verdict(&[("host", "127.0.0.1"), ("origin", "http://127.0.0.1")]),
            Err("forbidden-origin")
        );
        assert_eq!(
            verdict(&[("host", "127.0.0.1"), ("sec-fetch-site", "cross-site")]),
            Err("forbidden-origin")
        );
    }
}
