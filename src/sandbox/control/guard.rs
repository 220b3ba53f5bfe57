//! Who may use the control API: no web page but the sandbox's own, and beyond this machine whoever has the token.

use hyper::{Method, header};
use sha2::{Digest, Sha256};

use super::refusal::{Answered, Refusal, done};
use super::token::ControlToken;
use crate::listen::Request;

/// The sandbox listens on the same machine as a browser, and another page in it could drive the sandbox.
pub(super) fn check(request: &Request, token: Option<&ControlToken>) -> Result<(), Refusal> {
    let foreign = |header: &str| {
        let message = format!("the control API does not answer other web pages ({header} header)");
        Err(Refusal::new(403, "forbidden-origin", message))
    };
    if request.headers.contains_key(header::ORIGIN) && !is_own_page(request) {
        return foreign("Origin");
    }
    let site = request.headers.get("sec-fetch-site").map(|value| value.as_bytes());
    if site.is_some_and(|site| !matches!(site, b"none" | b"same-origin")) {
        return foreign("Sec-Fetch-Site");
    }
    match token {
        Some(token) if !request.bears(token.reveal()) && !has_session(request, token) => {
            Err(Refusal::no_token())
        }
        _ => Ok(()),
    }
}

/// Whether the page that asks came from this address. The listener has checked the Host.
fn is_own_page(request: &Request) -> bool {
    let origin = request.header("origin").unwrap_or_default();
    let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    host.is_some_and(|host| !host.is_empty() && request.header("host") == Some(host))
}

/// Whether the page has opened a session. A browser says with every change where it comes from.
fn has_session(request: &Request, token: &ControlToken) -> bool {
    let Some((name, value)) = session(request.header("host").unwrap_or_default(), token) else {
        return false;
    };
    let cookies = request.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let own = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let known = own.into_iter().any(|(given, text)| given == name && text == value);
    known && (matches!(request.method, Method::GET | Method::HEAD) || is_own_page(request))
}

/// The cookie of a session: its name, for a browser sends cookies to every port of a host, and its value. Such a port
/// does not learn the token from it.
fn session(host: &str, token: &ControlToken) -> Option<(String, String)> {
    let port = host.rsplit_once(':').map_or("80", |(_, port)| port);
    port.bytes().all(|byte| byte.is_ascii_digit()).then(|| {
        let digest = Sha256::digest(format!("opush sandbox session\n{}", token.reveal()));
        let value = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        (format!("opush_sandbox_{port}"), value)
    })
}

/// Gives the page, which sent the token, a cookie in its place: a stream of events can't carry a header.
pub(super) fn open_session(request: &Request, token: Option<&ControlToken>) -> Answered {
    let cookie = token.and_then(|token| session(request.header("host").unwrap_or_default(), token));
    let response = done()?;
    Ok(match cookie {
        Some((name, value)) => {
            response.with("set-cookie", format!("{name}={value}; Path=/_sandbox; HttpOnly; SameSite=Strict"))
        }
        None => response,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "0123456789abcdef";

    fn request(method: &str, headers: &[(&'static str, &str)]) -> Request {
        let mut request = hyper::Request::builder().method(method).uri("/_sandbox/v1/info");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (head, body) = request.body(Default::default()).unwrap().into_parts();
        Request { method: head.method, uri: head.uri, headers: head.headers, body }
    }

    fn verdict(headers: &[(&'static str, &str)], token: Option<&str>) -> Result<(), &'static str> {
        let token = token.map(ControlToken::new);
        check(&request("GET", headers), token.as_ref()).map_err(|refusal| refusal.id())
    }

    #[test]
    fn only_the_own_page_is_answered() {
        let host = ("host", "127.0.0.1:8765");
        for headers in [
            &[][..],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "same-origin"), host],
            &[("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:8765"), host],
            &[("origin", "https://127.0.0.1:8765"), host],
        ] {
            assert_eq!(verdict(headers, None), Ok(()), "{headers:?}");
        }
        for header in [
            ("origin", "null"),
            ("origin", ""),
            ("origin", "http://"),
            ("origin", "http://127.0.0.1"),
            ("origin", "http://127.0.0.1:3000"),
            ("origin", "http://127.0.0.1:8765.evil.example"),
            ("origin", "file://127.0.0.1:8765"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert_eq!(verdict(&[header, host], None), Err("forbidden-origin"), "{header:?}");
        }
        assert_eq!(verdict(&[("origin", "http://")], None), Err("forbidden-origin"));
    }

    #[test]
    fn where_there_is_a_token_it_is_needed() {
        let token = Some(TOKEN);
        assert_eq!(verdict(&[("authorization", "Bearer 0123456789abcdef")], token), Ok(()));
        for headers in [
            &[][..],
            &[("authorization", "Bearer 0123456789abcdeF")],
            &[("authorization", "Bearer ")],
            &[("authorization", "Basic 0123456789abcdef")],
            &[("cookie", "opush_sandbox_8765=0123456789abcdef"), ("host", "127.0.0.1:8765")],
            &[("cookie", "opush_sandbox_8765="), ("host", "127.0.0.1:8765")],
        ] {
            assert_eq!(verdict(headers, token), Err("unauthorized"), "{headers:?}");
        }
    }

    #[test]
    fn a_session_stands_for_the_token_and_does_not_show_it() {
        let token = ControlToken::new(TOKEN);
        let host = ("host", "192.168.1.5:8765");
        let opened = open_session(&request("POST", &[host]), Some(&token)).unwrap();
        let (_, cookie) = opened.headers.iter().find(|(name, _)| *name == "set-cookie").unwrap();
        assert!(cookie.contains("; HttpOnly; SameSite=Strict") && !cookie.contains(TOKEN), "{cookie}");
        let pair = format!("other=1; {}", cookie.split(';').next().unwrap());
        let cookie = ("cookie", pair.as_str());
        let verdict = |method, headers: &[(&'static str, &str)]| {
            check(&request(method, headers), Some(&token)).map_err(|refusal| refusal.id())
        };
        assert_eq!(verdict("GET", &[cookie, host]), Ok(()));
        assert_eq!(verdict("POST", &[cookie, host, ("origin", "http://192.168.1.5:8765")]), Ok(()));
        // Not from elsewhere, and not without saying from where.
        assert_eq!(verdict("POST", &[cookie, host]), Err("unauthorized"));
        assert_eq!(verdict("GET", &[cookie, ("host", "192.168.1.5:8766")]), Err("unauthorized"));
        let foreign = ("origin", "http://192.168.1.5:80");
        assert_eq!(verdict("POST", &[cookie, host, foreign]), Err("forbidden-origin"));
        assert!(open_session(&request("POST", &[host]), None).unwrap().headers.len() == 1, "no cookie");
    }
}
