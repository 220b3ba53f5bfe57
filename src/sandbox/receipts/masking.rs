//! A callback URL as it may be shown: what follows `/receipts/` in it keeps others from posting receipts.
//! Where the sandbox posts to is kept whole, in its queue.

const MASK: &str = "***";

/// The text with a long last part of every path `/receipts/…` masked; also in a form's percent-encoding.
pub(crate) fn mask(text: &str) -> String {
    // Most texts have none, and one search tells.
    if !text.contains("receipts") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let next = |rest: &str| {
        let fronts = ["/receipts/", "%2Freceipts%2F", "%2freceipts%2f"].into_iter();
        fronts.filter_map(|front| rest.find(front).map(|at| at + front.len())).min()
    };
    while let Some(front) = next(rest) {
        out.push_str(&rest[..front]);
        rest = &rest[front..];
        let encoded = rest.replace("%7E", "~~~").replace("%7e", "~~~");
        let belongs = |c: &char| c.is_ascii_alphanumeric() || ".-_~".contains(*c);
        let length = encoded.chars().take_while(belongs).count();
        out.push_str(if length < 16 { &rest[..length] } else { MASK });
        rest = &rest[length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown() {
        for (text, shown) in [
            ("http://a/receipts/0123456789abcdef\"", "http://a/receipts/***\""),
            ("%2Freceipts%2F0123456789%7Eabcdef%22&x=1", "%2Freceipts%2F***%22&x=1"),
            ("/receipts/short?a=/receipts/0123456789abcdef", "/receipts/short?a=/receipts/***"),
            ("/receipts/日本", "/receipts/日本"),
        ] {
            assert_eq!(mask(text), shown);
        }
    }
}
