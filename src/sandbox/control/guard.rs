//! Who may use the control API: no web page, and beyond this machine whoever has the token.

use hyper::header;

use super::refusal::Refusal;
use super::token::ControlToken;
use crate::listen::Request;

/// The sandbox listens on the same machine as a browser, and a page in it could drive the sandbox.
pub(super) fn check(request: &Request, token: Option<&ControlToken>) -> Result<(), Refusal> {
    let page = |header: &str| {
        let message = format!("the control API does not answer web pages ({header} header)");
        Err(Refusal::new(403, "forbidden-origin", message))
    };
    if request.headers.contains_key(header::ORIGIN) {
        return page("Origin");
    }
    let site = request.headers.get("sec-fetch-site").map(|value| value.as_bytes());
    if site.is_some_and(|site| site != b"none") {
        return page("Sec-Fetch-Site");
    }
    match token {
        Some(token) if !request.bears(token.reveal()) => Err(Refusal::no_token()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(headers: &[(&'static str, &'static str)], token: Option<&str>) -> Result<(), &'static str> {
        let mut request = hyper::Request::get("/_sandbox/v1/info");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (head, body) = request.body(Default::default()).unwrap().into_parts();
        let request = Request { method: head.method, uri: head.uri, headers: head.headers, body };
        check(&request, token.map(ControlToken::new).as_ref()).map_err(|refusal| refusal.id())
    }

    #[test]
    fn pages_are_refused() {
        assert_eq!(verdict(&[], None), Ok(()));
        assert_eq!(verdict(&[("sec-fetch-site", "none")], None), Ok(()));
        for header in [
            ("origin", "null"),
            ("origin", "http://127.0.0.1"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-origin"),
        ] {
            assert_eq!(verdict(&[header], None), Err("forbidden-origin"), "{header:?}");
        }
    }

    #[test]
    fn where_there_is_a_token_it_is_needed() {
        let token = Some("0123456789abcdef");
        assert_eq!(verdict(&[("authorization", "Bearer 0123456789abcdef")], token), Ok(()));
        for headers in [
            &[][..],
            &[("authorization", "Bearer 0123456789abcdeF")],
            &[("authorization", "Bearer ")],
            &[("authorization", "Basic 0123456789abcdef")],
        ] {
            assert_eq!(verdict(headers, token), Err("unauthorized"), "{headers:?}");
        }
    }
}
