//! The variables that name proxies, as far as they are set, without the passwords in them.
//! Which proxy a request takes belongs to `transport`.

use url::Url;

use super::super::evidence::ProxyVariable;
use crate::config::Environment;

/// Both spellings are in use; HTTP_PROXY in capitals can come from a request header under CGI and is read all the same.
const PROXIES: [&str; 6] =
    ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"];
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];

pub(crate) fn proxies(env: &Environment) -> Vec<ProxyVariable> {
    let set = |name: &'static str| env.get_os(name).map(|value| (name, value.to_str()));
    let proxies = PROXIES.into_iter().filter_map(set);
    let exceptions = EXCEPTIONS.into_iter().filter_map(set);
    proxies
        .map(|(name, value)| (name, value.and_then(address)))
        .chain(exceptions.map(|(name, value)| (name, value.map(str::to_owned))))
        .map(|(name, means)| ProxyVariable { name: name.to_owned(), means })
        .collect()
}

/// "http://proxy.example:3128"; the scheme may be left out.
fn address(value: &str) -> Option<String> {
    let with_scheme = if value.contains("://") { value.to_owned() } else { format!("http://{value}") };
    let url = Url::parse(&with_scheme).ok()?;
    let known = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"].contains(&url.scheme());
    let host = url.host_str().filter(|host| known && !host.is_empty())?;
    Some(match url.port() {
        Some(port) => format!("{}://{host}:{port}", url.scheme()),
        None => format!("{}://{host}", url.scheme()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_without_passwords_and_nonsense_is_none() {
        assert_eq!(
            address("http://me:pa55@proxy.example:3128").as_deref(),
            Some("http://proxy.example:3128")
        );
        assert_eq!(address("proxy.example:3128").as_deref(), Some("http://proxy.example:3128"));
        for bad in ["http://", "ftp://proxy.example", "http://proxy.example:port", "not a proxy"] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }
}
