//! A request as the log of calls shows it: request line, headers and body, with secrets masked.

use std::borrow::Cow;

use super::super::receipts;
use super::form;
use super::request::{Masked, Request};

/// Bodies are logged up to here; a call may carry far more.
const LOGGED_BODY: usize = 64 * 1024;
const MASK: &str = "***";
/// Fields and headers with values that never reach the log.
const SECRET_NAMES: &[&str] = &[
    "auth_token",
    "authtoken",
    "sign",
    "master_secret",
    "mastersecret",
    "app_secret",
    "appsecret",
    "usersig",
];
const SECRET_HEADERS: &[&str] = &["auth_token", "authorization", "cookie"];

impl Request {
    /// Path and query, masked.
    pub(crate) fn target(&self, secrets: &[String]) -> String {
        mask_texts(self.masked().target.clone(), secrets)
    }

    /// The whole request as text: request line, headers, body; with secrets masked and a long body cut.
    pub(crate) fn transcript(&self, secrets: &[String]) -> String {
        mask_texts(self.masked().whole.clone(), secrets)
    }

    pub(super) fn masked(&self) -> &Masked {
        self.masked.get_or_init(|| {
            let target = match self.query() {
                Some(query) => receipts::masking::mask(&format!("{}?{}", self.path(), mask_pairs(query))),
                None => receipts::masking::mask(self.path()),
            };
            let whole = receipts::masking::mask(&self.as_text(&target));
            Masked { target, whole }
        })
    }

    fn as_text(&self, target: &str) -> String {
        let body = self.body().map(|body| &body[..]).unwrap_or_default();
        let mut text = String::with_capacity(512 + body.len().min(LOGGED_BODY));
        for part in [self.method().as_str(), " ", target, " HTTP/1.1\r\n"] {
            text.push_str(part);
        }
        for (name, value) in &self.raw.headers {
            let value = if SECRET_HEADERS.contains(&name.as_str()) {
                Cow::Borrowed(MASK)
            } else {
                text_of(value.as_bytes())
            };
            for part in [name.as_str(), ": ", &value, "\r\n"] {
                text.push_str(part);
            }
        }
        text.push_str("\r\n");
        if self.content_type().0.starts_with("multipart/") {
            // A picture's bytes tell a reader nothing, and its token is not to be seen.
            return format!("{text}({} bytes of multipart)", body.len());
        }
        let shown = text_of(&body[..body.len().min(LOGGED_BODY)]);
        // By its looks, not by its content type: a secret sent the wrong way is a secret too.
        let json = shown.trim_start().starts_with(['{', '[']);
        text.push_str(&if json { mask_json(&shown) } else { mask_pairs(&shown) });
        if body.len() > LOGGED_BODY {
            text.push_str(&format!("… ({} bytes in all)", body.len()));
        }
        text
    }
}

/// Bytes as text. Most are: to look for what is not takes longer.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Whether values under this name are hidden.
fn is_secret_name(name: &str) -> bool {
    SECRET_NAMES.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

fn mask_pairs(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for (number, pair) in text.split('&').enumerate() {
        if number > 0 {
            masked.push('&');
        }
        match pair.split_once('=') {
            Some((name, _)) if form::decode(name.as_bytes()).is_ok_and(|name| is_secret_name(&name)) => {
                masked.push_str(name);
                masked.push('=');
                masked.push_str(MASK);
            }
            _ => masked.push_str(pair),
        }
    }
    masked
}

/// Hides string values behind secret names without needing the text to be valid JSON.
fn mask_json(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('"') {
        let (before, string) = rest.split_at(open);
        masked.push_str(before);
        let end = end_of_string(string);
        masked.push_str(&string[..end]);
        rest = &string[end..];
        if !is_secret_name(string[..end].trim_matches('"')) {
            continue;
        }
        let gap = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', ':']).len();
        masked.push_str(&rest[..gap]);
        rest = &rest[gap..];
        if rest.starts_with('"') {
            masked.push_str(&format!("\"{MASK}\""));
            rest = &rest[end_of_string(rest)..];
        }
    }
    masked.push_str(rest);
    masked
}

/// The length of the JSON string that `text` begins with, quotes included; all of it if it never ends.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    text.len()
}

/// The text without these secrets.
pub(super) fn mask_texts(mut text: String, secrets: &[String]) -> String {
    for secret in secrets {
        if text.contains(secret) {
            text = text.replace(secret, MASK);
        }
        // As a form field holds it.
        if secret.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            continue;
        }
        let encoded = form::encode(secret);
        if encoded != *secret && text.contains(&encoded) {
            text = text.replace(&encoded, MASK);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(content_type: &str, body: &str) -> Request {
        let request = hyper::Request::post("/server/v1/auth?auth_token=q-secret&a=b")
            .header("content-type", content_type)
            .header("auth_token", " h-secret");
        let (head, body) = request.body(body.to_owned()).unwrap().into_parts();
        let raw = crate::listen::Request {
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body: body.into(),
        };
        Request::new(raw, None)
    }

    #[test]
    fn secrets_never_reach_the_transcript() {
        let form = "application/x-www-form-urlencoded; charset=UTF-8";
        let text =
            request(form, "auth%5Ftoken=f-secret&sign=abc&x=own-secret").transcript(&["own-secret".into()]);
        assert!(!text.contains("secret"), "{text}");
        assert!(text.contains("auth%5Ftoken=***&sign=***&x=***"), "{text}");
        assert!(text.starts_with("POST /server/v1/auth?auth_token=***&a=b HTTP/1.1\r\n"), "{text}");
        for json in [
            r#"{"auth_token" : "j-secret", "alias":"a\"b"}"#,
            r#"{"alias":"x","auth_token":"j-secret"#,
            r#"{"a":"\\","auth_token":"j-\"secret"}"#,
        ] {
            let text = request("application/json", json).transcript(&[]);
            assert!(!text.contains("secret"), "{text}");
        }
    }

    #[test]
    fn a_long_body_is_cut() {
        let text = request("", &"a".repeat(LOGGED_BODY + 1)).transcript(&[]);
        assert!(text.len() < LOGGED_BODY + 300 && text.ends_with("… (65537 bytes in all)"));
    }

    proptest::proptest! {
        #[test]
        fn masking_json_leaves_everything_else_alone(text in "[ a-z\"\\\\:{}é]{0,40}") {
            proptest::prop_assert_eq!(mask_json(&text), text);
        }
    }
}
