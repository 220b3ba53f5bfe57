//! The secret in the path of a callback URL: with it anybody can post receipts. The message itself is sent with it.

use super::hide::MASK;

/// What is before the secret in the URLs of `opush receipt listen`, as it is and as a form holds it.
const FRONTS: [&str; 2] = ["/receipts/", "%2Freceipts%2F"];

/// Shorter secrets are refused by `opush receipt listen`.
const SHORTEST: usize = 16;

/// The text with the secret of every callback URL in it masked.
pub(crate) fn in_paths(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(front) = FRONTS.iter().filter_map(|front| end_of(rest, front)).min() {
        let (before, from) = rest.split_at(front);
        out.push_str(before);
        let length = length(from);
        out.push_str(if length < SHORTEST { &from[..length] } else { MASK });
        rest = &from[length..];
    }
    out + rest
}

/// Whether a secret was masked in this text.
pub(crate) fn is_masked(text: &str) -> bool {
    text.contains(&format!("{}{MASK}", FRONTS[0]))
}

/// The same with the masked secret put in by a POSIX shell, from `$OPUSH_PATH_SECRET`; `quoted` is in single quotes.
pub(crate) fn for_shell(quoted: &str) -> String {
    quoted.replace(&format!("/receipts/{MASK}"), "/receipts/'\"$OPUSH_PATH_SECRET\"'")
}

fn end_of(text: &str, front: &str) -> Option<usize> {
    text.find(front).map(|at| at + front.len())
}

/// How far the characters go that such a secret may have; a form holds one of them percent-encoded.
fn length(text: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &text[length..];
        match rest.chars().next() {
            Some(c) if c.is_ascii_alphanumeric() || ".-_~".contains(c) => length += 1,
            _ if rest.starts_with("%7E") => length += 3,
            _ => return length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_secret_goes_and_all_else_stays() {
        for (text, expected) in [
            (
                r#"{"u":"http://a/receipts/0123456789abcd-._~","x":1}"#,
                r#"{"u":"http://a/receipts/********","x":1}"#,
            ),
            (
                "u=http%3A%2F%2Fa%2Freceipts%2F0123456789abcd%7Eef&x=1",
                "u=http%3A%2F%2Fa%2Freceipts%2F********&x=1",
            ),
            (
                "/receipts/0123456789abcdef and /receipts/fedcba9876543210",
                "/receipts/******** and /receipts/********",
            ),
            ("/receipts/0123456789abcdef/receipts/fedcba9876543210", "/receipts/********/receipts/********"),
            ("https://example.com/receipts", "https://example.com/receipts"),
            ("https://example.com/receipts/daily?x=1", "https://example.com/receipts/daily?x=1"),
            ("/receipts/", "/receipts/"),
        ] {
            assert_eq!(in_paths(text), expected);
        }
    }

    #[test]
    fn a_shell_puts_it_back() {
        assert_eq!(for_shell("'u=/receipts/********&'"), "'u=/receipts/'\"$OPUSH_PATH_SECRET\"'&'");
    }

    proptest! {
        #[test]
        fn none_survives(before in any::<String>(), secret in "[A-Za-z0-9._~-]{16,40}", after in "[\"&/ ].*") {
            let text = format!("{before}/receipts/{secret}{after}");
            let (masked, leak) = (format!("/receipts/{MASK}"), format!("/receipts/{secret}"));
            prop_assert!(in_paths(&text).contains(&masked) && !in_paths(&text).contains(&leak));
        }
    }
}
