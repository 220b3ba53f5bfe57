//! The secrets in an answer of OPPO's: the auth token that it grants, and any secret that it echoes.

use super::hide::{MASK, known};
use super::path_secret::in_paths;

/// The names under which an answer may carry an auth token.
const NAMES: [&str; 2] = ["auth_token", "authtoken"];

/// A secret shorter than this is masked only after its name: the letter "t" of somebody's test server would take the
/// answer apart.
const SHORTEST: usize = 8;

/// The text with the value after every auth-token key, the secret of every callback URL, and every one of `secrets`, masked. It works on the text and not
/// on parsed JSON: an answer that cannot be parsed is the one that people look at.
pub(crate) fn in_answer(text: &str, secrets: &[&str]) -> String {
    in_paths(&known(&mask_named_values(text), secrets.iter().copied(), SHORTEST))
}

fn mask_named_values(text: &str) -> String {
    // ASCII lower-casing keeps every byte offset.
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    while let Some(name_end) = next_name(&lower, done) {
        let Some(value) = value_after(&text[name_end..]) else {
            out.push_str(&text[done..name_end]);
            done = name_end;
            continue;
        };
        let value_start = text.len() - value.len();
        // In quotes only a quote ends it; a bare one ends where its surroundings go on.
        let ends: &[char] = match text[..value_start].ends_with('"') {
            true => &['"'],
            false => &['"', '\'', ',', '}', '&', '<', '\n'],
        };
        let value_end = value_start + value.find(ends).unwrap_or(value.len());
        out.push_str(&text[done..value_start]);
        if value_end > value_start {
            out.push_str(MASK);
        }
        // The backslash of an escaped quote goes with the value; without it the text would no longer be what it was.
        if text[value_start..value_end].ends_with('\\') {
            out.push('\\');
        }
        done = value_end;
    }
    out.push_str(&text[done..]);
    out
}

/// What follows the key: the rest of the text from the value's first character on, its opening quote left behind.
fn value_after(rest: &str) -> Option<&str> {
    let rest = rest.trim_start_matches(['"', '\'', '\\', ' ', '\t']);
    let rest = rest.strip_prefix([':', '='])?.trim_start_matches([' ', '\t', '\\']);
    Some(rest.strip_prefix('"').unwrap_or(rest))
}

/// Where the next auth-token key ends.
fn next_name(lower: &str, from: usize) -> Option<usize> {
    NAMES.iter().filter_map(|name| lower[from..].find(name).map(|at| from + at + name.len())).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_granted_token_is_masked_in_whatever_shape_it_comes() {
        for (text, expected) in [
            (r#"{"auth_token":"abc","create_time":1}"#, r#"{"auth_token":"********","create_time":1}"#),
            (r#"{"auth_token":"a,b}c&d'e","x":1}"#, r#"{"auth_token":"********","x":1}"#),
            (r#"{"authToken" : "a-b_c.d"}"#, r#"{"authToken" : "********"}"#),
            (r#""{\"auth_token\":\"abc\"}""#, r#""{\"auth_token\":\"********\"}""#),
            (r#"{"auth_token":"ab\u0041c"}"#, r#"{"auth_token":"********"}"#),
            ("auth_token=abc&x=1", "auth_token=********&x=1"),
            (r#"{"auth_token":"cut short"#, r#"{"auth_token":"********"#),
            (r#"{"auth_token":"","x":1}"#, r#"{"auth_token":"","x":1}"#),
            ("Missing auth_token", "Missing auth_token"),
            ("the auth_token is wrong", "the auth_token is wrong"),
        ] {
            assert_eq!(in_answer(text, &[]), expected);
        }
    }

    #[test]
    fn an_echoed_secret_is_masked() {
        assert_eq!(
            in_answer("you sent s3cret-token, is s3cret-token right", &["s3cret-token", ""]),
            "you sent ********, is ******** right"
        );
    }

    #[test]
    fn a_short_secret_does_not_take_an_answer_apart() {
        let answer = r#"{"code":0,"data":{"messageId":"30001-1-1-test","auth_token":"t"}}"#;
        let masked = r#"{"code":0,"data":{"messageId":"30001-1-1-test","auth_token":"********"}}"#;
        assert_eq!(in_answer(answer, &["t"]), masked);
    }

    proptest! {
        #[test]
        fn a_token_never_survives(before in any::<String>(), token in "[A-Z0-9]{12,40}", after in any::<String>()) {
            let text = format!("{before}{{\"auth_token\":\"{token}\"}}{after}");
            prop_assert!(!in_answer(&text, &[]).contains(&token));
        }
    }
}
