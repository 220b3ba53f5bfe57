//! The names whose values are secrets, wherever people paste them: in JSON, in forms, in headers, in the query of a URL.

use super::hide::MASK;
use serde_json::Value;

/// In small letters and digits alone, so that `authToken`, `auth_token` and `Auth-Token` are one name.
const SECRET_NAMES: [&str; 19] = [
    "accesskeysecret",
    "accesstoken",
    "appmastersecret",
    "appsecret",
    "authorization",
    "authtoken",
    "clientsecret",
    "cookie",
    "mastersecret",
    "oppopushappsecret",
    "password",
    "passwd",
    "secret",
    "secretkey",
    "setcookie",
    "sign",
    "signature",
    "usersig",
    "xauthtoken",
];

/// The longest of them, with a few characters between its words.
const LONGEST: usize = 24;

/// Whether the value of this name is a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let mut plain = String::new();
    for c in name.chars().filter(char::is_ascii_alphanumeric) {
        if plain.len() == LONGEST {
            return false;
        }
        plain.push(c.to_ascii_lowercase());
    }
    SECRET_NAMES.contains(&plain.as_str())
}

/// Masks every value of a secret name in a JSON value. A value that is empty hides nothing.
pub(crate) fn in_value(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(in_value),
        Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                match value {
                    Value::Null => {}
                    Value::String(text) if text.is_empty() => {}
                    secret if is_secret(name) => *secret = MASK.into(),
                    other => in_value(other),
                }
            }
        }
        _ => {}
    }
}

/// The text with the credentials of every URL, and what follows a secret name and `=` or `:`, masked.
pub(crate) fn in_text(text: &str) -> String {
    super::in_paths(&after_names(&in_credentials(text)))
}

/// `https://user:password@host` as `https://********@host`.
fn in_credentials(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '<' | '>' | '\\');
        let authority = &after[..after.find(ends).unwrap_or(after.len())];
        rest = match authority.rfind('@') {
            Some(at) => {
                out.push_str(MASK);
                &after[at..]
            }
            None => after,
        };
    }
    out + rest
}

/// What follows a secret name: `sign=abc`, `"auth_token":"abc"`, `Authorization: Bearer abc`.
fn after_names(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let end = start + rest[start..].find(|c| !is_part(c)).unwrap_or(rest.len() - start);
        let name = &rest[start..end];
        out.push_str(&rest[..end]);
        rest = &rest[end..];
        if name.len() > LONGEST * 2 || !is_secret(name) {
            continue;
        }
        let value = rest.trim_start_matches(['"', '\'', '\\', ' ']);
        let Some(value) = value.strip_prefix([':', '=']) else { continue };
        let value = value.trim_start_matches(['"', '\'', '\\', ' ']);
        out.push_str(&rest[..rest.len() - value.len()]);
        let quoted = out.ends_with(['"', '\'']);
        let ends = |c: char| match c {
            '"' | '\'' | '\\' | '\n' | '&' => true,
            ',' | '}' | '<' => !quoted,
            ' ' => !quoted && !name.eq_ignore_ascii_case("authorization"),
            _ => false,
        };
        let length = value.find(ends).unwrap_or(value.len());
        if length > 0 {
            out.push_str(MASK);
        }
        rest = &value[length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn names_are_one_in_every_spelling() {
        for name in [
            "auth_token",
            "authToken",
            "Auth-Token",
            "MasterSecret",
            "master_secret",
            "Authorization",
            "usersig",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["title", "designer", "sign_up", "app_key", "", "token", "secretary"] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn a_value_loses_its_secrets_at_every_depth() {
        let mut value = json!({"a": [{"sign": "s"}], "auth_token": 17, "secret": "", "title": "t"});
        in_value(&mut value);
        assert_eq!(value, json!({"a": [{"sign": MASK}], "auth_token": MASK, "secret": "", "title": "t"}));
    }

    #[test]
    fn a_text_loses_credentials_and_what_follows_a_secret_name() {
        for (text, expected) in [
            ("https://me:pw@h/x?a=1", "https://********@h/x?a=1"),
            ("https://h/x@y", "https://h/x@y"),
            ("u?usersig=abc&identifier=a", "u?usersig=********&identifier=a"),
            (r#"{"auth_token":"a,b","x":1}"#, r#"{"auth_token":"********","x":1}"#),
            ("Authorization: Bearer abc", "Authorization: ********"),
            ("sign=abc, and more", "sign=********, and more"),
            ("the sign is wrong", "the sign is wrong"),
            ("http://h/receipts/0123456789abcdef", "http://h/receipts/********"),
        ] {
            assert_eq!(in_text(text), expected);
        }
    }

    proptest! {
        #[test]
        fn none_survives(before in "[^:/@]*", secret in "[A-Z]{12,40}", after in "[&\"\n].*") {
            for text in [format!("{before} usersig={secret}{after}"), format!("{before} https://u:{secret}@h/{after}")] {
                prop_assert!(!in_text(&text).contains(&secret), "{}", in_text(&text));
            }
        }
    }
}
